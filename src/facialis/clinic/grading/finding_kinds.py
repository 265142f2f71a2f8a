"""Which findings a clinician can record; the twin's table, read without the twin.

The twin computes with JAX, which the web never imports.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.evidence.table import parse_rows

TABLE = "clinical_findings"
GRADES = (0, 1, 2, 3)
HIGHEST_SCORE = 100
GRADE = "grade"
LID_STRENGTH = "lid_strength"


@dataclass(frozen=True)
class FindingKind:
    """A row of the table."""

    code: str
    name: str
    scale: str
    """`grade` from 0 to 3, or `score` from 0 to 100."""
    is_of_expression: bool
    """Whether it is recorded for one expression; else it is of the face as a whole."""

    @property
    def is_graded(self) -> bool:
        """Whether it is graded 0 to 3."""
        return self.scale == GRADE

    @property
    def expressions(self) -> tuple[Expression | None, ...]:
        """In which expressions it is recorded; one None for the face as a whole."""
        return NINE_PHOTOGRAPHS if self.is_of_expression else (None,)

    @property
    def has_long_meanings(self) -> bool:
        """Whether the meanings need a line each."""
        return self.code == LID_STRENGTH

    @property
    def meanings(self) -> tuple[str, ...]:
        """Of the grades 0 to 3."""
        if self.has_long_meanings:
            return (
                _("no closure"),
                _("opened without effort"),
                _("opened against resistance"),
                _("cannot be opened, lashes buried"),
            )
        return (_("none"), _("slight"), _("obvious"), _("severe"))


@cache
def finding_kinds() -> dict[str, FindingKind]:
    """Every finding that is understood, by its code."""
    folder = files("facialis").joinpath("twin", "tables")
    texts = [folder.joinpath(f"{TABLE}.{ending}").read_text("utf-8") for ending in ("csv", "toml")]
    rows = parse_rows(texts[0], texts[1], where=TABLE).rows
    return {
        row.text("finding"): FindingKind(
            row.text("finding"), row.text("name"), row.text("scale"), row.text("when") == "expression"
        )
        for row in rows
    }
