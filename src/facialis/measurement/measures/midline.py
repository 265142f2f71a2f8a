"""Measures of the face as a whole: how far its middle has been pulled to one side."""

import math

from facialis.anatomy.sides import Side
from facialis.measurement.errors import NotMeasurableError
from facialis.measurement.measures.definition import MeasureKind, MidlineMeasure
from facialis.measurement.measures.view import FaceView
from facialis.measurement.points import Region


def _oral_commissure_tilt(face: FaceView) -> float:
    left_x, left_y = face.place(face.points.side(Side.LEFT).commissure, "LEFT commissure")
    right_x, right_y = face.place(face.points.side(Side.RIGHT).commissure, "RIGHT commissure")
    if math.hypot(left_x - right_x, left_y - right_y) == 0:
        raise NotMeasurableError("The two commissures coincide.")
    return math.degrees(math.atan2(left_y - right_y, left_x - right_x))


MEASURES = (
    MidlineMeasure(
        name="philtrum_deviation",
        kind=MeasureKind.LATERAL,
        regions=(Region.LIPS, Region.IRIS),
        definition="Distance of the dip of Cupid's bow from the midline, positive toward the patient's LEFT.",
        read=lambda face: face.place(face.points.philtrum, "philtrum")[0],
        turns_with_head=True,
    ),
    MidlineMeasure(
        name="nasal_base_deviation",
        kind=MeasureKind.LATERAL,
        regions=(Region.MIDLINE, Region.IRIS),
        definition="Distance of the subnasale from the midline, positive toward the patient's LEFT.",
        read=lambda face: face.place(face.points.subnasale, "subnasale")[0],
        turns_with_head=True,
    ),
    MidlineMeasure(
        name="chin_deviation",
        kind=MeasureKind.LATERAL,
        regions=(Region.CHIN, Region.IRIS),
        definition="Distance of the lowest chin point from the midline, positive toward the patient's LEFT.",
        read=lambda face: face.place(face.points.chin, "chin")[0],
        turns_with_head=True,
        refused_from_networks=(
            "Landmark networks overstate a deviation of the chin two- to threefold. Place the chin by hand."
        ),
    ),
    MidlineMeasure(
        name="oral_commissure_tilt",
        kind=MeasureKind.ANGLE,
        regions=(Region.COMMISSURE, Region.IRIS),
        definition="Angle of the commissure line against the eye line, positive when LEFT is higher.",
        read=_oral_commissure_tilt,
    ),
)
