"""The brow."""

from facialis.measurement.contour import mean_height
from facialis.measurement.measures.definition import MeasureKind, SidedMeasure
from facialis.measurement.measures.view import SideView
from facialis.measurement.points import Region


def _brow_height(side: SideView) -> float:
    return mean_height(side.contour(side.points.brow), "brow")


MEASURES = (
    SidedMeasure(
        name="brow_height",
        kind=MeasureKind.HEIGHT,
        regions=(Region.BROW, Region.IRIS),
        definition="Mean height above the eye line of five equally spaced points of the brow's centre line, "
        "head to tail.",
        read=_brow_height,
    ),
)
