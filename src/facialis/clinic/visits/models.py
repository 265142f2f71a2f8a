"""A visit, what is examined besides grading, its signed notes, and consent."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from simple_history.models import HistoricalRecords

from facialis.clinic.kernel.states import AnswerChoice
from facialis.clinic.kernel.tenancy import OfClinicQuerySet
from facialis.clinic.kernel.versioned import Versioned


class VisitStatus(models.TextChoices):
    """From appointment to closed note."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")
    ENTERED_IN_ERROR = "entered_in_error", _("entered in error")


class VisitPurpose(models.TextChoices):
    """Why the patient comes."""

    FIRST = "first", _("first visit")
    REVIEW = "review", _("review")
    TREATMENT = "treatment", _("treatment")
    OTHER = "other", _("other")


class ClosureChoice(models.TextChoices):
    """Whether the lids of the affected side meet; values of planning's `EyeClosure`."""

    COMPLETE = "complete", _("complete")
    INCOMPLETE = "incomplete", _("incomplete")
    UNKNOWN = "unknown", _("not examined")


def _answer(label: StrOrPromise) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.UNKNOWN)


class Visit(Versioned):
    """One day on which a patient is seen; one a day, because photographs are of one day."""

    clinic_path = "patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="visits")
    day = models.DateField(_("day"))
    planned_time = models.TimeField(_("time"), null=True, blank=True)
    purpose = models.CharField(
        _("purpose"), max_length=20, choices=VisitPurpose.choices, default=VisitPurpose.FIRST
    )
    status = models.CharField(max_length=20, choices=VisitStatus.choices, default=VisitStatus.PLANNED)

    eye_closure = models.CharField(
        _("gentle closure of the affected eye"),
        max_length=12,
        choices=ClosureChoice.choices,
        default=ClosureChoice.UNKNOWN,
    )
    bell_phenomenon = _answer(_("eye turns up on closure"))
    corneal_sensation = _answer(_("corneal sensation"))
    dry_eye = _answer(_("dry eye"))
    corneal_problem = _answer(_("exposure, pain, redness or injury of the cornea"))
    holds_liquids = _answer(_("mouth holds liquids"))

    note = models.TextField(_("note"), blank=True)
    """As it is being written; what was signed are the visit's `notes`."""
    status_reason = models.CharField(max_length=400, blank=True)
    """Of a cancellation or an error."""
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-day",)
        constraints = [
            models.UniqueConstraint(
                fields=("patient", "day"),
                condition=~Q(status__in=["cancelled", "entered_in_error"]),
                name="visit_one_a_day",
            ),
            models.CheckConstraint(condition=Q(status__in=VisitStatus.values), name="visit_status_known"),
        ]
        indexes = [models.Index(fields=("day", "status"), name="visit_by_day")]

    def __str__(self) -> str:
        return f"visit of {self.day}"

    @property
    def is_editable(self) -> bool:
        """Whether anything may still be added to it."""
        return self.status == VisitStatus.OPEN


class VisitNote(models.Model):
    """One signed version of a visit's note; a correction is the next, with its reason. Never changed."""

    clinic_path = "visit__patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    """Version, from 1, the first signed one."""
    text = models.TextField()
    reason = models.CharField(max_length=400, blank=True)
    """Why it was amended; empty for the first."""
    signature = models.OneToOneField("audit.Signature", models.PROTECT, related_name="note")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfClinicQuerySet.as_manager()

    class Meta:
        ordering = ("visit", "-number")
        constraints = [
            models.UniqueConstraint(fields=("visit", "number"), name="visit_note_version_once"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | Q(number__gt=1, reason__gt=""),
                name="visit_note_amended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.number} of {self.visit_id}"


class ConsentKind(models.TextChoices):
    """What is consented to, each apart."""

    TREATMENT = "treatment", _("off-label treatment with botulinum toxin")
    PHOTOGRAPHS = "photographs", _("photographs for care")
    RESEARCH = "research", _("de-identified use for research")


class ConsentText(models.Model):
    """A text that patients read; a changed text is a new version. The database refuses to change it."""

    clinic_path = "clinic"

    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="consent_texts")
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    number = models.PositiveIntegerField()
    """Version, from 1."""
    language = models.CharField(max_length=8, default="en")
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfClinicQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "language", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=("clinic", "kind", "language", "number"), name="consent_text_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.number}"


class ConsentDecision(models.TextChoices):
    """What the patient said."""

    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class SignedBy(models.TextChoices):
    """Whose signature stands under a decision."""

    PATIENT = "patient", _("the patient")
    REPRESENTATIVE = "representative", _("a representative of the patient")


class Consent(models.Model):
    """One decision about one version of a text; a later one counts instead. Never changed."""

    clinic_path = "patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="consents")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    text_sha256 = models.CharField(max_length=64)
    decision = models.CharField(max_length=10, choices=ConsentDecision.choices)
    signed_name = models.CharField(_("name as signed"), max_length=160, blank=True)
    signed_by = models.CharField(
        _("signed by"), max_length=20, choices=SignedBy.choices, default=SignedBy.PATIENT
    )
    representation = models.CharField(max_length=200, blank=True, default="")
    """Who a representative is and why the patient does not sign; empty where the patient signed."""
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfClinicQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.text_id}: {self.decision}"
