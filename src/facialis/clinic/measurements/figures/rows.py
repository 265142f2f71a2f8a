"""One row a measure: RIGHT grows to the left, LEFT to the right, with errors and the change since then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.measurements.changes import Change, Place, change_of
from facialis.measurement.asymmetry import asymmetry_of
from facialis.measurement.combination import MeasuresByExpression
from facialis.measurement.excursion import excursion_of
from facialis.measurement.measures import MEASURES
from facialis.report.butterfly import BEYOND_ERROR_SDS, FULL_BAR_SDS
from facialis.report.words import KEY_MEASURES, measure_words, number_words, unit_symbol

STILL = frozenset({Expression.REST, Expression.NASAL_BASE})
"""Views without a movement from rest."""


@dataclass(frozen=True)
class SideBar:
    """One side's bar, in per cent of the row's scale; the names are those of `butterfly_bar.html`."""

    text: str
    """With its sign where the row may have values on both sides of zero."""
    sd_text: str
    percent: float
    is_negative: bool
    """Drawn hollow: its length is the size of a value below zero."""
    sd_from: float | None
    sd_to: float | None
    role: str
    before: float | None
    reason: str
    change: str
    is_changed: bool
    """Whether the change is more than measuring explains."""


@dataclass(frozen=True)
class Row:
    """A measure of both sides."""

    id: str
    """Name of the measure: its mark on the face has the same."""
    name: str
    unit: str
    right: SideBar
    left: SideBar
    difference: str
    """LEFT minus RIGHT."""
    is_different: bool
    """Whether it is more than measuring explains."""
    larger: str
    """LEFT or RIGHT, where one side is larger by more than measuring explains; else, or below zero, empty."""
    words: str
    is_key: bool
    """Whether the expression is taken for it."""
    is_movement: bool


@dataclass(frozen=True)
class MidlineRow:
    """A measure without a side."""

    id: str
    name: str
    text: str
    reason: str
    change: str
    is_changed: bool


@dataclass(frozen=True)
class _Value:
    value: float | None
    sd: float | None
    reason: str
    change: Change | None


def rows_of(
    now: MeasuresByExpression,
    before: MeasuresByExpression | None,
    expression: Expression,
    affected: Side | None,
    *,
    of_movement: bool = False,
) -> list[Row]:
    """The sided measures of an expression, the ones that it is taken for first.

    Parameters
    ----------
    now, before             Averaged measures of this visit and of the one before, if there is one.
    expression : Expression
    affected : Side         The palsied side, if it is one.
    of_movement : bool      Movement from rest instead of position.
    """
    key = KEY_MEASURES.get(expression, ())
    names = [name for name, known in MEASURES.items() if known.sided]
    names.sort(key=lambda name: key.index(name) if name in key else len(key))
    return [
        _row(now, before, Place(expression, name, None, of_movement), affected, is_key=name in key)
        for name in names
        if any((name, side) in now.get(expression, {}) for side in Side)
    ]


def midline_rows(
    now: MeasuresByExpression, before: MeasuresByExpression | None, expression: Expression
) -> list[MidlineRow]:
    """The measures without a side."""
    rows = []
    for name, known in MEASURES.items():
        measure = now.get(expression, {}).get((name, None))
        if known.sided or measure is None:
            continue
        change = None if before is None else change_of(now, before, Place(expression, name, None))
        text = f"{number_words(measure.value, measure.sd, signed=True)} {unit_symbol(known.unit)}"
        rows.append(
            MidlineRow(
                name,
                _(measure_words(name)),
                "—" if measure.value is None else text,
                measure.reason or "",
                _change_words(change),
                change is not None and change.is_beyond_error,
            )
        )
    return rows


def _row(
    now: MeasuresByExpression,
    before: MeasuresByExpression | None,
    place: Place,
    affected: Side | None,
    *,
    is_key: bool,
) -> Row:
    unit = MEASURES[place.name].unit
    values = {
        side: _value_of(now, before, Place(place.expression, place.name, side, place.of_movement))
        for side in Side
    }
    full = _full(list(values.values()))
    is_below = any(of.value is not None and of.value < 0 for of in values.values())
    is_signed = place.of_movement or is_below
    bars = {side: _bar(values[side], full, unit, _role(side, affected), is_signed=is_signed) for side in Side}
    found = asymmetry_of(now, place.expression, place.name, affected, of_excursion=place.of_movement)
    is_different = (
        found.value is not None and found.sd is not None and abs(found.value) > BEYOND_ERROR_SDS * found.sd
    )
    name = _(measure_words(place.name))
    difference = (
        ""
        if found.value is None
        else f"{number_words(found.value, found.sd, signed=True)} {unit_symbol(unit)}"
    )
    words = _("%(name)s: RIGHT %(right)s, LEFT %(left)s.") % {
        "name": name,
        "right": _said(values[Side.RIGHT], unit, is_signed=is_signed),
        "left": _said(values[Side.LEFT], unit, is_signed=is_signed),
    }
    larger = _larger(values) if is_different and not is_below else None
    if larger is not None:
        words += " " + _("Larger: %(side)s.") % {"side": _(larger.label)}
    return Row(
        id=place.name,
        name=name,
        unit=unit_symbol(unit),
        right=bars[Side.RIGHT],
        left=bars[Side.LEFT],
        difference=difference,
        is_different=is_different,
        larger="" if larger is None else _(larger.label),
        words=words,
        is_key=is_key,
        is_movement=place.of_movement,
    )


def _value_of(now: MeasuresByExpression, before: MeasuresByExpression | None, place: Place) -> _Value:
    change = None if before is None else change_of(now, before, place)
    if place.of_movement:
        moved = excursion_of(now, place.expression, place.name, place.side)
        return _Value(moved.value, moved.sd, moved.reason or "", change)
    measure = now[place.expression].get((place.name, place.side))
    if measure is None:
        return _Value(None, None, _("Not measured."), None)
    return _Value(measure.value, measure.sd, measure.reason or "", change)


def _full(values: Sequence[_Value]) -> float:
    """What a full bar stands for: nothing under three sds fills it, or noise would look like a finding."""
    known = [(abs(v.value), v.sd or 0.0) for v in values if v.value is not None]
    earlier = [abs(v.change.before) for v in values if v.change is not None]
    return max([size + sd for size, sd in known] + [FULL_BAR_SDS * sd for _, sd in known] + earlier + [1e-9])


def _larger(values: Mapping[Side, _Value]) -> Side | None:
    left, right = values[Side.LEFT].value, values[Side.RIGHT].value
    if left is None or right is None or left == right:
        return None
    return Side.LEFT if left > right else Side.RIGHT


def _bar(of: _Value, full: float, unit: str, role: str, *, is_signed: bool) -> SideBar:
    percent = 100 * abs(of.value) / full if of.value is not None else 0.0
    sd = None if of.value is None or of.sd is None else 100 * of.sd / full
    return SideBar(
        text=f"{number_words(of.value, signed=is_signed)} {unit_symbol(unit)}"
        if of.value is not None
        else "—",
        sd_text=f"± {of.sd:.1f}" if of.sd is not None and of.value is not None else "",
        percent=round(percent, 1),
        is_negative=of.value is not None and of.value < 0,
        sd_from=None if sd is None else round(max(percent - sd, 0.0), 1),
        sd_to=None if sd is None else round(min(percent + sd, 100.0), 1),
        role=role,
        # On the other side of zero it has no place on this bar; the change stands below in numbers.
        before=None
        if of.change is None or of.change.before * (of.value or 0.0) < 0
        else round(100 * abs(of.change.before) / full, 1),
        reason=of.reason if of.value is None else "",
        change=_change_words(of.change),
        is_changed=of.change is not None and of.change.is_beyond_error,
    )


def _role(side: Side, affected: Side | None) -> str:
    return "midline" if affected is None else "affected" if side is affected else "healthy"


def _change_words(change: Change | None) -> str:
    return "" if change is None else number_words(change.value, change.sd, signed=True)


def _said(of: _Value, unit: str, *, is_signed: bool) -> str:
    if of.value is None:
        return _("not measured. %(why)s") % {"why": of.reason}
    return f"{number_words(of.value, of.sd, signed=is_signed)} {unit_symbol(unit)}"
