"""Cited tables: a CSV file and beside it a TOML passport, both checked when they are read."""

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from facialis.evidence.bibliography import source_keys
from facialis.evidence.cited import CitedValue, EvidenceError
from facialis.evidence.provenance import Provenance

PASSPORT_KEYS = ("title", "licence", "last_reviewed", "generator", "columns")
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


@dataclass(frozen=True)
class Passport:
    """What a table is, under which licence, when a person last looked at it, what made it."""

    title: str
    licence: str
    last_reviewed: str
    generator: str
    columns: Mapping[str, str]
    """Meaning of every column."""


@dataclass(frozen=True)
class CitedTable:
    """The values of one table."""

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


def read_rows(csv_text: str, passport_text: str, *, where: str) -> tuple[Passport, list[dict[str, str]]]:
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
        If a passport key is missing, if the header differs from the passport's columns, or
        if a row has a source or a provenance tag that does not exist.
    """
    passport = _passport(passport_text, where)
    reader = csv.DictReader(io.StringIO(csv_text))
    header = list(reader.fieldnames or ())
    if header != list(passport.columns):
        raise EvidenceError(
            f"{where}: the header is {header}, the passport describes {list(passport.columns)}. "
            "They must be the same, in the same order."
        )
    rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise EvidenceError(f"{where}, line {number}: the row has not as many cells as the header.")
        _check_source(row, f"{where}, line {number}")
    return passport, rows


def parse_cited_table(csv_text: str, passport_text: str, *, where: str) -> CitedTable:
    """Read a table of cited values (columns `VALUE_COLUMNS`); raises `EvidenceError`."""
    passport, rows = read_rows(csv_text, passport_text, where=where)
    if tuple(passport.columns) != VALUE_COLUMNS:
        raise EvidenceError(f"{where}: a table of cited values has the columns {', '.join(VALUE_COLUMNS)}.")
    values = tuple(_value(row, f"{where}, line {number}") for number, row in enumerate(rows, start=2))
    seen: set[tuple[str, int]] = set()
    for value in values:
        if (value.name, value.preference) in seen:
            raise EvidenceError(f"{where}: '{value.name}' has two rows of preference {value.preference}.")
        seen.add((value.name, value.preference))
    return CitedTable(passport, values)


def load_packaged_rows(package: str, stem: str) -> tuple[Passport, list[dict[str, str]]]:
    """`read_rows` of ``stem``.csv and ``stem``.toml inside ``package``."""
    folder = files(package)
    texts = [folder.joinpath(f"{stem}.{ending}").read_text(encoding="utf-8") for ending in ("csv", "toml")]
    return read_rows(texts[0], texts[1], where=f"{package}/{stem}")


def load_packaged_table(package: str, stem: str) -> CitedTable:
    """`parse_cited_table` of ``stem``.csv and ``stem``.toml inside ``package``."""
    folder = files(package)
    texts = [folder.joinpath(f"{stem}.{ending}").read_text(encoding="utf-8") for ending in ("csv", "toml")]
    return parse_cited_table(texts[0], texts[1], where=f"{package}/{stem}")


def _passport(text: str, where: str) -> Passport:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{where}: the passport is not TOML ({error}).") from error
    missing = [key for key in PASSPORT_KEYS if not data.get(key)]
    if missing:
        raise EvidenceError(f"{where}: the passport lacks {', '.join(missing)}.")
    return Passport(
        title=str(data["title"]),
        licence=str(data["licence"]),
        last_reviewed=str(data["last_reviewed"]),
        generator=str(data["generator"]),
        columns={str(name): str(meaning) for name, meaning in data["columns"].items()},
    )


def _check_source(row: Mapping[str, str], where: str) -> None:
    if row.get("source_key") not in source_keys():
        raise EvidenceError(
            f"{where}: source '{row.get('source_key')}' is not in bibliography.bib. Add or correct it."
        )
    _provenance(row, where)


def _provenance(row: Mapping[str, str], where: str) -> Provenance:
    try:
        return Provenance(row.get("provenance", ""))
    except ValueError as error:
        allowed: Sequence[str] = [tag.value for tag in Provenance]
        raise EvidenceError(
            f"{where}: provenance '{row.get('provenance')}' is unknown; use one of {', '.join(allowed)}."
        ) from error


def _value(row: Mapping[str, str], where: str) -> CitedValue:
    try:
        low, high = _number(row["low"]), _number(row["high"])
        if (low is None) != (high is None):
            raise EvidenceError(f"{where}: low and high stand together or not at all.")
        return CitedValue(
            name=row["name"],
            value=float(row["value"]),
            sd=_number(row["sd"]),
            interval=None if low is None or high is None else (low, high),
            unit=row["unit"],
            population=row["population"],
            source_key=row["source_key"],
            locator=row["locator"],
            provenance=_provenance(row, where),
            note=row["note"],
            preference=int(row["preference"]),
        )
    except ValueError as error:
        raise EvidenceError(f"{where}: {error}. Numbers are written like 11.7.") from error


def _number(cell: str) -> float | None:
    return float(cell) if cell.strip() else None
