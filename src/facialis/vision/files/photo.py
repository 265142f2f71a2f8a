"""A photograph in memory, and the error of one that cannot be."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.expressions import Expression
from facialis.errors import FacialisError
from facialis.measurement.findings import Finding


class PhotoError(FacialisError):
    """A file that cannot be used as a photograph; `code` says why."""

    code = "unreadable"


@dataclass(frozen=True)
class Photo:
    """An upright sRGB picture at working size. It carries pixels and a name, never metadata.

    Attributes
    ----------
    path : Path             Where the file lies.
    file : str              How outputs call it: the file name, with a folder only where names repeat.
    image_rgb : (h, w, 3)   uint8, sRGB, upright, reduced to the working size.
    width_px, height_px     Size of the upright original. [px]
    scale : float           Working pixels per original pixel, <= 1. [px/px]
    expression              What the patient was asked to do; None when nobody said.
    findings                What was noticed while reading the file.
    """

    path: Path
    file: str
    image_rgb: NDArray[np.uint8]
    width_px: int
    height_px: int
    scale: float
    expression: Expression | None = None
    findings: tuple[Finding, ...] = field(default_factory=tuple)

    def to_original_px(self, points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Move points of the working picture into pixels of the upright original.

        Parameters
        ----------
        points_px : (..., 2)    Points in `image_rgb`, pixel centres at whole numbers. [px]

        Returns
        -------
        (..., 2)                The same points in the original. [px]
        """
        return (np.asarray(points_px, dtype=np.float64) + 0.5) / self.scale - 0.5

    def to_working_px(self, points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Inverse of `to_original_px`: (..., 2) points of the upright original in `image_rgb`. [px]"""
        return (np.asarray(points_px, dtype=np.float64) + 0.5) * self.scale - 0.5


@dataclass(frozen=True)
class RefusedPhoto:
    """A file of the input that could not be read: it keeps its place in the results."""

    path: Path
    file: str
    expression: Expression | None
    code: str
    message: str
