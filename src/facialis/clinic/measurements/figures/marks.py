"""Where each measure lies on the face: lines between the points that it is read from, with its number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from facialis.anatomy.sides import Side, lateral_sign
from facialis.clinic.measurements.figures.face_view import line_path
from facialis.measurement.errors import NotMeasurableError
from facialis.measurement.frame import CanthalOffset
from facialis.measurement.measure import Measure
from facialis.measurement.measures import MEASURES, FaceView
from facialis.measurement.measures.mouth import LIP_READING_PLACE
from facialis.measurement.points import Array, FacePoints
from facialis.measurement.raw import read_value
from facialis.report.words import number_words, unit_symbol

Lines = list[list[tuple[float, float]]]
"""In the frame: x toward the patient's LEFT, y up. [px]"""


@dataclass(frozen=True)
class Mark:
    """One measure of one side, or of the midline, on the face."""

    name: str
    path: str
    ends: tuple[tuple[float, float], ...]
    text: str
    x: float
    y: float
    anchor: str
    """Of the text, as SVG names it: away from the midline."""


def marks_of(points: FacePoints, measures: Sequence[Measure], offset: CanthalOffset | None) -> list[Mark]:
    """A mark for every measure that has a value.

    Parameters
    ----------
    points : FacePoints     Of the photograph.
    measures : sequence     Of the same photograph.
    offset : CanthalOffset  As the measures were read with.
    """
    face = FaceView.of(points, offset)
    found = []
    for measure in measures:
        lines = _lines(face, measure) if measure.value is not None else None
        if lines:
            found.append(_mark(face, measure, lines))
    return found


def _mark(face: FaceView, measure: Measure, lines: Lines) -> Mark:
    in_picture = [face.frame.to_image(np.array(line)) for line in lines]
    middle = face.frame.to_image(np.mean(np.array(lines[0]), axis=0)[None])[0]
    step = 0.03 * face.frame.outer_canthal_px
    toward = 0 if measure.side is None else lateral_sign(measure.side)
    is_lying = abs(lines[0][0][1] - lines[0][-1][1]) < abs(lines[0][0][0] - lines[0][-1][0])
    return Mark(
        measure.name,
        "".join(line_path(line) for line in in_picture),
        tuple(
            (round(float(x), 1), round(float(y), 1)) for line in in_picture for x, y in (line[0], line[-1])
        ),
        f"{number_words(measure.value)} {unit_symbol(measure.unit)}",
        round(float(middle[0]) + (0 if is_lying else toward * step), 1),
        round(float(middle[1]) - (step if is_lying else 0), 1),
        "middle" if is_lying or not toward else "start" if toward > 0 else "end",
    )


def _lines(face: FaceView, measure: Measure) -> Lines | None:
    """Lines of a measure in the frame; None for one that has no place on the picture."""
    try:
        if measure.side is None:
            drawn = _MIDLINE.get(measure.name)
            return None if drawn is None else drawn(face)
        sided = _SIDED.get(measure.name)
        return None if sided is None else sided(face, measure.side, measure.name)
    except NotMeasurableError:
        return None


def _at(face: FaceView, side: Side, x: float, y: float) -> tuple[float, float]:
    """Lateral coordinates to those of the frame."""
    return lateral_sign(side) * x, y


def _value(face: FaceView, side: Side | None, name: str) -> float:
    return read_value(MEASURES[name], face, side)


def _from_eye_line(place: Callable[[FaceView, Side], float]) -> Callable[[FaceView, Side, str], Lines]:
    """A height: from the eye line to where it is read."""

    def lines(face: FaceView, side: Side, name: str) -> Lines:
        x = place(face, side)
        return [[_at(face, side, x, 0.0), _at(face, side, x, _value(face, side, name))]]

    return lines


def _x_of(name: str) -> Callable[[FaceView, Side], float]:
    return lambda face, side: face.sides[side].place(getattr(face.points.side(side), name), name)[0]


def _x_of_brow(face: FaceView, side: Side) -> float:
    return float(face.sides[side].contour(face.points.side(side).brow)[:, 0].mean())


def _x_of_lips(face: FaceView, side: Side) -> float:
    return LIP_READING_PLACE * _x_of("commissure")(face, side)


def _pupil(face: FaceView, side: Side) -> tuple[float, float]:
    of = face.points.side(side)
    if of.iris_centre is not None:
        return face.sides[side].place(of.iris_centre, "iris")
    ends = [face.sides[side].place(point, "canthus") for point in (of.medial_canthus, of.lateral_canthus)]
    return (ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2


def _height_of(contour: Array, x: float) -> float:
    order = np.argsort(contour[:, 0])
    return float(np.interp(x, contour[order, 0], contour[order, 1]))


def _lid_to_pupil(face: FaceView, side: Side, name: str) -> Lines:
    x, y = _pupil(face, side)
    sign = 1 if name.endswith("1") else -1
    return [[_at(face, side, x, y), _at(face, side, x, y + sign * _value(face, side, name))]]


def _fissure(face: FaceView, side: Side, name: str) -> Lines:
    x, _ = _pupil(face, side)
    foot = _height_of(face.sides[side].contour(face.points.side(side).lower_lid), x)
    return [[_at(face, side, x, foot), _at(face, side, x, foot + _value(face, side, name))]]


def _gap(face: FaceView, side: Side, name: str) -> Lines:
    x = _x_of_lips(face, side)
    foot = _height_of(face.sides[side].lip("lower_lip_inner"), x)
    return [[_at(face, side, x, foot), _at(face, side, x, foot + _value(face, side, name))]]


def _sideways(face: FaceView, side: Side, name: str) -> Lines:
    x, y = face.sides[side].place(face.points.side(side).commissure, "commissure")
    return [[_at(face, side, 0.0, y), _at(face, side, x, y)]]


def _outline(face: FaceView, side: Side, name: str) -> Lines:
    of = face.points.side(side)
    outline = np.concatenate([of.upper_lid, of.lower_lid[::-1]])
    return [[(float(x), float(y)) for x, y in face.frame.to_frame(outline)]]


def _fold(face: FaceView, side: Side, name: str) -> Lines:
    return [[(float(x), float(y)) for x, y in face.frame.to_frame(face.points.side(side).nasolabial)]]


def _angle(face: FaceView, side: Side, name: str) -> Lines:
    x, y = face.sides[side].place(face.points.side(side).commissure, "commissure")
    foot = _height_of(face.sides[side].lip("lower_lip_outer"), 0.0)
    down = 0.12 * face.frame.outer_canthal_px
    return [[_at(face, side, x, y), (0.0, foot)], [(0.0, foot), (0.0, foot - down)]]


def _from_midline(name: str) -> Callable[[FaceView], Lines]:
    def lines(face: FaceView) -> Lines:
        x, y = face.place(getattr(face.points, name), name)
        return [[(0.0, y), (x, y)]]

    return lines


def _tilt(face: FaceView) -> Lines:
    places = [face.place(face.points.side(side).commissure, "commissure") for side in (Side.RIGHT, Side.LEFT)]
    return [places]


_SIDED: dict[str, Callable[[FaceView, Side, str], Lines]] = {
    "brow_height": _from_eye_line(_x_of_brow),
    "margin_reflex_distance_1": _lid_to_pupil,
    "margin_reflex_distance_2": _lid_to_pupil,
    "palpebral_fissure": _fissure,
    "eye_area": _outline,
    "alar_height": _from_eye_line(_x_of("ala")),
    "commissure_height": _from_eye_line(_x_of("commissure")),
    "commissure_lateral": _sideways,
    "smile_angle": _angle,
    "upper_lip_height": _from_eye_line(_x_of_lips),
    "lower_lip_height": _from_eye_line(_x_of_lips),
    "dental_show": _gap,
    "nasolabial_length": _fold,
}
_MIDLINE: dict[str, Callable[[FaceView], Lines]] = {
    "philtrum_deviation": _from_midline("philtrum"),
    "nasal_base_deviation": _from_midline("subnasale"),
    "chin_deviation": _from_midline("chin"),
    "oral_commissure_tilt": _tilt,
}
