"""Take the history: the palsy, what speaks against toxin, and the wishes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, StaleVersionError
from facialis.clinic.kernel.times import today
from facialis.clinic.patients.case import (
    plain_list,
    planning_lists,
    planning_palsy,
    planning_patient,
    planning_wishes,
)
from facialis.clinic.patients.models import ListStateChoice, Palsy, Patient, Wishes
from facialis.planning.case.answers import CodedList
from facialis.planning.case.case import TOXIN_AS_DRUG, allergy_codes, condition_codes, drug_codes

OfPatient = TypeVar("OfPatient", Palsy, Wishes)


@transaction.atomic
def save_palsy(*, by: User, patient: Patient, version: int | None, values: Mapping[str, Any]) -> Palsy:
    """Keep the history of the palsy.

    Parameters
    ----------
    version : int       That the form showed; None where there was no history yet.
    values : mapping    Fields of `Palsy`, as they are stored.

    Raises
    ------
    CaseError       The history contradicts itself.
    FieldsError     A day cannot be.
    """
    require(by, Act.EDIT_PATIENT)
    palsy = _row(Palsy, patient, version)
    changed = _assign(palsy, values)
    errors = _impossible_days(
        {"onset": palsy.onset, "retraining_start": palsy.retraining_start}, born=patient.birth_date
    )
    if not errors:
        planned = planning_palsy(palsy)
        cleared = None if planned.clearance is None else planned.clearance.day
        operated = [reanimation.day for reanimation in planned.reanimations if reanimation.day is not None]
        errors = _impossible_days(
            {"cleared_on": cleared, "reanimations": max(operated, default=None)}, born=patient.birth_date
        )
    if errors:
        raise FieldsError(errors)
    saved = _save(palsy, "patients.palsy", by=by, patient=patient, changed=changed)
    if "affected_side" in changed:
        _measure_again(patient)
    return saved


@transaction.atomic
def save_health(
    *,
    by: User,
    patient: Patient,
    version: int | None,
    conditions: CodedList,
    medication: CodedList,
    allergies: CodedList,
    pregnancy: str,
    lactation: str,
) -> Patient:
    """Keep what speaks against toxin; raises `FieldsError`."""
    require(by, Act.EDIT_PATIENT)
    row = Patient.locked(patient.pk, version)
    conditions.require_known(condition_codes(), "The condition")
    medication.require_known(drug_codes(), "The drug")
    allergies.require_known(allergy_codes(), "The allergy")
    if row.earlier_toxin == ListStateChoice.NONE and TOXIN_AS_DRUG in medication.codes:
        raise FieldsError(
            {
                "medication_codes": _(
                    "Earlier toxin was answered with none, and a botulinum toxin is ticked here. Correct one "
                    "of them."
                )
            }
        )
    values = {
        "conditions": plain_list(conditions),
        "medication": plain_list(medication),
        "allergies": plain_list(allergies),
        "pregnancy": pregnancy,
        "lactation": lactation,
    }
    changed = _assign(row, values)
    planning_patient(row)
    planning_lists(row)
    row.raise_version()
    row.save()
    details = {"fields": changed}
    record(Verb.CHANGE, "patients.health", by=by, record_id=row.pk, patient_id=row.pk, details=details)
    return row


@transaction.atomic
def save_wishes(*, by: User, patient: Patient, version: int | None, values: Mapping[str, Any]) -> Wishes:
    """Keep what the patient wants; raises `CaseError` for wishes that contradict each other."""
    require(by, Act.EDIT_PATIENT)
    wishes = _row(Wishes, patient, version)
    changed = _assign(wishes, values)
    planning_wishes(wishes)
    return _save(wishes, "patients.wishes", by=by, patient=patient, changed=changed)


def _impossible_days(days: Mapping[str, date | None], *, born: date) -> dict[str, str]:
    errors = {}
    for name, day in days.items():
        if day is not None and day > today():
            errors[name] = _("%(day)s lies in the future. Check it.") % {"day": format_date(day, "d-M-Y")}
        elif day is not None and day < born:
            errors[name] = _("%(day)s lies before the date of birth. Check both.") % {
                "day": format_date(day, "d-M-Y")
            }
    return errors


def _row(model: type[OfPatient], patient: Patient, version: int | None) -> OfPatient:
    """The row of a patient, locked; a new one where there is none."""
    if model.objects.filter(pk=patient.pk).exists():
        # A form that was opened before there was a row has version 0, which no row has.
        return model.locked(patient.pk, version or 0)
    return model(patient=patient, version=0)


def _measure_again(patient: Patient) -> None:
    """Have every measured visit measured anew: what is involuntary depends on the affected side."""
    from facialis.clinic.measurements.tasks import request_visit_measuring

    for visit in patient.visits.filter(measurements__isnull=False).distinct():
        request_visit_measuring(visit)


def _assign(row: Any, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _save(row: OfPatient, what: str, *, by: User, patient: Patient, changed: list[str]) -> OfPatient:
    is_new = row.version == 0
    row.raise_version()
    try:
        with transaction.atomic():
            row.save(force_insert=is_new, force_update=not is_new)
    except IntegrityError:
        if not is_new:
            raise
        raise StaleVersionError(
            _(
                "Somebody else saved this at the same moment. Your entries are still in the form; save "
                "them again."
            )
        ) from None
    record(
        Verb.CREATE if is_new else Verb.CHANGE,
        what,
        by=by,
        record_id=row.pk,
        patient_id=patient.pk,
        details={"fields": changed},
    )
    return row
