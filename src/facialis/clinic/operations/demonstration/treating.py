"""A plan and a treatment of the demonstration: proposed by the planner, signed, given, signed."""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import override

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.actions import sha256_of
from facialis.clinic.kernel.times import now, today
from facialis.clinic.operations.demonstration.visiting import METHOD, work
from facialis.clinic.plans.actions.drafting import Grounds, start_plan
from facialis.clinic.plans.actions.editing import EditOf, accept_all, give_reason
from facialis.clinic.plans.actions.signing import TICKS, TimeOut, sign_plan
from facialis.clinic.plans.documents import read_back
from facialis.clinic.plans.judging import Judged, reason_key
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.plans.surroundings import surroundings_of
from facialis.clinic.treatments.actions.giving import choose_vial, give_all_open, start_treatment
from facialis.clinic.treatments.actions.signing import sign_treatment
from facialis.clinic.treatments.actions.vials import enter_vial
from facialis.clinic.treatments.models import Treatment
from facialis.clinic.visits.models import Visit
from facialis.errors import FacialisError
from facialis.planning.case.prerequisites import Prerequisite
from facialis.toxins import ToxinProduct

PRODUCT = ToxinProduct.ONABOTULINUMTOXIN_A
REASON = "Examined today; nothing speaks against the plan. (A reason of the demonstration.)"
SYRINGE = "one_ml"


class NoPlanError(FacialisError):
    """The planner proposed nothing that could be signed."""

    code = "demonstration_without_plan"


def plan(visit: Visit, by: User) -> Plan:
    """Have a plan proposed, take it over, write the reasons, read it back and sign it."""
    answers = {point.value: "yes" for point in Prerequisite if point is not Prerequisite.OFF_LABEL_CONSENT}
    made = start_plan(by=by, visit_id=visit.pk, grounds=Grounds(PRODUCT.value, answers, confirms_ranges=True))
    work()
    made.refresh_from_db()
    if made.proposal_status != ProposalStatus.READY:
        raise NoPlanError(f"The plan of the demonstration is {made.proposal_status}. {made.proposal_error}")
    made = accept_all(EditOf(by, made.pk, made.version))
    made.refresh_from_db()
    for finding in Judged(made).warnings:
        made = give_reason(EditOf(by, made.pk, made.version), finding=reason_key(finding), reason=REASON)
    made.refresh_from_db()
    with override("en"):
        shown = sha256_of(read_back(made, surroundings_of(made)))
    return sign_plan(by=by, plan_id=made.pk, time_out=TimeOut(made.version, shown, TICKS), method=METHOD)


def treat(signed: Plan, by: User) -> Treatment:
    """Prepare a vial, give every point as planned, and sign."""
    vial = enter_vial(
        by=by, product=PRODUCT.value, units=Decimal(100), lot="INVENTED-1",
        expiry=today() + timedelta(days=400), saline_ml=Decimal("2.5"),
        reconstituted_at=now() - timedelta(minutes=20),
    )  # fmt: skip
    treatment = start_treatment(by=by, plan_id=signed.pk)
    treatment = choose_vial(by=by, pk=treatment.pk, version=None, vial_id=vial.pk, syringe=SYRINGE)
    give_all_open(by=by, pk=treatment.pk, version=None)
    return sign_treatment(by=by, pk=treatment.pk, version=None, method=METHOD, given_at=now())
