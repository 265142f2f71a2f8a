"""From a signed plan to the treatment that the case remembers."""

from dataclasses import replace

from facialis.planning.case.answers import ListState
from facialis.planning.case.case import Case
from facialis.planning.case.treatments import RoledInjection, ToxinTreatment
from facialis.planning.errors import CaseError
from facialis.planning.plan.sign import SignedPlan


def treatment_of(signed: SignedPlan) -> ToxinTreatment:
    """What was injected, if every point of the plan was given as it was signed.

    What was given otherwise has to be recorded otherwise: only who injected knows.
    """
    plan = signed.plan
    injections = tuple(
        RoledInjection(i.side, i.target, i.point, i.dose, i.volume_ml, choice.role)
        for choice in plan.choices
        for i in choice.injections
    )
    return ToxinTreatment(signed.day, plan.product, injections)


def with_treatment(case: Case, treatment: ToxinTreatment) -> Case:
    """The case with one more treatment, in the order of days.

    Raises
    ------
    CaseError       There was a treatment on that day already.
    """
    if any(treatment.day == earlier.day for earlier in case.treatments):
        raise CaseError(
            f"The case has a toxin treatment on {treatment.day} already. Join the two into one session."
        )
    treatments = tuple(sorted((*case.treatments, treatment), key=lambda one: one.day))
    return replace(case, treatments=treatments, earlier_toxin=ListState.KNOWN)
