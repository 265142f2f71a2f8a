"""Cited tables: a CSV file and beside it a TOML passport, both checked when they are read."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from facialis.evidence.bibliography import source_keys
from facialis.evidence.cited import CitedValue
from facialis.evidence.errors import EvidenceError
from facialis.evidence.passport import Passport, parse_passport
from facialis.evidence.row import Row, citation_of

VALUE_COLUMNS = (
    "name",
    "value",
    "sd",
    "low",
    "high",
    "unit",
    "population",
    "source_key",
    "locator",
    "provenance",
    "preference",
    "note",
)
CITATION_COLUMNS = ("source_key", "locator", "provenance")
UNIT_COLUMN = "unit"
PURE_NUMBERS = frozenset({"preference"})
"""Numbers of the table itself, not of medicine: they need no unit."""


@dataclass(frozen=True)
class RowTable:
    """A table whose columns are its own."""

    passport: Passport
    rows: tuple[Row, ...]

    def key_of(self, row: Row) -> str:
        """Name of a row: the cells of the passport's key, joined by slashes."""
        return "/".join(row.cells[column].strip() for column in self.passport.key)


@dataclass(frozen=True)
class CitedTable:
    """The values of one table of cited values."""

    passport: Passport
    values: tuple[CitedValue, ...]

    def all_of(self, name: str) -> tuple[CitedValue, ...]:
        """Every source's value of ``name``, the preferred one first."""
        found = sorted((v for v in self.values if v.name == name), key=lambda v: v.preference)
        if not found:
            known = ", ".join(sorted({v.name for v in self.values}))
            raise EvidenceError(f"'{name}' is not in '{self.passport.title}'; it holds {known}.")
        return tuple(found)

    def preferred(self, name: str) -> CitedValue:
        """The value of ``name`` that the software uses."""
        return self.all_of(name)[0]


def parse_rows(csv_text: str, passport_text: str, *, where: str) -> RowTable:
    """Parse a table and its passport, and check one against the other.

    Parameters
    ----------
    csv_text, passport_text : str
        Contents of the two files.
    where : str
        Name of the table, for messages.

    Raises
    ------
    EvidenceError
        If a passport key is missing; if the header differs from the passport's columns; if a
        row has a source or a tag that does not exist, or no locator, population or unit; if
        two rows have the same key.
    """
    passport = parse_passport(passport_text, where)
    reader = csv.DictReader(io.StringIO(csv_text))
    header = list(reader.fieldnames or ())
    if header != list(passport.columns):
        raise EvidenceError(
            f"{where}: the header is {header}, the passport describes {list(passport.columns)}. "
            "They must be the same, in the same order."
        )
    missing = [column for column in CITATION_COLUMNS if column not in header]
    if missing:
        raise EvidenceError(f"{where}: the columns {', '.join(missing)} are missing; every row needs them.")
    rows = tuple(_row(cells, passport, f"{where}, line {n}") for n, cells in enumerate(reader, start=2))
    table = RowTable(passport, rows)
    _check_units(table, where)
    _check_keys(table)
    return table


def parse_values(csv_text: str, passport_text: str, *, where: str) -> CitedTable:
    """Read a table of cited values (columns `VALUE_COLUMNS`); raises `EvidenceError`."""
    table = parse_rows(csv_text, passport_text, where=where)
    if tuple(table.passport.columns) != VALUE_COLUMNS:
        raise EvidenceError(f"{where}: a table of cited values has the columns {', '.join(VALUE_COLUMNS)}.")
    values = tuple(_value(row) for row in table.rows)
    seen: set[tuple[str, int]] = set()
    for value in values:
        if (value.name, value.preference) in seen:
            raise EvidenceError(f"{where}: '{value.name}' has two rows of preference {value.preference}.")
        seen.add((value.name, value.preference))
    return CitedTable(table.passport, values)


@cache
def load_rows(package: str, stem: str) -> RowTable:
    """`parse_rows` of ``stem``.csv and ``stem``.toml inside ``package``; read once."""
    return parse_rows(*_texts(package, stem), where=f"{package}/{stem}")


@cache
def load_values(package: str, stem: str) -> CitedTable:
    """`parse_values` of ``stem``.csv and ``stem``.toml inside ``package``; read once."""
    return parse_values(*_texts(package, stem), where=f"{package}/{stem}")


def _texts(package: str, stem: str) -> tuple[str, str]:
    folder = files(package)
    table, passport = (folder.joinpath(f"{stem}.{ending}").read_text("utf-8") for ending in ("csv", "toml"))
    return table, passport


def _row(cells: dict[str, str], passport: Passport, where: str) -> Row:
    if None in cells or None in cells.values():
        raise EvidenceError(f"{where}: the row has not as many cells as the header.")
    row = Row(cells, where, citation_of(cells, where, source_keys(), passport.population))
    if UNIT_COLUMN in cells:
        row.text(UNIT_COLUMN)
    return row


def _check_units(table: RowTable, where: str) -> None:
    if UNIT_COLUMN in table.passport.columns:
        return
    bare = [
        column
        for column in table.passport.columns
        if column not in table.passport.units
        and column not in PURE_NUMBERS
        and _is_numeric([row.cells[column] for row in table.rows])
    ]
    if bare:
        raise EvidenceError(
            f"{where}: {', '.join(bare)} holds numbers without a unit. Name it under [units] in the passport "
            "(1 for a count or a pure number), or give the table a column 'unit'."
        )


def _is_numeric(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(_is_number(cell) for cell in filled)


def _is_number(cell: str) -> bool:
    try:
        Decimal(cell)
    except InvalidOperation:
        return False
    return True


def _check_keys(table: RowTable) -> None:
    seen: set[str] = set()
    for row in table.rows:
        key = table.key_of(row)
        if key in seen:
            raise row.error(f"a second row has the key '{key}' ({', '.join(table.passport.key)}).")
        seen.add(key)


def _value(row: Row) -> CitedValue:
    low, high = row.optional_number("low"), row.optional_number("high")
    if (low is None) != (high is None):
        raise row.error("low and high stand together or not at all.")
    return CitedValue(
        name=row.text("name"),
        value=row.optional_number("value"),
        sd=row.optional_number("sd"),
        interval=None if low is None or high is None else (low, high),
        unit=row.text("unit"),
        population=row.citation.population,
        source_key=row.citation.source_key,
        locator=row.citation.locator,
        provenance=row.citation.provenance,
        note=row.citation.note,
        preference=row.integer("preference"),
    )
