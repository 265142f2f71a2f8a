"""The mouth, each half for itself."""

import math

from facialis.measurement.contour import height_at
from facialis.measurement.errors import NotMeasurableError
from facialis.measurement.measures.definition import MeasureKind, SidedMeasure
from facialis.measurement.measures.view import SideView
from facialis.measurement.points import Region

LIP_READING_PLACE = 0.5
"""Lips are read half way from the midline to the commissure."""


def _commissure(side: SideView) -> tuple[float, float]:
    return side.place(side.points.commissure, "commissure")


def _reading_place(side: SideView) -> float:
    lateral, _ = _commissure(side)
    if lateral <= 0:
        raise NotMeasurableError("The commissure lies beyond the midline; there is no place half way to it.")
    return LIP_READING_PLACE * lateral


def _upper_lip_height(side: SideView) -> float:
    # The vermilion border, not the free edge: it is in sight with the mouth open and closed,
    # and teeth, shadow and moisture do not blur it.
    return height_at(side.lip("upper_lip_outer"), _reading_place(side), "upper lip")


def _lower_lip_height(side: SideView) -> float:
    return height_at(side.lip("lower_lip_outer"), _reading_place(side), "lower lip")


def _dental_show(side: SideView) -> float:
    x = _reading_place(side)
    upper = height_at(side.lip("upper_lip_inner"), x, "free edge of the upper lip")
    lower = height_at(side.lip("lower_lip_inner"), x, "free edge of the lower lip")
    return upper - lower


def _smile_angle(side: SideView) -> float:
    lateral, height = _commissure(side)
    rise = height - height_at(side.lip("lower_lip_outer"), 0.0, "lower lip")
    if math.hypot(lateral, rise) == 0:
        raise NotMeasurableError("The commissure and the middle of the lower lip coincide.")
    return math.degrees(math.atan2(lateral, -rise))


MEASURES = (
    SidedMeasure(
        name="commissure_height",
        kind=MeasureKind.HEIGHT,
        regions=(Region.COMMISSURE, Region.IRIS),
        definition="Height of the commissure above the eye line; negative.",
        read=lambda side: _commissure(side)[1],
    ),
    SidedMeasure(
        name="commissure_lateral",
        kind=MeasureKind.LATERAL,
        regions=(Region.COMMISSURE, Region.IRIS),
        definition="Distance of the commissure from the midline.",
        read=lambda side: _commissure(side)[0],
        turns_with_head=True,
    ),
    SidedMeasure(
        name="smile_angle",
        kind=MeasureKind.ANGLE,
        regions=(Region.COMMISSURE, Region.LIPS, Region.IRIS),
        definition=(
            "Angle at the point where the midline crosses the lower vermilion border, between the midline "
            "downward and the line to the commissure; 90 when level, larger when the commissure is higher."
        ),
        read=_smile_angle,
        turns_with_head=True,
    ),
    SidedMeasure(
        name="upper_lip_height",
        kind=MeasureKind.HEIGHT,
        regions=(Region.LIPS, Region.COMMISSURE, Region.IRIS),
        definition=(
            "Height of the upper vermilion border above the eye line, half way from the midline to the "
            "commissure; negative."
        ),
        read=_upper_lip_height,
    ),
    SidedMeasure(
        name="lower_lip_height",
        kind=MeasureKind.HEIGHT,
        regions=(Region.LIPS, Region.COMMISSURE, Region.IRIS),
        definition=(
            "Height of the lower vermilion border above the eye line, half way from the midline to the "
            "commissure; negative."
        ),
        read=_lower_lip_height,
    ),
    SidedMeasure(
        name="dental_show",
        kind=MeasureKind.LENGTH,
        regions=(Region.LIPS, Region.COMMISSURE),
        definition=(
            "Gap between the free edges of the lips, half way from the midline to the commissure; "
            "0 when closed."
        ),
        read=_dental_show,
        floor=0.0,
    ),
)
