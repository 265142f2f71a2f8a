"""What all actions of plans share: the row of the own clinic, locked; the log of edits; the audit."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import NotNowError
from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.plans.models import Plan, PlanEdit

WHAT = "plans.plan"


def locked_plan(by: User, plan_id: UUID, version: int | None) -> Plan:
    """A plan of the own clinic, locked until the transaction ends; raises `StaleVersionError`."""
    if not Plan.objects.for_user(by).filter(pk=plan_id).exists():
        raise Http404
    return Plan.locked(plan_id, version)


def require_draft(plan: Plan) -> None:
    """Refuse to change what is signed or put away; raises `NotNowError`."""
    if plan.status != PlanStatus.DRAFT:
        raise NotNowError(
            _("This plan is %(status)s and is not changed any more. Amend it: that makes a new draft.")
            % {"status": plan.get_status_display()}
        )


def save_changed(plan: Plan, by: User, *fields: str) -> None:
    """Save with a raised version and who changed it; ``fields`` alone, or everything where none is named."""
    plan.raise_version()
    plan.changed_by = by
    plan.save(update_fields=[*fields, "version", "changed_by", "changed_at"] if fields else None)


def log_edit(
    plan: Plan,
    by: User,
    kind: str,
    *,
    before: Any = None,
    after: Any = None,
    suggested: Any = None,
    key: UUID | None = None,
) -> PlanEdit:
    """Append to the plan's log; call it after `save_changed`."""
    last: int | None = plan.edits.aggregate(last=Max("number"))["last"]
    return PlanEdit.objects.create(
        plan=plan,
        number=(last or 0) + 1,
        kind=kind,
        before=before,
        after=after,
        suggested=suggested,
        by=by,
        key=key,
        plan_version=plan.version,
    )


def audit(verb: Verb, by: User, plan: Plan, details: Mapping[str, Any] | None = None) -> None:
    """The audit entry of an act; the last thing in its transaction."""
    record(verb, WHAT, by=by, record_id=plan.pk, patient_id=plan.visit.patient_id, details=details)
