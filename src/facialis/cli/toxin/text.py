"""Words and JSON that the verbs about toxins share."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from rich.markup import escape
from rich.table import Table

from facialis.evidence import Citation
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.exact import number_text, units_words


def citation_json(citation: Citation) -> dict[str, str]:
    """Where a number comes from."""
    return {
        "source_key": citation.source_key,
        "locator": citation.locator,
        "provenance": citation.provenance.value,
        "population": citation.population,
        "note": citation.note,
    }


def number_json(number: Fraction | None) -> float | int | None:
    """A number at the edge of the program: whole where it is whole."""
    if number is None:
        return None
    return int(number) if number.denominator == 1 else float(number)


def dose_json(dose: ToxinDose | None) -> dict[str, Any] | None:
    """An amount, never without its product."""
    if dose is None:
        return None
    return {"amount": number_json(dose.amount), "unit": f"units {dose.product.value}", "text": dose.text}


def units(dose: ToxinDose) -> str:
    """The amount without its product, for a table whose title names it."""
    return units_words(dose.amount)


def ml(volume: Fraction) -> str:
    """A volume with its unit."""
    return f"{number_text(volume)} mL"


def add_rows(table: Table, rows: Iterable[tuple[str, ...]]) -> Table:
    """Add rows of plain text: square brackets are tags of provenance here, not markup."""
    for row in rows:
        table.add_row(*map(escape, row))
    return table
