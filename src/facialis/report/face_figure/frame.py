"""From millimetres of the face frame to the picture, and where the neutral face has its points."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from facialis.anatomy.mesh import contour_indices, mirror_partner, neutral_points_mm
from facialis.anatomy.sides import Side, lateral_sign
from facialis.report.face_figure.drawing import Points

BOTH_SIDES = (Side.RIGHT, Side.LEFT)


@dataclass(frozen=True)
class Frame:
    """Where the origin of the face frame lies in the picture, and how large a millimetre is."""

    origin_x_px: float
    origin_y_px: float
    px_per_mm: float

    def to_px(self, points_mm: Points) -> Points:
        """Return picture positions of face positions. (n, 2 or more) [mm] -> (n, 2) [px]"""
        x = self.origin_x_px + self.px_per_mm * points_mm[..., 0]
        y = self.origin_y_px - self.px_per_mm * points_mm[..., 1]
        return np.stack([x, y], axis=-1)

    def drawn(self, pairs: Sequence[tuple[float, float]], side: Side) -> Points:
        """Return picture positions of [lateral mm, height mm] pairs on a side. (n, 2) [px]"""
        return self.to_px(np.array(pairs, dtype=float) * (lateral_sign(side), 1.0))

    def across(self, pairs: Sequence[tuple[float, float]]) -> Points:
        """Return one line over the whole face from a RIGHT half that ends on the midline. [px]"""
        right, left = self.drawn(pairs, Side.RIGHT), self.drawn(pairs, Side.LEFT)
        return np.vstack([right, left[::-1][1:]])

    def mesh(self, indices: Sequence[int], side: Side) -> Points:
        """Return picture positions of mesh points named for the RIGHT, on a side. (n, 2) [px]"""
        chosen = np.array(indices) if side is Side.RIGHT else mirror_partner()[list(indices)]
        return self.to_px(neutral_points_mm()[chosen])

    def contour(self, name: str, side: Side) -> Points:
        """Return picture positions of a named contour of the mesh on a side. (n, 2) [px]"""
        return self.mesh(contour_indices()[name], side)

    def mm(self, length_mm: float) -> float:
        """Return a length in px."""
        return length_mm * self.px_per_mm
