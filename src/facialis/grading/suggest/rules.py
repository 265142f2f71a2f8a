"""By what each item is judged: the table of rules."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.anatomy.expressions import Expression
from facialis.evidence import Citation, EvidenceError, Row, load_rows
from facialis.grading.instrument import TABLES


class RuleKind(StrEnum):
    """What is compared with what."""

    MOVEMENT = "movement"
    """Movement of the affected side against the healthy side's."""
    CLOSURE = "closure"
    """The share of the eye's own opening that closes."""
    REST = "rest"
    """Difference of the sides at rest."""
    SYNKINESIS = "synkinesis"
    """Involuntary movement of the affected side beyond the healthy side's."""
    NOT_SHOWN = "not_shown"
    """A photograph cannot tell."""


@dataclass(frozen=True)
class Rule:
    """A row of the table."""

    instrument: str
    item: str
    part: str
    """`whole`, or which part where several readings count."""
    kind: RuleKind
    expressions: tuple[Expression, ...]
    measures: tuple[str, ...]
    """Regions of the matrix for synkinesis."""
    direction: int
    """The sign that the intended movement, or the upper end of the item, has in the first measure."""
    features: tuple[str, ...]
    """Rows of the table of perception thresholds."""
    reason: str | None
    citation: Citation


@cache
def rules_of(instrument: str) -> tuple[Rule, ...]:
    """Every rule of an instrument, in the order of its items.

    Raises
    ------
    EvidenceError
        If the table has none, or if a row does not fit its kind.
    """
    rows = [row for row in load_rows(TABLES, "suggestion_rules").rows if row.text("instrument") == instrument]
    if not rows:
        raise EvidenceError(f"'{instrument}' is not in the table of rules for suggested grades.")
    return tuple(rule_of(row) for row in rows)


def rule_for(instrument: str, item: str) -> tuple[Rule, ...]:
    """The rules of one item, one for each of its parts."""
    return tuple(rule for rule in rules_of(instrument) if rule.item == item)


def rule_of(row: Row) -> Rule:
    """Read one row and check that it holds what its kind needs."""
    kind = row.choice("kind", RuleKind)
    rule = Rule(
        instrument=row.text("instrument"),
        item=row.text("item"),
        part=row.text("part"),
        kind=kind,
        expressions=row.choices("expressions", Expression),
        measures=row.words("measures"),
        direction=row.integer("direction") if row.optional_text("direction") else 1,
        features=row.words("features"),
        reason=row.optional_text("reason"),
        citation=row.citation,
    )
    if abs(rule.direction) != 1:
        raise row.error(f"direction is {rule.direction}; it is 1 or -1.")
    if (kind is RuleKind.NOT_SHOWN) != (rule.reason is not None):
        raise row.error("a reason stands with not_shown, and only there.")
    if kind is not RuleKind.NOT_SHOWN and not (rule.expressions and rule.measures):
        raise row.error("expressions and measures must be named.")
    if kind is RuleKind.REST and len(rule.features) != 1:
        raise row.error("a difference at rest is judged by one feature.")
    if kind is RuleKind.SYNKINESIS and len(rule.features) != len(rule.measures):
        raise row.error("synkinesis needs one feature for each region.")
    return rule
