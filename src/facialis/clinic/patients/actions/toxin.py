"""Botulinum toxin that was given elsewhere, or before this record was kept."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.states import AnswerChoice, NoteStatus
from facialis.clinic.kernel.times import today
from facialis.clinic.patients.case import coded_list
from facialis.clinic.patients.models import EarlierTreatment, ListStateChoice, Patient
from facialis.clinic.treatments.models import Treatment
from facialis.planning.case.case import TOXIN_AS_DRUG


@transaction.atomic
def add_earlier_treatment(
    *,
    by: User,
    patient: Patient,
    day: date,
    product: str = "",
    total_units: Decimal | None = None,
    area: str = "unknown",
    helped: str = AnswerChoice.UNKNOWN,
    adequate: str = AnswerChoice.UNKNOWN,
    follow_up: date | None = None,
) -> EarlierTreatment:
    """Add one treatment; an empty product is one that is not known. Raises `FieldsError`."""
    require(by, Act.EDIT_PATIENT)
    row = Patient.locked(patient.pk, None)
    _refuse_impossible(row, day=day, product=product, total_units=total_units, follow_up=follow_up)
    treatment = EarlierTreatment.objects.create(
        patient=row,
        day=day,
        product=product,
        total_units=total_units,
        area=area,
        helped=helped,
        adequate=adequate,
        follow_up=follow_up,
    )
    _set_state(row, ListStateChoice.KNOWN)
    record(Verb.CREATE, "patients.earlier_treatment", by=by, record_id=treatment.pk, patient_id=row.pk)
    return treatment


@transaction.atomic
def mark_earlier_treatment_error(*, by: User, treatment: EarlierTreatment) -> EarlierTreatment:
    """Strike a treatment through that was a mistake; without any other, earlier toxin is asked anew."""
    require(by, Act.MARK_ERROR)
    row = EarlierTreatment.locked(treatment.pk, None)
    if row.entered_in_error:
        return row
    row.entered_in_error = True
    row.raise_version()
    row.save()
    if not EarlierTreatment.objects.filter(patient=row.patient_id, entered_in_error=False).exists():
        _set_state(Patient.locked(row.patient_id, None), ListStateChoice.NOT_ASKED)
    record(Verb.MARK_ERROR, "patients.earlier_treatment", by=by, record_id=row.pk, patient_id=row.patient_id)
    return row


@transaction.atomic
def say_earlier_toxin(*, by: User, patient: Patient, state: str) -> Patient:
    """Keep that there was none, or that nobody asked; raises `NotNowError` where some are listed."""
    require(by, Act.EDIT_PATIENT)
    row = Patient.locked(patient.pk, None)
    if EarlierTreatment.objects.filter(patient=row, entered_in_error=False).exists():
        raise NotNowError(
            _("Earlier treatments are listed. Mark those that were entered by mistake, then answer again.")
        )
    if state not in {ListStateChoice.NONE, ListStateChoice.NOT_ASKED}:
        raise FieldsError({"state": _("Say that there was none or that nobody asked, or add a treatment.")})
    if state == ListStateChoice.NONE:
        medication = coded_list(row.medication, "The list of medication")
        if TOXIN_AS_DRUG in medication.codes:
            raise FieldsError(
                {"state": _("A botulinum toxin stands in the medication. Correct one of them.")}
            )
    _set_state(row, ListStateChoice(state))
    record(
        Verb.CHANGE,
        "patients.earlier_toxin",
        by=by,
        record_id=row.pk,
        patient_id=row.pk,
        details={"state": state},
    )
    return row


def _set_state(row: Patient, state: ListStateChoice) -> None:
    if row.earlier_toxin != state:
        row.earlier_toxin = state
        row.raise_version()
        row.save()


def _refuse_impossible(
    patient: Patient, *, day: date, product: str, total_units: Decimal | None, follow_up: date | None
) -> None:
    errors = {}
    if day > today():
        errors["day"] = _("This day lies in the future. Check it.")
    elif day < patient.birth_date:
        errors["day"] = _("This day lies before the date of birth. Check both.")
    elif EarlierTreatment.objects.filter(patient=patient, day=day, entered_in_error=False).exists():
        errors["day"] = _("A treatment of this day is listed already. Join both into one.")
    elif Treatment.objects.filter(
        plan__visit__patient=patient, status=NoteStatus.FINAL, given_at__date=day
    ).exists():
        errors["day"] = _("A treatment of this day was signed here, and is counted already.")
    if total_units is not None and total_units <= 0:
        errors["total_units"] = _("Give more than 0 units, or leave it empty.")
    elif total_units is not None and not product:
        errors["product"] = _(
            "Units mean something only with their product. Name it, or leave the units empty."
        )
    if follow_up is not None and follow_up <= day:
        errors["follow_up"] = _("The follow-up lies after the treatment. Check both days.")
    elif follow_up is not None and follow_up > today():
        errors["follow_up"] = _("This day lies in the future. Check it.")
    if errors:
        raise FieldsError(errors)
