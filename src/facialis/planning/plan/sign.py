"""A clinician's signature: only it makes a plan active."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from facialis.planning.case.answers import require_text
from facialis.planning.errors import PlanningError
from facialis.planning.plan.record import Plan, PlanOutcome, PlanStatus
from facialis.toxins.actions import Action


class CannotSignError(PlanningError):
    """A plan that may not be signed as it stands."""

    code = "plan_cannot_be_signed"


@dataclass(frozen=True)
class SignedPlan:
    """A plan that a named clinician stands for."""

    plan: Plan
    by: str
    day: date
    reasons: Mapping[str, str]
    """Why each warning was passed, by its code."""

    @property
    def status(self) -> PlanStatus:
        """Active."""
        return PlanStatus.ACTIVE


def sign(plan: Plan, *, by: str, day: date, reasons: Mapping[str, str]) -> SignedPlan:
    """Sign a plan.

    Parameters
    ----------
    plan : Plan
    by : str            The clinician.
    day : date          Of the signature: the day that the plan was made for.
    reasons : mapping   A written reason for every warning, by its code.

    Raises
    ------
    CannotSignError     Nothing to inject, a stop, a warning without a reason, or another day.
    CaseError           No name.
    """
    require_text(by, "The name of the clinician who signs")
    if plan.outcome is not PlanOutcome.INJECT:
        raise CannotSignError(f"The plan's outcome is '{plan.outcome.value}': there is nothing to sign.")
    if day != plan.today:
        raise CannotSignError(
            f"The plan is for {plan.today}, and the signature of {day}. Make the plan again for that day."
        )
    stops = [f.code for f in plan.session_findings if f.action is Action.STOP]
    if stops:
        raise CannotSignError(f"The plan is stopped by {', '.join(stops)}. Change it, and sign then.")
    warned = dict.fromkeys(f.code for f in plan.session_findings if f.action is Action.WARN)
    missing = [code for code in warned if not reasons.get(code, "").strip()]
    if missing:
        raise CannotSignError(f"No reason is written for {', '.join(missing)}. Write one for each.")
    return SignedPlan(plan, by.strip(), day, dict(reasons))
