"""Answers to instruments, and what the clinician saw or felt."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from facialis.clinic.kernel.states import LONGEST_CODE, NoteStatus, SideChoice
from facialis.clinic.kernel.tenancy import OfClinicQuerySet
from facialis.clinic.kernel.versioned import Versioned


class Grading(Versioned):
    """One instrument at one visit; amended, it has a successor that says why."""

    clinic_path = "visit__patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    visit = models.ForeignKey("visits.Visit", models.PROTECT, related_name="gradings")
    instrument = models.CharField(max_length=LONGEST_CODE)
    status = models.CharField(max_length=20, choices=NoteStatus.choices, default=NoteStatus.PRELIMINARY)
    answers = models.JSONField(default=dict)
    """Instrument, version and answers as `facialis grade` reads them, and the scoring options."""
    result = models.JSONField(default=dict)
    """Scores as the grading room computed them."""
    suggested = models.JSONField(default=dict)
    """What the measurement suggested then, and the items for which the person took it over."""
    amends = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="amended_by")
    reason = models.CharField(max_length=400, blank=True)
    """Of an amendment, or of an error."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    finalised_at = models.DateTimeField(null=True, blank=True)
    signature = models.ForeignKey("audit.Signature", models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("instrument",)
        constraints = [
            # An amendment is written while the final one still stands.
            models.UniqueConstraint(
                fields=("visit", "instrument"),
                condition=Q(status="preliminary"),
                name="grading_one_preliminary",
            ),
            models.UniqueConstraint(
                fields=("visit", "instrument"), condition=Q(status="final"), name="grading_one_final"
            ),
            models.CheckConstraint(
                condition=Q(status="preliminary") | Q(status="entered_in_error") | Q(signature__isnull=False),
                name="grading_final_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} ({self.status})"


class ClinicianFinding(models.Model):
    """Something seen or felt that no photograph measures; values of planning's `ClinicianFinding`."""

    clinic_path = "visit__patient__clinic"

    visit = models.ForeignKey("visits.Visit", models.PROTECT, related_name="clinician_findings")
    code = models.CharField(max_length=60)
    side = models.CharField(max_length=5, choices=SideChoice.choices)
    expression = models.CharField(max_length=LONGEST_CODE, blank=True)
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("visit", "code", "side", "expression"), name="finding_once_a_side"
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True, score__range=(0, 100))
                | Q(score__isnull=True, grade__range=(0, 3)),
                name="finding_has_grade_or_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.side}"
