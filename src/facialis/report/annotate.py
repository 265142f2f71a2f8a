"""The photograph with what was measured in it: contours, eye line, midline, millimetres, LEFT and RIGHT."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from facialis.anatomy.sides import Side, lateral_sign
from facialis.measurement.measure import Measure
from facialis.measurement.points import FacePoints, SidePoints

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]
Font = ImageFont.ImageFont | ImageFont.FreeTypeFont

WHITE, EDGE, ACCENT = (255, 255, 255), (25, 30, 38), (255, 196, 92)
"""Contours, their dark edge, and the one accent colour (millimetres), in RGB."""

SUBPIXEL_BITS = 4
"""OpenCV draws on a grid of 1/16 pixel: contours must not wobble by rounding."""

LABELLED: dict[str, str] = {
    "brow_height": "brow",
    "palpebral_fissure": "lids",
    "alar_height": "ala",
    "commissure_height": "lip corner",
    "commissure_lateral": "from midline",
}
"""Sided measures that are written beside the face, from above downward, and their short names."""

PLATE_OPACITY = 165
"""Of 255: the plates under the words let the picture shine through."""


@dataclass(frozen=True)
class Frame:
    """Directions and sizes in which everything is drawn. Lengths in px."""

    origin: Array
    across: Array
    """Unit vector along the eye line toward the patient's LEFT, which is on the right of the picture."""
    down: Array
    unit: float
    """A hundredth of the outer canthal distance: line widths and letters grow with the face."""

    def at(self, x_units: float, y_units: float) -> Array:
        """A point given in units along the eye line and down from it."""
        return self.origin + self.unit * (x_units * self.across + y_units * self.down)

    def units_of(self, point: Array) -> Array:
        """The place of a pixel in units. (2,)."""
        offset = (point - self.origin) / self.unit
        return np.array([offset @ self.across, offset @ self.down])


def annotate_photo(image_rgb: Picture, points: FacePoints, measures: Sequence[Measure]) -> Picture:
    """Draw the points and the main measures into a copy of the picture.

    Parameters
    ----------
    image_rgb : (h, w, 3)       The picture, unmirrored. It is not changed.
    points : FacePoints         Its points. [px]
    measures : sequence         Its measures; those without a value are left out.

    Returns
    -------
    (h, w, 3)                   A new picture of the same size.
    """
    frame = _frame(points)
    canvas = np.ascontiguousarray(image_rgb).copy()
    _draw_axes(canvas, frame, points)
    for side in (points.left, points.right):
        _draw_side(canvas, frame, side)
    for point in (points.subnasale, points.philtrum, points.chin):
        _dot(canvas, frame, point, WHITE)
    return _write(canvas, frame, points, measures)


def encode_jpeg(picture: Picture, quality: int) -> bytes:
    """Encode a picture as JPEG with nothing in it but pixels.

    Parameters
    ----------
    picture : (h, w, 3)     RGB.
    quality : int           1 to 100.
    """
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "JPEG", quality=quality, subsampling=0)
    return stream.getvalue()


def _frame(points: FacePoints) -> Frame:
    """The face frame of the measures: through the iris centres, or the outer canthi when an eye is closed."""
    left, right = points.left, points.right
    outer = left.lateral_canthus - right.lateral_canthus
    if left.iris_centre is None or right.iris_centre is None:
        a, b = right.lateral_canthus, left.lateral_canthus
    else:
        a, b = right.iris_centre, left.iris_centre
    across = (b - a) / max(float(np.linalg.norm(b - a)), 1e-9)
    unit = max(float(np.linalg.norm(outer)) / 100.0, 0.2)
    return Frame((a + b) / 2.0, across, np.array([-across[1], across[0]]), unit)


def _draw_axes(canvas: Picture, frame: Frame, points: FacePoints) -> None:
    chin_y = float(frame.units_of(points.chin)[1])
    top_y = min(
        float(frame.units_of(side.brow[len(side.brow) // 2])[1]) for side in (points.left, points.right)
    )
    _dashed(canvas, frame, frame.at(-78, 0), frame.at(78, 0))
    _dashed(canvas, frame, frame.at(0, top_y - 14), frame.at(0, chin_y + 10))


def _draw_side(canvas: Picture, frame: Frame, side: SidePoints) -> None:
    contours = (
        side.brow,
        side.upper_lid,
        side.lower_lid,
        side.nasolabial,
        side.upper_lip_outer,
        side.upper_lip_inner,
        side.lower_lip_inner,
        side.lower_lip_outer,
    )
    for contour in contours:
        _line(canvas, frame, contour)
    if side.iris_centre is not None and side.iris_diameter is not None:
        angles = np.linspace(0, 2 * np.pi, 49)
        circle = np.stack([np.cos(angles), np.sin(angles)], axis=1) * side.iris_diameter / 2.0
        _line(canvas, frame, side.iris_centre + circle, thin=True)
        _dot(canvas, frame, side.iris_centre, WHITE)
    for point in (side.medial_canthus, side.lateral_canthus, side.ala, side.commissure):
        _dot(canvas, frame, point, WHITE)
    # The distances that are written beside the face, as thin plumb lines to the eye line.
    for point in (side.brow[len(side.brow) // 2], side.commissure):
        foot = frame.at(float(frame.units_of(point)[0]), 0.0)
        _line(canvas, frame, np.stack([point, foot]), colour=ACCENT, thin=True)
        _dot(canvas, frame, point, ACCENT)


def _line(
    canvas: Picture,
    frame: Frame,
    contour: Array,
    *,
    colour: tuple[int, int, int] = WHITE,
    thin: bool = False,
) -> None:
    fixed = np.rint(np.asarray(contour)[:, :2] * 2**SUBPIXEL_BITS).astype(np.int32).reshape(-1, 1, 2)
    width = max(1, round(frame.unit * (0.35 if thin else 0.55)))
    edge = width + max(2, 2 * round(frame.unit * 0.3))
    _blend_edge(canvas, fixed, edge)
    cv2.polylines(canvas, [fixed], False, colour, width, cv2.LINE_AA, SUBPIXEL_BITS)


def _blend_edge(canvas: Picture, fixed: NDArray[np.int32], width: int) -> None:
    """The dark edge is half transparent, so that the skin beside the line can still be judged."""
    margin = width + 2
    xy = fixed.reshape(-1, 2) >> SUBPIXEL_BITS
    height, breadth = canvas.shape[:2]
    left, top = (int(value) for value in np.clip(xy.min(axis=0) - margin, 0, [breadth, height]))
    right, bottom = (int(value) for value in np.clip(xy.max(axis=0) + margin, 0, [breadth, height]))
    if right <= left or bottom <= top:
        return
    mask = np.zeros((bottom - top, right - left), np.uint8)
    moved = fixed - np.array([left, top], np.int32) * 2**SUBPIXEL_BITS
    cv2.polylines(mask, [moved], False, 255, width, cv2.LINE_AA, SUBPIXEL_BITS)
    weight = mask[..., None].astype(np.float32) / 255.0 * 0.45
    patch = canvas[top:bottom, left:right]
    patch[:] = np.rint(patch * (1 - weight) + np.array(EDGE, np.float32) * weight).astype(np.uint8)


def _dashed(canvas: Picture, frame: Frame, start: Array, end: Array) -> None:
    length = float(np.linalg.norm(end - start))
    dash = max(4.0, 3.0 * frame.unit)
    count = max(1, int(length / dash))
    stops = np.linspace(0.0, 1.0, 2 * (count // 2) + 2)
    for begin, stop in zip(stops[0::2], stops[1::2], strict=True):
        piece = np.stack([start + begin * (end - start), start + stop * (end - start)])
        _line(canvas, frame, piece, thin=True)


def _dot(canvas: Picture, frame: Frame, point: Array, colour: tuple[int, int, int]) -> None:
    if not np.all(np.isfinite(point[:2])):
        return
    x, y = (round(float(value) * 2**SUBPIXEL_BITS) for value in point[:2])
    radius = max(1.5, 0.85 * frame.unit)
    for size, shade in ((radius * 1.5, EDGE), (radius, colour)):
        cv2.circle(
            canvas, (x, y), round(size * 2**SUBPIXEL_BITS), shade, cv2.FILLED, cv2.LINE_AA, SUBPIXEL_BITS
        )


def _write(canvas: Picture, frame: Frame, points: FacePoints, measures: Sequence[Measure]) -> Picture:
    picture = Image.fromarray(canvas)
    # Drawn in this mode, a colour with transparency is blended into the picture.
    pen = ImageDraw.Draw(picture, "RGBA")
    small = ImageFont.load_default(max(11.0, 5.0 * frame.unit))
    large = ImageFont.load_default(max(14.0, 7.0 * frame.unit))
    for side in Side:
        column = _column_px(pen, small, frame, points.side(side), side, picture.size)
        anchor = "lm" if side is Side.LEFT else "rm"
        _plate(pen, column, side.label, large, anchor, picture.size)
        for label, place in _side_labels(frame, points.side(side), side, measures):
            _plate(pen, np.array([column[0], place[1]]), label, small, anchor, picture.size)
    # No label for the chin: its sideways position is the network's guess and overstated, and a number in
    # the picture would be taken for a finding.
    return np.asarray(picture, dtype=np.uint8).copy()


def _column_px(
    pen: ImageDraw.ImageDraw,
    font: Font,
    frame: Frame,
    side: SidePoints,
    which: Side,
    size: tuple[int, int],
) -> Array:
    """Where the words of a side stand: outside the cheek, but always inside the picture."""
    sign = lateral_sign(which)
    brow_y = float(np.min(np.apply_along_axis(frame.units_of, 1, side.brow)[:, 1]))
    spot = frame.at(sign * 82.0, brow_y - 20.0)
    room = pen.textlength("from midline 00.0 mm", font=font) + 4.0 * frame.unit
    if which is Side.LEFT:
        spot[0] = min(spot[0], size[0] - room)
    else:
        spot[0] = max(spot[0], room)
    return spot


def _side_labels(
    frame: Frame, side: SidePoints, which: Side, measures: Sequence[Measure]
) -> list[tuple[str, Array]]:
    """The labels of a side at the height of what they name, pushed apart where they would touch."""
    places = {
        "brow_height": side.brow[len(side.brow) // 2],
        "palpebral_fissure": side.lateral_canthus,
        "alar_height": side.ala,
        "commissure_height": side.commissure,
        "commissure_lateral": side.commissure + 8.5 * frame.unit * frame.down,
    }
    found = {measure.name: measure for measure in measures if measure.side is which}
    labels: list[tuple[str, Array]] = []
    for name, short in LABELLED.items():
        measure = found.get(name)
        if measure is None or measure.value is None:
            continue
        place = np.array(places[name], dtype=np.float64)
        if labels:
            place[1] = max(place[1], labels[-1][1][1] + 8.5 * frame.unit)
        labels.append((f"{short} {measure.value:.1f} mm", place))
    return labels


def _plate(
    pen: ImageDraw.ImageDraw,
    spot: Array,
    text: str,
    font: Font,
    anchor: str,
    size: tuple[int, int],
) -> None:
    """Write on a dark, half transparent plate: legible on any skin, hair and wall."""
    box = pen.textbbox((0, 0), "Hg", font=font, anchor="lm")
    half, width = (box[3] - box[1]) / 2.0, pen.textlength(text, font=font)
    pad = 0.6 * half
    reach = half + 0.6 * pad
    y = float(np.clip(spot[1], reach + 1, max(reach + 1, size[1] - reach - 1)))
    x = float(spot[0])
    left = {"l": x, "r": x - width, "m": x - width / 2.0}[anchor[0]]
    plate = (left - pad, y - reach, left + width + pad, y + reach)
    pen.rounded_rectangle(plate, radius=reach * 0.6, fill=(*EDGE, PLATE_OPACITY))
    pen.text((left, y), text, WHITE, font, "lm")
