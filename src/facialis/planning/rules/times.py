"""Intervals since the last toxin, and what its label allows over months."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from facialis.planning.case.case import Case
from facialis.planning.rules.earlier import given_in_window, last_treatment
from facialis.planning.rules.findings import PlanFinding, PlanFindingKind
from facialis.toxins.actions import Action
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.procedure_limits import LimitFinding, interval_findings, window_findings
from facialis.toxins.products import ToxinProduct

ADVICE = {
    Action.STOP: "Wait, or plan less.",
    Action.WARN: "Wait, plan less, or record a reason.",
}
"""What to do about a limit; its own sentence says the rest."""
INTERVAL_ADVICE = "Plan the session for a day after the interval: a smaller dose does not shorten it."
"""What to do about time: the sentence of the limit says already that waiting helps."""


def time_findings(case: Case, product: ToxinProduct, today: date) -> tuple[PlanFinding, ...]:
    """Limits of time that are passed before anything is planned.

    The interval of the label of the earlier product counts beside that of the product to be injected. The
    dose over time is summed for each product given, against its own label; no sum mixes two.
    """
    return (*_intervals(case, product, today), *_windows(case, today))


def planned_window_findings(case: Case, planned: ToxinDose, today: date) -> tuple[PlanFinding, ...]:
    """The same limit over time, with a planned amount added to what was given of its product."""
    return _as_plan(window_findings(given_in_window(case, planned.product, today) + planned))


def _intervals(case: Case, product: ToxinProduct, today: date) -> tuple[PlanFinding, ...]:
    last = last_treatment(case)
    if last is None:
        return ()
    days = (today - last.day).days
    products = dict.fromkeys(p for p in (product, last.product) if p is not None)
    found = dict.fromkeys(f for each in products for f in interval_findings(days, each))
    return tuple(replace(each, what_to_do=INTERVAL_ADVICE) for each in _as_plan(found))


def _windows(case: Case, today: date) -> tuple[PlanFinding, ...]:
    given = dict.fromkeys(t.product for t in case.treatments if t.product is not None)
    amounts = [given_in_window(case, each, today) for each in given]
    return _as_plan(f for amount in amounts if amount.amount for f in window_findings(amount))


def _as_plan(findings: Iterable[LimitFinding]) -> tuple[PlanFinding, ...]:
    return tuple(
        PlanFinding(
            code=finding.code,
            action=finding.action,
            kind=PlanFindingKind.LIMIT,
            sentence=finding.sentence,
            what_to_do=ADVICE[finding.action],
            targets=(),
            citation=finding.citation,
        )
        for finding in findings
    )
