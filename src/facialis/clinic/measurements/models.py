"""Points of a photograph, version by version, and the measurement of a visit."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from facialis.clinic.kernel.tenancy import OfClinicQuerySet


class PointsOrigin(models.TextChoices):
    """Who placed points."""

    DETECTOR = "detector", _("detector")
    PERSON = "person", _("person")


class PointSet(models.Model):
    """All points of one photograph; a change is a new version. Never changed."""

    clinic_path = "photograph__visit__patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    photograph = models.ForeignKey("photographs.Photograph", models.PROTECT, related_name="point_sets")
    number = models.PositiveIntegerField()
    """From 0, what the detector found."""
    origin = models.CharField(max_length=10, choices=PointsOrigin.choices)
    backend = models.JSONField(default=dict)
    """Name, version, schema and model's SHA-256 of the detector behind number 0."""
    points = models.JSONField()
    """Name of a point or line, side by side, to pixels of the stored picture, turned round where that is
    mirrored: the patient's LEFT always has the larger x."""
    moved = models.JSONField(default=list)
    """Names of the points that a person placed, in all versions so far."""
    reading = models.JSONField(default=dict)
    """What follows from them: measures, scale, pose, findings."""
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfClinicQuerySet.as_manager()

    class Meta:
        ordering = ("photograph", "number")
        constraints = [
            models.UniqueConstraint(fields=("photograph", "number"), name="points_version_once"),
            models.CheckConstraint(
                condition=Q(origin="detector", number=0) | Q(origin="person", number__gt=0, by__isnull=False),
                name="points_of_a_person_have_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"points {self.number} of {self.photograph_id}"


class Measurement(models.Model):
    """All photographs of a visit, measured together; the newest number counts. Never changed."""

    clinic_path = "visit__patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    visit = models.ForeignKey("visits.Visit", models.PROTECT, related_name="measurements")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    """As `facialis measure --format json` writes it."""
    document_sha256 = models.CharField(max_length=64)
    point_sets = models.JSONField()
    """Keys of the point sets that it was made from."""
    at = models.DateTimeField(auto_now_add=True)

    # What trends and lists show, so that they read no documents.
    symmetry_index = models.FloatField(null=True)
    symmetry_index_sd = models.FloatField(null=True)
    summary = models.JSONField(default=dict)
    """Name to value and sd: synkinesis sub-scores in mm, closure gap, commissure asymmetry and the like."""

    objects = OfClinicQuerySet.as_manager()

    class Meta:
        ordering = ("visit", "-number")
        constraints = [models.UniqueConstraint(fields=("visit", "number"), name="measurement_version_once")]

    def __str__(self) -> str:
        return f"measurement {self.number} of {self.visit_id}"
