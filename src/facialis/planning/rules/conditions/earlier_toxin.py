"""What earlier treatments mean; intervals and label limits are judged by the room of toxins."""

from facialis.planning.case.answers import Answer
from facialis.planning.case.treatments import TreatmentArea
from facialis.planning.rules.context import Context, Hit
from facialis.planning.rules.earlier import treatments_within, window_months
from facialis.planning.values import whole_value
from facialis.toxins.procedure_rules import procedure_rule


def other_product_in_window(context: Context) -> Hit | None:
    """Another product than the one to be injected."""
    within = treatments_within(context.case, whole_value("other_product_window"), context.today)
    named = dict.fromkeys(
        treatment.product.value
        for treatment in within
        if treatment.product is not None and treatment.product is not context.product
    )
    return Hit({"named": ", ".join(named)}) if named else None


def earlier_amount_unknown(context: Context) -> Hit | None:
    """A treatment whose product or amount is not known, recent enough to count."""
    months = max(window_months(context.product) or 0, whole_value("other_product_window"))
    days = [t.day for t in treatments_within(context.case, months, context.today) if t.amount is None]
    return Hit({"named": ", ".join(day.isoformat() for day in days)}) if days else None


def no_benefit(context: Context) -> Hit | None:
    """The last sessions in the face that were not inadequate did not help."""
    wanted = procedure_rule("no_benefit").high
    assert wanted is not None  # noqa: S101  the table gives the number
    face = [
        treatment
        for treatment in context.case.treatments
        if treatment.area is not TreatmentArea.ELSEWHERE and treatment.adequate is not Answer.NO
    ]
    last = face[-int(wanted) :]
    failed = len(last) == wanted and all(treatment.helped is Answer.NO for treatment in last)
    return Hit({"sessions": str(int(wanted))}) if failed else None


CONDITIONS = (other_product_in_window, earlier_amount_unknown, no_benefit)
