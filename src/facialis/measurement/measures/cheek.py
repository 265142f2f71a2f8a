"""The cheek."""

from facialis.measurement.contour import curve_length
from facialis.measurement.errors import NotMeasurableError
from facialis.measurement.measures.definition import MeasureKind, SidedMeasure
from facialis.measurement.measures.view import SideView
from facialis.measurement.points import Region


def _nasolabial_length(side: SideView) -> float:
    return curve_length(side.contour(side.points.nasolabial), "nasolabial fold")


def _cheek_prominence(side: SideView) -> float:
    raise NotMeasurableError(
        f"The prominence of the {side.side.label} cheek needs depth; points in one photograph have none."
    )


MEASURES = (
    SidedMeasure(
        name="nasolabial_length",
        kind=MeasureKind.LENGTH,
        regions=(Region.NASOLABIAL,),
        definition="Length along the nasolabial fold, from beside the ala to beside the commissure.",
        read=_nasolabial_length,
    ),
    SidedMeasure(
        name="cheek_prominence",
        kind=MeasureKind.LENGTH,
        regions=(Region.NASOLABIAL,),
        definition="How far the cheek stands forward; needs depth, and is None without it.",
        read=_cheek_prominence,
    ),
)
