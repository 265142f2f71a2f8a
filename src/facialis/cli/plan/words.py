"""Words for doses, sides and ranges in the tables of a plan."""

from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.limits import TargetLimit
from facialis.planning.plan.record import Plan
from facialis.planning.rules.phase import Phase
from facialis.report.plan_writing import MIDLINE
from facialis.toxins.amounts import ToxinDose, total
from facialis.toxins.dose_ranges import DoseInterval
from facialis.toxins.exact import number_text
from facialis.toxins.exact import units_words as amount_words

SIDE_COLUMNS = (Side.RIGHT.label, Side.LEFT.label, MIDLINE)
"""As one looks at the patient."""
PHASE_WORDS = {
    Phase.ACUTE: "acute",
    Phase.RECOVERING: "recovering",
    Phase.LATE_FLACCID: "late, flaccid",
    Phase.LATE_PARETIC: "late, weak without synkinesis",
    Phase.LATE_SYNKINETIC: "late, with synkinesis",
    Phase.LATE_RECOVERED: "late, recovered",
    Phase.LATE_UNKNOWN: "late, drive or synkinesis not known",
}


def units_words(dose: ToxinDose) -> str:
    """'2.5 units', where the product stands in the title."""
    return amount_words(dose.amount)


def points_words(choice: DoseChoice) -> str:
    """'2 x 1.25' for equal doses; point by point where they differ."""
    amounts = [number_text(dose.amount) for _, dose in choice.points]
    if len(set(amounts)) == 1:
        return f"{len(amounts)} x {amounts[0]}"
    return ", ".join(
        f"{number}: {amount}" for (number, _), amount in zip(choice.points, amounts, strict=True)
    )


def range_words(limit: TargetLimit) -> tuple[str, str, str]:
    """The published range: at a point, in all, and its tag."""
    published = limit.published
    if published is None or limit.provenance is None:
        return "—", "—", ""
    return _interval(published.per_site), _interval(published.total), f"[{limit.provenance.value}]"


def totals_words(plan: Plan) -> str:
    """'RIGHT 7.5 units, LEFT 12.5 units, midline 2 units'."""
    found = []
    for word in SIDE_COLUMNS:
        doses = [choice.total for choice in plan.choices if side_column(choice) == word]
        if doses:
            found.append(f"{word} {units_words(total(doses))}")
    return ", ".join(found)


def side_column(choice: DoseChoice) -> str:
    """The heading under which a choice stands."""
    return MIDLINE if choice.side is None else choice.side.label


def side_words(side: Side | None) -> str:
    """LEFT, RIGHT, or that both sides are affected."""
    return "both sides" if side is None else side.label


def needles(choices: tuple[DoseChoice, ...]) -> int:
    """Injection points altogether."""
    return sum(len(choice.points) for choice in choices)


def _interval(interval: DoseInterval | None) -> str:
    if interval is None:
        return "—"
    low, high = number_text(interval.low.amount), number_text(interval.high.amount)
    return low if low == high else f"{low} to {high}"
