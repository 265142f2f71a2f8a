"""Small tables of measures as read, and gain tables to correct them."""

from facialis.anatomy.sides import Side
from facialis.measurement.gain import GainModel, GainRow
from facialis.measurement.points import Method
from facialis.measurement.raw import RawMeasure, RawMeasures

CANTHAL_PX = 200.0


def raw_pair(
    left: float | None, right: float | None, name: str = "commissure_height", method: Method = Method.REFINED
) -> RawMeasures:
    """A sided measure as read. [px]"""
    return {
        (name, side): RawMeasure(
            name, side, value, method, CANTHAL_PX, None if value is not None else "closed"
        )
        for side, value in ((Side.LEFT, left), (Side.RIGHT, right))
    }


def raw_midline(
    value: float | None, name: str = "philtrum_deviation", method: Method = Method.REFINED
) -> RawMeasures:
    """A midline measure as read. [px]"""
    return {
        (name, None): RawMeasure(name, None, value, method, CANTHAL_PX, None if value is not None else "lost")
    }


def gain_model(
    name: str = "commissure_height", method: Method = Method.REFINED, **changes: float
) -> GainModel:
    """A table of one row; without changes it changes nothing and knows no scatter."""
    values = {"gain": 1.0, "gain_sd": 0.0, "offset": 0.0, "asymmetry_sd": 0.0, "mean_sd": 0.0, **changes}
    return GainModel({(name, method): GainRow(name, method, **values)})
