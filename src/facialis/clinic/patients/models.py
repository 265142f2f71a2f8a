"""A patient, the palsy, what speaks against toxin, earlier treatments elsewhere, and wishes."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from facialis.clinic.kernel.states import LONGEST_CODE, AnswerChoice, SideChoice
from facialis.clinic.kernel.tenancy import OfClinicQuerySet
from facialis.clinic.kernel.versioned import Versioned
from facialis.clinic.patients.words import AREAS


class SexChoice(models.TextChoices):
    """The values are those of planning's `Sex`; empty: not recorded."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")


class ListStateChoice(models.TextChoices):
    """What an empty list means; the values are those of planning's `ListState`."""

    KNOWN = "known", _("Known")
    NONE = "none", _("None")
    NOT_ASKED = "not_asked", _("Not asked")


def not_asked() -> dict[str, object]:
    """The JSON of a `CodedList` that nobody asked for."""
    return {"state": "not_asked", "codes": [], "others": []}


class Patient(Versioned):
    """One person."""

    clinic_path = "clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="patients")
    record_number = models.CharField(_("record number"), max_length=40)
    pseudonym = models.CharField(max_length=20, unique=True, editable=False)
    """Random; the only name that a researcher, the model and a plan document know."""
    family_name = models.CharField(_("family name"), max_length=80)
    given_names = models.CharField(_("given names"), max_length=80)
    title = models.CharField(_("title"), max_length=40, blank=True)
    birth_date = models.DateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=10, choices=SexChoice.choices, blank=True)
    deceased_on = models.DateField(_("deceased on"), null=True, blank=True)
    search_text = models.TextField(editable=False)
    """Folded names, number and birth date; see `search.search_text_of`."""

    pregnancy = models.CharField(
        _("pregnant"), max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.UNKNOWN
    )
    lactation = models.CharField(
        _("breastfeeding"), max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.UNKNOWN
    )
    conditions = models.JSONField(default=not_asked)
    """As a `CodedList` of planning: state, codes, others."""
    medication = models.JSONField(default=not_asked)
    allergies = models.JSONField(default=not_asked)
    earlier_toxin = models.CharField(
        _("earlier botulinum toxin elsewhere"),
        max_length=10,
        choices=ListStateChoice.choices,
        default=ListStateChoice.NOT_ASKED,
    )
    """Of treatments before or outside this clinic; those are `EarlierTreatment`."""

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("family_name", "given_names", "birth_date")
        constraints = [
            models.UniqueConstraint(fields=("clinic", "record_number"), name="patient_record_number_once"),
            models.CheckConstraint(condition=Q(sex__in=[*SexChoice.values, ""]), name="patient_sex_known"),
            models.CheckConstraint(
                condition=Q(deceased_on__isnull=True) | Q(deceased_on__gte=models.F("birth_date")),
                name="patient_born_before_death",
            ),
        ]
        indexes = [
            models.Index(fields=("clinic", "family_name", "given_names"), name="patient_by_name"),
            # Holds all that a search asks for: its words, its order and the key of the next page.
            models.Index(fields=("clinic", "search_text", "id"), name="patient_search"),
            models.Index(fields=("clinic", "birth_date"), name="patient_by_birth"),
        ]

    def __str__(self) -> str:
        return self.pseudonym  # logs and error pages know no name


class Palsy(Versioned):
    """The palsy that is treated; the fields are those of planning's `Palsy`."""

    clinic_path = "patient__clinic"

    patient = models.OneToOneField(Patient, models.CASCADE, primary_key=True, related_name="palsy")
    affected_side = models.CharField(_("affected side"), max_length=5, choices=SideChoice.choices, blank=True)
    """The patient's; empty only when both sides are affected."""
    bilateral = models.CharField(max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.NO)
    onset = models.DateField(_("onset"))
    cause = models.CharField(_("cause"), max_length=LONGEST_CODE, default="unknown")
    onset_hours = models.PositiveIntegerField(null=True, blank=True)
    forehead_spared = models.CharField(
        max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.UNKNOWN
    )
    recurrent_same_side = models.CharField(
        max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.UNKNOWN
    )
    red_flags = models.JSONField(default=dict)
    """Flag to answer; what is missing was not asked."""
    clearance = models.JSONField(null=True, blank=True)
    """Flags, by whom and when: who looked into red flags."""
    stability = models.CharField(max_length=10, default="unknown")
    stable_months = models.PositiveIntegerField(null=True, blank=True)
    specialist_seen = models.CharField(
        max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.UNKNOWN
    )
    corticosteroid_days = models.PositiveIntegerField(null=True, blank=True)
    retraining_start = models.DateField(null=True, blank=True)
    reanimations = models.JSONField(default=list)
    """Each a kind in words and a day or null."""

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(affected_side__in=SideChoice.values, bilateral__in=["no", "unknown"])
                | Q(affected_side="", bilateral="yes"),
                name="palsy_has_a_side_unless_bilateral",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.affected_side or 'both'} since {self.onset}"


class Wishes(Versioned):
    """What the patient wants; the fields are those of planning's `Wishes`."""

    clinic_path = "patient__clinic"

    patient = models.OneToOneField(Patient, models.CASCADE, primary_key=True, related_name="wishes")
    weights = models.JSONField(default=dict)
    """Goal to 0-10; what is missing was not asked."""
    refused_muscles = models.JSONField(default=list)
    no_permanent_change = models.CharField(
        max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.UNKNOWN
    )
    expectations = models.JSONField(default=list)

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"wishes of {self.patient_id}"


class EarlierTreatment(Versioned):
    """Toxin given elsewhere, or before this record was kept; what is given here is `treatments.Treatment`."""

    clinic_path = "patient__clinic"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="earlier_treatments")
    day = models.DateField(_("day"))
    product = models.CharField(_("product"), max_length=LONGEST_CODE, blank=True)
    """Empty: not known."""
    total_units = models.DecimalField(_("total"), max_digits=7, decimal_places=2, null=True, blank=True)
    area = models.CharField(max_length=10, default="unknown")
    helped = models.CharField(max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.UNKNOWN)
    adequate = models.CharField(max_length=10, choices=AnswerChoice.choices, default=AnswerChoice.UNKNOWN)
    follow_up = models.DateField(null=True, blank=True)
    entered_in_error = models.BooleanField(default=False)

    objects = OfClinicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("day",)
        constraints = [
            models.UniqueConstraint(
                fields=("patient", "day"),
                condition=Q(entered_in_error=False),
                name="earlier_treatment_one_a_day",
            ),
            models.CheckConstraint(
                condition=Q(total_units__isnull=True) | Q(total_units__gt=0, product__gt=""),
                name="earlier_treatment_total_has_product",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product or 'toxin'} on {self.day}"

    @property
    def area_words(self) -> str:
        """What was treated, in words."""
        return str(AREAS.get(self.area, self.area))
