"""The one way to a plan."""

from uuid import UUID

from django.http import Http404

from facialis.clinic.accounts.pages import Request
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.plans.models import Plan


def open_plan(request: Request, pk: UUID, what: str) -> Plan:
    """The plan of the own clinic with its visit, patient and signature, else 404; the read is audited."""
    plan = plan_row(request, pk)
    record(Verb.READ, what, by=request.user, record_id=plan.pk, patient_id=plan.visit.patient_id)
    return plan


def plan_row(request: Request, pk: UUID) -> Plan:
    """The same without an entry of a read: for the answer to an edit, which is audited itself."""
    rows = Plan.objects.for_user(request.user).select_related(
        "visit__patient__palsy",
        "visit__patient__wishes",
        "visit__patient__clinic",
        "ranges_confirmed_by",
        "signature",
        "amends",
        "copied_from",
    )
    plan = rows.filter(pk=pk).first()
    if plan is None:
        raise Http404
    return plan
