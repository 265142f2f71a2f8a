"""Measures as read off the points: in pixels and degrees, before any correction.

This is the table that a gain correction takes and gives back. Its unit is the picture's, so a
correction that was fitted in percent of the outer intercanthal distance uses `RawMeasure.percent`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from facialis.anatomy.sides import Side
from facialis.measurement.errors import NotMeasurableError
from facialis.measurement.measures import MEASURES, FaceView, MeasureDefinition, MidlineMeasure, SidedMeasure
from facialis.measurement.points import Method

Key = tuple[str, Side | None]


@dataclass(frozen=True)
class RawMeasure:
    """One value as read, or why there is none."""

    name: str
    side: Side | None
    value: float | None
    """px, px2 (areas) or degrees (angles)."""
    method: Method
    """How the points of the measure's first region were found."""
    outer_canthal_px: float
    """The yardstick in the points that it was read from. [px]"""
    reason: str | None = None

    @property
    def definition(self) -> MeasureDefinition:
        """What the value means."""
        return MEASURES[self.name]

    @property
    def yardstick(self) -> float:
        """What 100 percent is: the outer intercanthal distance, or its square for areas; 100 for angles."""
        power = self.definition.kind.scale_power
        return self.outer_canthal_px**power if power else 100.0

    @property
    def percent(self) -> float | None:
        """Value in percent of `yardstick`; degrees stay degrees."""
        return None if self.value is None else self.value / self.yardstick * 100


RawMeasures = Mapping[Key, RawMeasure]
"""Every measure of a photograph, keyed by (name, side); side is None for midline measures."""


class Correction(Protocol):
    """Undoes what the landmark network does to a face (its pull toward symmetry)."""

    def __call__(self, raw: RawMeasures) -> RawMeasures:
        """Return the same keys with corrected values, in the same units; a None stays None."""
        ...


def read_raw(face: FaceView, frontal: FaceView | None = None) -> RawMeasures:
    """Read every measure off a face.

    Parameters
    ----------
    face : FaceView
        As photographed.
    frontal : FaceView, optional
        The same face with the turn of the head taken out in 3-D, in pixels of the same scale;
        measures that a turned head falsifies come from it.
    """
    table: dict[Key, RawMeasure] = {}
    for definition in MEASURES.values():
        source = frontal if frontal is not None and definition.turns_with_head else face
        sides: tuple[Side | None, ...] = tuple(Side) if definition.sided else (None,)
        for side in sides:
            value, reason = _read(definition, source, side)
            method = _method(definition, source, side)
            table[definition.name, side] = RawMeasure(
                definition.name, side, value, method, source.frame.outer_canthal_px, reason
            )
    return table


def read_value(definition: MeasureDefinition, face: FaceView, side: Side | None) -> float:
    """One value without its floor; raises `NotMeasurableError`."""
    if isinstance(definition, MidlineMeasure):
        return definition.read(face)
    if side is None:
        raise NotMeasurableError(f"'{definition.name}' is measured on a side; say which.")
    return definition.read(face.sides[side])


def _read(
    definition: MeasureDefinition, face: FaceView, side: Side | None
) -> tuple[float | None, str | None]:
    try:
        return max(read_value(definition, face, side), definition.floor), None
    except NotMeasurableError as refusal:
        return None, str(refusal)


def _method(definition: MeasureDefinition, face: FaceView, side: Side | None) -> Method:
    region = definition.regions[0]
    if side is not None and isinstance(definition, SidedMeasure):
        return face.points.side(side).method(region)
    left, right = (face.points.side(each).method(region) for each in Side)
    # A midline measure is as good as the poorer of its two halves.
    return left if left is right else Method.NETWORK
