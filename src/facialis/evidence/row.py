"""One row of a table: its cells as typed values, each error with the table and the line."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from facialis.evidence.citation import Citation
from facialis.evidence.errors import EvidenceError
from facialis.evidence.provenance import Provenance

SEPARATOR = ";"
"""Between the members of a cell that holds several."""

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True)
class Row:
    """Cells of one line; the passport and the bibliography were checked before it was made."""

    cells: Mapping[str, str]
    where: str
    """Table and line, for messages."""
    citation: Citation

    def error(self, sentence: str) -> EvidenceError:
        """An error that names this row."""
        return EvidenceError(f"{self.where}: {sentence}")

    def optional_text(self, column: str) -> str | None:
        """The cell without outer spaces; None when it is empty."""
        return self.cells[column].strip() or None

    def text(self, column: str) -> str:
        """The cell, which must not be empty."""
        text = self.optional_text(column)
        if text is None:
            raise self.error(f"{column} is empty. Fill it in, or drop the row.")
        return text

    def optional_decimal(self, column: str) -> Decimal | None:
        """The cell as an exact number; None when it is empty."""
        text = self.optional_text(column)
        if text is None:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation as error:
            raise self.error(f"{column} is '{text}'. Numbers are written like 11.7.") from error
        if not number.is_finite():
            raise self.error(f"{column} is '{text}'; every number must be finite.")
        return number

    def decimal(self, column: str) -> Decimal:
        """The cell as an exact number, which must not be missing."""
        self.text(column)
        number = self.optional_decimal(column)
        assert number is not None  # noqa: S101  the line above refuses an empty cell
        return number

    def optional_number(self, column: str) -> float | None:
        """The cell as a number; None when it is empty."""
        number = self.optional_decimal(column)
        return None if number is None else float(number)

    def number(self, column: str) -> float:
        """The cell as a number, which must not be missing."""
        return float(self.decimal(column))

    def integer(self, column: str) -> int:
        """The cell as a whole number."""
        number = self.decimal(column)
        if number != math.floor(number):
            raise self.error(f"{column} is '{number}'; a whole number is wanted.")
        return int(number)

    def flag(self, column: str) -> bool:
        """Yes or no."""
        text = self.text(column)
        if text not in {"yes", "no"}:
            raise self.error(f"{column} is '{text}'; it is yes or no.")
        return text == "yes"

    def words(self, column: str) -> tuple[str, ...]:
        """The members of a cell; none when it is empty."""
        return tuple(word.strip() for word in self.cells[column].split(SEPARATOR) if word.strip())

    def choice(self, column: str, kind: type[_Choice]) -> _Choice:
        """The cell as a member of an enumeration."""
        return self._member(column, self.text(column), kind)

    def optional_choice(self, column: str, kind: type[_Choice]) -> _Choice | None:
        """The cell as a member of an enumeration; None when it is empty."""
        text = self.optional_text(column)
        return None if text is None else self._member(column, text, kind)

    def choices(self, column: str, kind: type[_Choice]) -> tuple[_Choice, ...]:
        """The members of a cell, each a member of an enumeration."""
        return tuple(self._member(column, word, kind) for word in self.words(column))

    def _member(self, column: str, word: str, kind: type[_Choice]) -> _Choice:
        try:
            return kind(word)
        except ValueError as error:
            allowed = ", ".join(member.value for member in kind)
            raise self.error(f"{column} '{word}' is unknown; use one of {allowed}.") from error


def citation_of(cells: Mapping[str, str], where: str, known: frozenset[str], population: str) -> Citation:
    """Check what every row must carry, and return it.

    Parameters
    ----------
    cells : mapping
        Cells by column.
    where : str
        Table and line, for messages.
    known : frozenset of str
        Source keys that exist.
    population : str
        Of the whole table; a column `population` takes its place.

    Raises
    ------
    EvidenceError
        If the source or the tag does not exist, or if the locator or the population is empty.
    """
    key = cells.get("source_key", "")
    if key not in known:
        raise EvidenceError(f"{where}: source '{key}' is not in bibliography.bib. Add or correct it.")
    try:
        provenance = Provenance(cells.get("provenance", ""))
    except ValueError as error:
        allowed = ", ".join(tag.value for tag in Provenance)
        raise EvidenceError(
            f"{where}: provenance '{cells.get('provenance')}' is unknown; use one of {allowed}."
        ) from error
    whose = cells.get("population", population).strip()
    for name, cell in (("locator", cells.get("locator", "")), ("population", whose)):
        if not cell.strip():
            raise EvidenceError(f"{where}: {name} is empty. Fill it in, or drop the row.")
    return Citation(key, cells["locator"].strip(), provenance, whose, cells.get("note", "").strip())
