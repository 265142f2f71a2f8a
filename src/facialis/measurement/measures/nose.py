"""The nose."""

from facialis.measurement.measures.definition import MeasureKind, SidedMeasure
from facialis.measurement.measures.view import SideView
from facialis.measurement.points import Region


def _alar_height(side: SideView) -> float:
    return side.place(side.points.ala, "ala")[1]


MEASURES = (
    SidedMeasure(
        name="alar_height",
        kind=MeasureKind.HEIGHT,
        regions=(Region.ALA, Region.IRIS),
        definition="Height of the lowest lateral point of the nostril wing above the eye line; negative.",
        read=_alar_height,
    ),
)
