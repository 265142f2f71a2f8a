"""Rules of the procedure, as the table holds them."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.actions import Action
from facialis.toxins.errors import ToxinError
from facialis.toxins.exact import number_text
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import ANY_PRODUCT, optional_fraction, toxin_rows

PURE_UNIT = "1"


class UnknownRuleError(ToxinError):
    """A rule that the table does not hold."""

    code = "rule_unknown"


class RuleKind(StrEnum):
    """What sort of rule it is."""

    CAP = "cap"
    """Greatest usual amount of a session."""
    LABEL = "label"
    """What follows from a limit of a label."""
    GUIDANCE = "guidance"
    PAUSE = "pause"
    """Reason to stop or pause the treatment."""


class LimitScope(StrEnum):
    """What a cap or a limit counts."""

    AFFECTED_SIDE = "affected_side"
    BOTH_SIDES = "both_sides"
    MOST_UNITS_IN_WINDOW = "most_units_in_window"
    LEAST_INTERVAL = "least_interval"
    """Of the product's own label."""
    LEAST_INTERVAL_ANY_PRODUCT = "least_interval_any_product"


@dataclass(frozen=True)
class ProcedureRule:
    """One rule; `low` and `high` are in `unit`, and None where the rule has no number."""

    code: str
    kind: RuleKind
    scope: LimitScope | None
    product: ToxinProduct | None
    """Product whose units a cap is in; None: the rule holds for every product."""
    low: Fraction | None
    high: Fraction | None
    unit: str
    action: Action
    sentence: str
    citation: Citation

    @property
    def number_text(self) -> str:
        """'2 to 4 weeks', '50 units'; empty where the rule has no number."""
        ends = [number_text(end) for end in (self.low, self.high) if end is not None]
        unit = "" if self.unit == PURE_UNIT else self.unit
        return f"{' to '.join(ends)} {unit}".strip() if ends else ""


@cache
def procedure_rules() -> tuple[ProcedureRule, ...]:
    """Every rule, in the order of the table."""
    return tuple(
        ProcedureRule(
            code=row.text("code"),
            kind=row.choice("kind", RuleKind),
            scope=row.optional_choice("scope", LimitScope),
            product=None if row.text("product") == ANY_PRODUCT else row.choice("product", ToxinProduct),
            low=optional_fraction(row, "low"),
            high=optional_fraction(row, "high"),
            unit=row.text("unit"),
            action=row.choice("action", Action),
            sentence=row.text("sentence"),
            citation=row.citation,
        )
        for row in toxin_rows("procedure_rules")
    )


def procedure_rule(code: str) -> ProcedureRule:
    """One rule by its word.

    Raises
    ------
    UnknownRuleError
        If there is none.
    """
    for rule in procedure_rules():
        if rule.code == code:
            return rule
    known = ", ".join(rule.code for rule in procedure_rules())
    raise UnknownRuleError(f"'{code}' is not a rule of the procedure. Give one of {known}.")
