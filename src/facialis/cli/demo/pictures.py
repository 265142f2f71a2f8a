"""What the page shows of the photographs: annotated ones, crops of the same view, the rest photograph."""

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.expressions import Expression
from facialis.cli.demo.loop import FOLDERS
from facialis.cli.measurement import ANNOTATED_QUALITY, OnPicture, annotated_name
from facialis.report.annotate import encode_jpeg
from facialis.report.page.compare_part import SHOWN, crop_face
from facialis.report.page.measured import PagePhoto
from facialis.report.plan_figure.photograph import PointedPhoto
from facialis.report.safe_files import write_whole
from facialis.vision.measure_photo import PhotoReading

PAGE_WIDTH_PX = 720
"""Photographs in the page: sharp on a screen, and the page stays under 4 MB."""

Picture = NDArray[np.uint8]


@dataclass
class Pictures:
    """Collected while the visits are measured."""

    photos: Path
    """Folder of the visits' folders."""
    annotated: Path
    shown: list[PagePhoto] = field(default_factory=list)
    """Of the first visit."""
    crops: dict[int, dict[Expression, bytes]] = field(default_factory=dict)
    rest: PointedPhoto | None = None

    def of_visit(self, number: int) -> OnPicture:
        """What receives the measured photographs of a visit."""

        def keep(file: str, picture: Picture, reading: PhotoReading) -> None:
            self._keep(number, file, picture, reading)

        return keep

    def _keep(self, number: int, file: str, picture: Picture, reading: PhotoReading) -> None:
        if number == 0:
            write_whole(self.annotated / annotated_name(file), encode_jpeg(picture, ANNOTATED_QUALITY))
            self.shown.append(PagePhoto(file, reading.expression, encode_jpeg(reduced(picture), 85)))
        if reading.points is None or reading.expression not in SHOWN:
            return
        plain = _read(self.photos / FOLDERS[number] / file)
        self.crops.setdefault(number, {})[reading.expression] = crop_face(plain, reading.points)
        if number == 0 and reading.expression is Expression.REST:
            small = reduced(plain)
            height, width = small.shape[:2]
            self.rest = PointedPhoto(
                encode_jpeg(small, 88), width, height, reading.points, width / plain.shape[1]
            )


def reduced(picture: Picture) -> Picture:
    """The picture no wider than the page shows it."""
    height, width = picture.shape[:2]
    if width <= PAGE_WIDTH_PX:
        return picture
    size = (PAGE_WIDTH_PX, round(height * PAGE_WIDTH_PX / width))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _read(path: Path) -> Picture:
    coded = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), dtype=np.uint8)[..., ::-1].copy()
