"""A photograph of one expression."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from facialis.clinic.kernel.states import LONGEST_CODE
from facialis.clinic.kernel.tenancy import OfClinicQuerySet


class MirroredChoice(models.TextChoices):
    """Whether a picture shows the patient as a mirror does; unknown blocks measuring."""

    NO = "no", _("not mirrored")
    YES = "yes", _("mirrored")
    UNKNOWN = "unknown", _("not known")


class PhotoStatus(models.TextChoices):
    """Where a photograph is on its way."""

    QUESTIONED = "questioned", _("a question is open")
    """Another person, another name: a human answers before it is measured."""
    WAITING = "waiting", _("waiting to be measured")
    MEASURED = "measured", _("measured")
    REFUSED = "refused", _("not measurable")
    REPLACED = "replaced", _("replaced")
    ENTERED_IN_ERROR = "entered_in_error", _("entered in error")


class Photograph(models.Model):
    """One picture of one visit; another of the same expression replaces it, and both are kept."""

    clinic_path = "visit__patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    visit = models.ForeignKey("visits.Visit", models.PROTECT, related_name="photographs")
    expression = models.CharField(max_length=LONGEST_CODE)
    """Of the nine and `nasal_base`; a value of anatomy's `Expression`."""
    status = models.CharField(max_length=20, choices=PhotoStatus.choices, default=PhotoStatus.WAITING)
    mirrored = models.CharField(max_length=10, choices=MirroredChoice.choices, default=MirroredChoice.UNKNOWN)
    is_from_camera = models.BooleanField(default=False)

    file_name = models.CharField(max_length=80, unique=True)
    """Random, in the store; the re-encoded picture."""
    thumbnail_name = models.CharField(max_length=80, unique=True)
    original_name = models.CharField(max_length=80, blank=True)
    """Random; the encrypted original, where it is kept."""
    sha256 = models.CharField(max_length=64)
    """Of the re-encoded picture."""
    original_sha256 = models.CharField(max_length=64)
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    upload_key = models.UUIDField()
    """Of the sender: the same upload sent twice is one photograph."""
    taken_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    findings = models.JSONField(default=list)
    """Of the capture gate: code, severity, sentence."""
    refusal = models.JSONField(null=True, blank=True)
    """Code and sentence, where it cannot be measured."""
    question = models.JSONField(null=True, blank=True)
    """What has to be answered before it counts: code, sentence, and who answered what and when."""
    identity = models.JSONField(null=True, blank=True)
    """Ratios of distances of the face at rest, to notice another person."""

    objects = OfClinicQuerySet.as_manager()

    class Meta:
        ordering = ("added_at",)
        constraints = [
            models.UniqueConstraint(fields=("visit", "upload_key"), name="photograph_uploaded_once"),
            models.UniqueConstraint(
                fields=("visit", "expression"),
                condition=~Q(status__in=["replaced", "entered_in_error"]),
                name="photograph_one_an_expression",
            ),
        ]
        indexes = [models.Index(fields=("visit", "expression"), name="photograph_by_visit")]

    def __str__(self) -> str:
        return f"{self.expression} of {self.visit_id}"
