"""A plan for one session, and every edit of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from facialis.clinic.kernel.states import LONGEST_CODE, PlanStatus
from facialis.clinic.kernel.tenancy import OfClinicQuerySet
from facialis.clinic.kernel.versioned import Versioned


class ProposalStatus(models.TextChoices):
    """Where the software's proposal is."""

    WAITING = "waiting"
    READY = "ready"
    STOPPED = "stopped"
    """A rule stops it; its findings say which."""
    FAILED = "failed"
    """It could not be made; `proposal_error` says why."""


class Plan(Versioned):
    """Doses for one session, as the clinician has them now; what the software proposed stands beside it."""

    clinic_path = "visit__patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    visit = models.ForeignKey("visits.Visit", models.PROTECT, related_name="plans")
    status = models.CharField(max_length=20, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    product = models.CharField(max_length=LONGEST_CODE)
    day = models.DateField()
    """Of the session; a plan is signed on this day."""
    prerequisites = models.JSONField(default=dict)
    """Checklist: point to answer."""
    ranges_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who stands for published ranges that are known from memory."""
    override = models.JSONField(null=True, blank=True)
    """Rules that were overridden: codes, by, reason."""

    proposal_status = models.CharField(
        max_length=10, choices=ProposalStatus.choices, default=ProposalStatus.WAITING
    )
    proposal_error = models.CharField(max_length=400, blank=True)
    planner_key = models.CharField(max_length=64, blank=True)
    """Of what the planner holds for it."""
    inputs = models.JSONField(default=dict)
    """Case document and measurements that the proposal was made from."""
    proposal = models.JSONField(default=dict)
    """What the planner answered: plan document, explanation, alternatives."""

    choices = models.JSONField(default=list)
    """The clinician's doses: target, side or null, point, amount as text; empty until one is accepted."""
    judged = models.JSONField(default=dict)
    """What the planner says of `choices`, and of which: digest, key, is_checked, why, judgement."""
    reasons = models.JSONField(default=dict)
    """A warning, by its code and its places, to the reason for passing it."""

    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    amends = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="amended_by")
    status_reason = models.CharField(max_length=400, blank=True)
    """Of an amendment, a revocation or an error."""
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    signature = models.OneToOneField(
        "audit.Signature", models.PROTECT, null=True, blank=True, related_name="plan"
    )

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["inputs", "proposal", "judged"])

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            # An amendment is drafted while the signed plan still stands.
            models.UniqueConstraint(fields=("visit",), condition=Q(status="draft"), name="plan_one_draft"),
            models.UniqueConstraint(fields=("visit",), condition=Q(status="active"), name="plan_one_active"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "entered_in_error", "revoked"], signature__isnull=True)
                | Q(signature__isnull=False) & ~Q(status="draft"),
                name="plan_active_only_with_signature",
            ),
        ]

    def __str__(self) -> str:
        return f"plan of {self.day} ({self.status})"


class PlanEdit(models.Model):
    """One accepted, changed, added or removed dose, beside what was suggested. Never changed."""

    clinic_path = "plan__visit__patient__clinic"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="edits")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    """'accept', 'change', 'add', 'remove', 'accept_all', 'copy_last', 'start_empty', 'take_alternative',
    'reason', 'undo', or 'propose' where the proposal was made again."""
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    suggested = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    key = models.UUIDField(null=True)
    """Of the sender: the same edit sent twice is made once."""
    plan_version = models.PositiveIntegerField(default=0)
    """Version of the plan that it made; 0 of edits that were made before this was kept."""

    objects = OfClinicQuerySet.as_manager()

    class Meta:
        ordering = ("plan", "number")
        constraints = [
            models.UniqueConstraint(fields=("plan", "number"), name="plan_edit_numbered"),
            models.UniqueConstraint(fields=("plan", "key"), name="plan_edit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"
