"""What a table says of itself, in the TOML file beside it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from facialis.evidence.errors import EvidenceError

REQUIRED = ("title", "licence", "last_reviewed", "generator", "key", "columns")


@dataclass(frozen=True)
class Passport:
    """What a table is, under which licence, when a person last looked at it, what made it."""

    title: str
    licence: str
    last_reviewed: str
    generator: str
    key: tuple[str, ...]
    """Columns that together name a row."""
    columns: Mapping[str, str]
    """Meaning of every column."""
    units: Mapping[str, str]
    """Unit of every numeric column without a unit column beside it; "1" is a count or pure number."""
    population: str
    """Whom all rows are about; empty where a column says it."""
    reason: str
    """Why rows that are decisions of ours are as they are; empty where each row's note says it."""


def parse_passport(text: str, where: str) -> Passport:
    """Read a passport.

    Raises
    ------
    EvidenceError
        If it is not TOML, lacks something, or names a column that it does not describe.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EvidenceError(f"{where}: the passport is not TOML ({error}).") from error
    missing = [name for name in REQUIRED if not data.get(name)]
    if missing:
        raise EvidenceError(f"{where}: the passport lacks {', '.join(missing)}.")
    columns = {str(name): str(meaning) for name, meaning in data["columns"].items()}
    key = tuple(str(name) for name in data["key"])
    units = {str(name): str(unit) for name, unit in data.get("units", {}).items()}
    stray = [name for name in (*key, *units) if name not in columns]
    if stray:
        raise EvidenceError(f"{where}: the passport's key and units name {', '.join(stray)}, not a column.")
    empty = [name for name, unit in units.items() if not unit.strip()]
    if empty:
        raise EvidenceError(
            f"{where}: the unit of {', '.join(empty)} is empty. A pure number has the unit 1."
        )
    return Passport(
        title=str(data["title"]),
        licence=str(data["licence"]),
        last_reviewed=str(data["last_reviewed"]),
        generator=str(data["generator"]),
        key=key,
        columns=columns,
        units=units,
        population=str(data.get("population", "")),
        reason=str(data.get("reason", "")),
    )
