"""A vial, a treatment, and each of its points."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from facialis.clinic.kernel.states import LONGEST_CODE, NoteStatus, SideChoice
from facialis.clinic.kernel.tenancy import OfClinicQuerySet
from facialis.clinic.kernel.versioned import Versioned


class Vial(Versioned):
    """One reconstituted vial; several patients of a session may be treated from it, so it is entered once."""

    clinic_path = "clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="vials")
    product = models.CharField(_("product"), max_length=LONGEST_CODE)
    units = models.DecimalField(_("units in the vial"), max_digits=7, decimal_places=2)
    lot = models.CharField(_("lot"), max_length=40)
    expiry = models.DateField(_("expiry"))
    saline_ml = models.DecimalField(_("saline added"), max_digits=5, decimal_places=2)
    reconstituted_at = models.DateTimeField(_("reconstituted at"), null=True, blank=True)
    """None for a ready solution."""
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    is_discarded = models.BooleanField(default=False)

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-entered_at",)
        constraints = [
            models.CheckConstraint(condition=Q(units__gt=0, saline_ml__gte=0), name="vial_amounts_positive")
        ]

    def __str__(self) -> str:
        return f"{self.product}, lot {self.lot}"


class Treatment(Versioned):
    """What was injected under one signed plan."""

    clinic_path = "plan__visit__patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="treatments")
    vial = models.ForeignKey(Vial, models.PROTECT, null=True, blank=True, related_name="treatments")
    syringe = models.CharField(max_length=LONGEST_CODE, blank=True)
    status = models.CharField(max_length=20, choices=NoteStatus.choices, default=NoteStatus.PRELIMINARY)
    given_at = models.DateTimeField(null=True, blank=True)
    hours_since_reconstitution = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    note = models.TextField(blank=True)
    amends = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="amended_by")
    status_reason = models.CharField(max_length=400, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    signature = models.OneToOneField(
        "audit.Signature", models.PROTECT, null=True, blank=True, related_name="treatment"
    )

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-started_at",)
        constraints = [
            # An amendment is written while the signed record still stands.
            models.UniqueConstraint(
                fields=("plan",), condition=Q(status="preliminary"), name="treatment_one_preliminary"
            ),
            models.UniqueConstraint(
                fields=("plan",), condition=Q(status="final"), name="treatment_one_final"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["preliminary", "entered_in_error"]) | Q(signature__isnull=False),
                name="treatment_final_only_with_signature",
            ),
        ]

    def __str__(self) -> str:
        return f"treatment under {self.plan_id} ({self.status})"


class PointStatus(models.TextChoices):
    """What happened at a point."""

    OPEN = "open", _("open")
    GIVEN = "given", _("given")
    CHANGED = "changed", _("given otherwise")
    SKIPPED = "skipped", _("not given")
    ADDED = "added", _("added")


class TreatmentPoint(models.Model):
    """One needle."""

    clinic_path = "treatment__plan__visit__patient__clinic"

    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="points")
    order = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=60)
    """A value of anatomy's `InjectionTarget`."""
    side = models.CharField(max_length=5, choices=SideChoice.choices, blank=True)
    """Empty: on the midline."""
    point = models.PositiveSmallIntegerField()
    planned_units = models.DecimalField(max_digits=6, decimal_places=2)
    status = models.CharField(max_length=10, choices=PointStatus.choices, default=PointStatus.OPEN)
    given_units = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    """Of every deviation from the plan."""
    is_signed = models.BooleanField(default=False)
    """From then on the database refuses changes."""

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("treatment", "order")
        constraints = [
            models.UniqueConstraint(
                fields=("treatment", "target", "side", "point"), name="treatment_point_once"
            ),
            models.CheckConstraint(
                condition=Q(status="open", given_units__isnull=True)
                | Q(status="skipped", given_units__isnull=True, reason__gt="")
                | Q(status="given", given_units=models.F("planned_units"))
                | Q(status__in=["changed", "added"], given_units__gt=0, reason__gt=""),
                name="treatment_point_says_what_happened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.side} {self.point}"
