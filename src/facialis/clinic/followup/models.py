"""Reviews and repeats that are due, and adverse events."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from facialis.clinic.kernel.states import LONGEST_CODE, NoteStatus
from facialis.clinic.kernel.tenancy import OfClinicQuerySet
from facialis.clinic.kernel.versioned import Versioned


class DueKind(models.TextChoices):
    """What a patient is called back for."""

    REVIEW = "review", _("review")
    REPEAT = "repeat", _("next treatment")


class DueStatus(models.TextChoices):
    """Whether it is still to be done."""

    OPEN = "open", _("due")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class Due(Versioned):
    """A window of days in which a patient is expected."""

    clinic_path = "patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="dues")
    treatment = models.ForeignKey(
        "treatments.Treatment", models.PROTECT, null=True, blank=True, related_name="dues"
    )
    kind = models.CharField(max_length=10, choices=DueKind.choices)
    earliest = models.DateField()
    """Never before this day."""
    target = models.DateField()
    latest = models.DateField()
    """Overdue after it."""
    status = models.CharField(max_length=10, choices=DueStatus.choices, default=DueStatus.OPEN)
    reason = models.CharField(max_length=400, blank=True)
    visit = models.ForeignKey("visits.Visit", models.PROTECT, null=True, blank=True, related_name="fulfils")

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("target",)
        constraints = [
            models.CheckConstraint(
                condition=Q(earliest__lte=models.F("target"), target__lte=models.F("latest")),
                name="due_window_in_order",
            ),
            models.UniqueConstraint(
                fields=("treatment", "kind"), condition=Q(status="open"), name="due_once_a_treatment"
            ),
        ]
        indexes = [
            # In the order of the list of recalls, so that a page of it reads no more than it shows.
            models.Index(
                fields=("latest", "target", "id"), condition=Q(status="open"), name="due_open_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} about {self.target}"


class Seriousness(models.TextChoices):
    """Whether an event is serious, as regulators mean the word."""

    NOT_SERIOUS = "not_serious", _("not serious")
    SERIOUS = "serious", _("serious")


class AdverseEvent(Versioned):
    """Something unwanted after a treatment."""

    clinic_path = "patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="adverse_events")
    treatment = models.ForeignKey(
        "treatments.Treatment", models.PROTECT, null=True, blank=True, related_name="adverse_events"
    )
    kind = models.CharField(max_length=60)
    """Code of toxins' adverse events, or 'other'."""
    other = models.CharField(max_length=200, blank=True)
    side = models.CharField(max_length=5, blank=True)
    onset = models.DateField(_("onset"))
    resolved = models.DateField(_("resolved on"), null=True, blank=True)
    seriousness = models.CharField(max_length=12, choices=Seriousness.choices)
    criteria = models.JSONField(default=list)
    """Why it is serious."""
    severity = models.CharField(max_length=LONGEST_CODE, blank=True)
    action_taken = models.CharField(max_length=400, blank=True)
    narrative = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=NoteStatus.choices, default=NoteStatus.FINAL)
    status_reason = models.CharField(max_length=400, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-onset",)
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved__isnull=True) | Q(resolved__gte=models.F("onset")),
                name="adverse_event_ends_after_onset",
            ),
            models.CheckConstraint(
                condition=~Q(kind="other") | Q(other__gt=""), name="adverse_event_other_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.onset}"


class IssuedSheet(models.Model):
    """An information sheet that a patient was given. Never changed."""

    clinic_path = "treatment__plan__visit__patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    treatment = models.ForeignKey("treatments.Treatment", models.PROTECT, related_name="sheets")
    language = models.CharField(max_length=8)
    document = models.JSONField()
    document_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfClinicQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"sheet of {self.treatment_id}"
