"""What pages read of plans."""

from django.db.models import QuerySet

from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.plans.models import Plan, PlanEdit
from facialis.clinic.visits.models import Visit

SIGNED = (PlanStatus.ACTIVE, PlanStatus.COMPLETED)


def active_plan(visit: Visit) -> Plan | None:
    """The signed plan under which a treatment may be given; None where there is none."""
    return Plan.objects.filter(visit=visit, status=PlanStatus.ACTIVE).select_related("signature").first()


def draft_plan(visit: Visit) -> Plan | None:
    """The draft, where one is being made."""
    return Plan.objects.filter(visit=visit, status=PlanStatus.DRAFT).first()


def signed_plan(visit: Visit) -> Plan | None:
    """The plan that is signed, whether or not it is carried out."""
    return Plan.objects.filter(visit=visit, status__in=SIGNED).order_by("-created_at").first()


def earlier_plans(visit: Visit, plan: Plan | None) -> QuerySet[Plan]:
    """Every other plan of a visit: revoked, entered in error, or the one that is amended."""
    rows = Plan.objects.filter(visit=visit).select_related("signature").defer("proposal", "inputs", "judged")
    return rows if plan is None else rows.exclude(pk=plan.pk)


def edits_after(plan: Plan, version: int) -> QuerySet[PlanEdit]:
    """What was done to a plan since a version of it was shown."""
    return plan.edits.filter(plan_version__gt=version).select_related("by")
