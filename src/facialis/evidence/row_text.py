"""The numbers of a row as people read them: value, spread, unit."""

from facialis.evidence.catalogue import FoundRow
from facialis.evidence.table import PURE_NUMBERS, UNIT_COLUMN, VALUE_COLUMNS

PURE = "1"
"""Unit of counts and pure numbers."""

HIDDEN = frozenset({"source_key", "locator", "provenance", "population", "note", UNIT_COLUMN, *PURE_NUMBERS})
"""Columns that are shown elsewhere, or that say nothing about medicine."""


def numbers_of(found: FoundRow) -> tuple[str, ...]:
    """The cells of a row that are neither its key nor its citation, each with its unit.

    A row of a table of cited values is one sentence, `11.7 sd 0.42 mm`; other rows name their
    columns, `units_per_site_low 1.25 units`.
    """
    passport = found.address.load().passport
    cells = {name: cell.strip() for name, cell in found.row.cells.items()}
    if tuple(passport.columns) == VALUE_COLUMNS:
        return (_value_sentence(cells),)
    shown = [name for name in cells if name not in HIDDEN and name not in passport.key and cells[name]]
    return tuple(
        _with_unit(name, cells, passport.units.get(name, cells.get(UNIT_COLUMN, PURE))) for name in shown
    )


def _value_sentence(cells: dict[str, str]) -> str:
    parts = [
        cells["value"],
        f"sd {cells['sd']}" if cells["sd"] else "",
        f"({cells['low']} to {cells['high']})" if cells["low"] else "",
        cells["unit"] if cells["unit"] != PURE else "",
    ]
    return " ".join(part for part in parts if part)


def _with_unit(name: str, cells: dict[str, str], unit: str) -> str:
    named = f"{name.removesuffix(f'_{unit}').replace('_', ' ')} {cells[name]}"
    try:
        float(cells[name])
    except ValueError:
        return named
    return named if unit == PURE else f"{named} {unit}"
