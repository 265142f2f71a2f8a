"""Earlier toxin: when it was last given, and how much of a product within a time."""

from datetime import date

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.planning.case.case import Case
from facialis.planning.case.treatments import ToxinTreatment
from facialis.planning.dates import months_after
from facialis.planning.values import whole_value
from facialis.toxins.amounts import ToxinDose, total
from facialis.toxins.labels import LimitKind, label_limits
from facialis.toxins.procedure_limits import WHOLE_BODY
from facialis.toxins.products import ToxinProduct


def last_treatment(case: Case) -> ToxinTreatment | None:
    """The latest, with any product; None where there was none."""
    return case.treatments[-1] if case.treatments else None


def treatments_within(case: Case, months: int, today: date) -> tuple[ToxinTreatment, ...]:
    """Treatments of the last months; one that lies exactly so long back counts."""
    first = months_after(today, -months)
    return tuple(treatment for treatment in case.treatments if treatment.day >= first)


def window_months(product: ToxinProduct) -> int | None:
    """Months over which the label of a product counts doses; None where no limit is known."""
    for limit in label_limits(product):
        if limit.kind is LimitKind.MOST_UNITS_IN_WINDOW and limit.scope == WHOLE_BODY and limit.window:
            return int(limit.window)
    return None


def window_limit(product: ToxinProduct) -> ToxinDose | None:
    """The most that the label allows in its window; None where no limit is known."""
    for limit in label_limits(product):
        if limit.kind is LimitKind.MOST_UNITS_IN_WINDOW and limit.scope == WHOLE_BODY:
            return limit.dose
    return None


def given_in_window(case: Case, product: ToxinProduct, today: date) -> ToxinDose:
    """What is known to have been given of one product in the window of its label. [units of the product]

    Where the label names no window, that of the table of plan values for other products is used.
    """
    months = window_months(product) or whole_value("other_product_window")
    amounts = [
        treatment.amount
        for treatment in treatments_within(case, months, today)
        if treatment.product is product and treatment.amount is not None
    ]
    return total([ToxinDose(0, product), *amounts])


def last_dose(
    case: Case, product: ToxinProduct, target: InjectionTarget, side: Side | None
) -> ToxinDose | None:
    """What a target on a side (None: the midline) received the last time, in this product; None if never."""
    for treatment in reversed(case.treatments):
        if treatment.product is product:
            dose = treatment.dose_of(target, side)
            if dose is not None:
                return dose
    return None
