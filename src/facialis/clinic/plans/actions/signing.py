"""A clinician's signature under a plan."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import sha256_of, sign
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import ClinicError, FieldsError, NotNowError, StaleVersionError
from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.plans.actions.common import WHAT, audit, locked_plan
from facialis.clinic.plans.checks import Problem, problems_of
from facialis.clinic.plans.choices import digest
from facialis.clinic.plans.documents import document_of, read_back
from facialis.clinic.plans.judging import judge
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.surroundings import surroundings_of
from facialis.clinic.plans.tasks import keep_judged

MEANING = "I stand for this plan"
TICKS = ("identity", "side", "product", "consent")
"""Each is read aloud and ticked."""


class CannotSignError(ClinicError):
    """The plan may not be signed as it stands."""

    code = "plan_cannot_be_signed"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class TimeOut:
    """What the signing person saw and ticked."""

    version: int
    shown_sha256: str
    """Of the read-back as the page showed it."""
    ticks: Collection[str]


def sign_plan(*, by: User, plan_id: UUID, time_out: TimeOut, method: str) -> Plan:
    """Sign a plan and make it active; sent twice, there is one signature.

    Parameters
    ----------
    method : str    How the person proved to be the person, of `accounts.reauthentication`.

    Raises
    ------
    CannotSignError, FieldsError, StaleVersionError, NotNowError
    """
    require(by, Act.SIGN_PLAN)
    missing = [tick for tick in TICKS if tick not in time_out.ticks]
    plan = Plan.objects.for_user(by).get(pk=plan_id)
    if _is_signed_by(plan, by):
        return plan
    if missing:
        raise FieldsError(dict.fromkeys(missing, _("Read it aloud and tick it.")))
    # The planner's last word, before the transaction: it may take a moment.
    judged = judge(plan)
    # Kept also if nothing is signed: the next read-back shows what it said.
    keep_judged(plan, judged)
    with transaction.atomic():
        plan = locked_plan(by, plan_id, None)
        if _is_signed_by(plan, by):
            return plan
        if plan.version != time_out.version:
            raise StaleVersionError(
                _("The plan changed since this read-back was shown. Nothing was signed: read it back again.")
            )
        if digest(plan.choices) == judged["digest"]:
            plan.judged = judged
        found = surroundings_of(plan)
        problems = problems_of(plan, found)
        if problems:
            raise CannotSignError(problems)
        with override("en"):  # the document is the same whatever language the page has
            shown = read_back(plan, found)
        if sha256_of(shown) != time_out.shown_sha256:
            raise StaleVersionError(
                _("The record changed since this was shown. Nothing was signed: read it back again.")
            )
        if plan.amends is not None:
            _put_away(plan, by)
        signature = sign(
            WHAT,
            by=by,
            record_id=plan.pk,
            patient_id=plan.visit.patient_id,
            meaning=MEANING,
            method=method,
            document=document_of(plan, shown),
        )
        plan.status, plan.signature, plan.changed_by = PlanStatus.ACTIVE, signature, by
        plan.raise_version()
        plan.save()
    return plan


def _is_signed_by(plan: Plan, by: User) -> bool:
    return (
        plan.signature is not None and plan.signature.signer_id == by.pk and plan.status == PlanStatus.ACTIVE
    )


def _put_away(plan: Plan, by: User) -> None:
    """The signed plan that this one replaces is revoked in the same breath."""
    old = Plan.locked(plan.amends_id, None)
    if old.status != PlanStatus.ACTIVE:
        raise NotNowError(
            _("The plan that this one amends is %(status)s by now. Nothing was signed.")
            % {"status": old.get_status_display()}
        )
    old.status, old.changed_by = PlanStatus.REVOKED, by
    old.status_reason = plan.status_reason
    old.raise_version()
    old.save()
    audit(Verb.REVOKE, by, old, {"replaced_by": str(plan.pk)})
