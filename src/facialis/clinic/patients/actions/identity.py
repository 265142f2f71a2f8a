"""Make a patient, and correct who it is."""

import re
import secrets
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import Clinic, User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import ClinicError, FieldsError
from facialis.clinic.kernel.times import today
from facialis.clinic.patients.models import Patient
from facialis.clinic.patients.search import search_text_of, similar_patients
from facialis.planning.dates import years_between
from facialis.planning.values import whole_value

MADE_NUMBER = re.compile(r"R-(\d{5,})")
PSEUDONYM_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are read as one another."""
PSEUDONYM_LENGTH = 10
IDENTITY = ("family_name", "given_names", "title", "birth_date", "sex", "record_number", "deceased_on")


class SimilarPatientError(ClinicError):
    """There is a patient who may be the same person."""

    code = "similar_patient"

    def __init__(self, patients: Sequence[Patient]) -> None:
        super().__init__(
            _(
                "A patient with this date of birth and a similar name exists. Say whether it is "
                "another person."
            )
        )
        self.patients = list(patients)


@transaction.atomic
def create_patient(
    *,
    by: User,
    family_name: str,
    given_names: str,
    birth_date: date,
    title: str = "",
    sex: str = "",
    record_number: str = "",
    is_another_person: bool = False,
) -> Patient:
    """Make a patient of the own clinic.

    Parameters
    ----------
    record_number : str         Empty: the next of R-00001, R-00002 and so on.
    is_another_person : bool    Whether somebody looked at those who are similar.

    Raises
    ------
    FieldsError             A value cannot be.
    SimilarPatientError     Somebody similar exists, and nobody said that it is another person.
    """
    require(by, Act.EDIT_PATIENT)
    # One at a time in a clinic, so that two people at once get two numbers, and see each other's patient.
    Clinic.objects.select_for_update().get(pk=by.clinic_id)
    _refuse_impossible(by, birth_date=birth_date, record_number=record_number, deceased_on=None)
    if not is_another_person:
        names = {"family_name": family_name, "given_names": given_names}
        similar = similar_patients(by, birth_date=birth_date, **names)
        if similar:
            raise SimilarPatientError(similar)
    number = record_number or _next_number(by.clinic)
    patient = Patient.objects.create(
        clinic=by.clinic,
        record_number=number,
        pseudonym=_new_pseudonym(),
        family_name=family_name,
        given_names=given_names,
        title=title,
        birth_date=birth_date,
        sex=sex,
        search_text=search_text_of(family_name, given_names, number, birth_date),
        created_by=by,
    )
    record(
        Verb.CREATE,
        "patients.patient",
        by=by,
        record_id=patient.pk,
        patient_id=patient.pk,
        details={"is_another_person": is_another_person},
    )
    return patient


@transaction.atomic
def edit_patient(*, by: User, patient: Patient, version: int | None, **values: object) -> Patient:
    """Correct who a patient is, or say that the patient has died.

    Parameters
    ----------
    values      Some of `IDENTITY`; what is missing stays.
    """
    require(by, Act.EDIT_PATIENT)
    row = Patient.locked(patient.pk, version)
    changed = [name for name in IDENTITY if name in values and values[name] != getattr(row, name)]
    for name in changed:
        setattr(row, name, values[name])
    if not row.record_number:
        raise FieldsError({"record_number": _("Give the record number; a patient has one.")})
    _refuse_impossible(
        by,
        birth_date=row.birth_date,
        record_number=row.record_number,
        deceased_on=row.deceased_on,
        except_for=row,
    )
    row.search_text = search_text_of(row.family_name, row.given_names, row.record_number, row.birth_date)
    row.raise_version()
    row.save()
    record(
        Verb.CHANGE,
        "patients.patient",
        by=by,
        record_id=row.pk,
        patient_id=row.pk,
        details={"fields": changed},
    )
    return row


def _refuse_impossible(
    by: User,
    *,
    birth_date: date,
    record_number: str,
    deceased_on: date | None,
    except_for: Patient | None = None,
) -> None:
    errors = {}
    oldest = whole_value("oldest_age")
    if birth_date > today():
        errors["birth_date"] = _("This date of birth lies in the future. Check the year.")
    elif deceased_on is None and years_between(birth_date, today()) > oldest:
        errors["birth_date"] = _("Nobody is older than %(oldest)d years. Check the year.") % {
            "oldest": oldest
        }
    if deceased_on is not None and deceased_on > today():
        errors["deceased_on"] = _("This day lies in the future. Check it.")
    elif deceased_on is not None and deceased_on < birth_date:
        errors["deceased_on"] = _("This day lies before the date of birth. Check both.")
    same_number = Patient.objects.filter(clinic=by.clinic_id, record_number=record_number)
    if except_for is not None:
        same_number = same_number.exclude(pk=except_for.pk)
    if record_number and same_number.exists():
        errors["record_number"] = _("Another patient of this clinic has this record number. Check it.")
    if errors:
        raise FieldsError(errors)


def _next_number(clinic: Clinic) -> str:
    taken = (
        Patient.objects.filter(clinic=clinic, record_number__startswith="R-")
        .annotate(length=Length("record_number"))
        .order_by("-length", "-record_number")
        .values_list("record_number", flat=True)
    )
    found = next((match for number in taken.iterator() if (match := MADE_NUMBER.fullmatch(number))), None)
    return f"R-{1 + (int(found.group(1)) if found else 0):05d}"


def _new_pseudonym() -> str:
    drawn = "".join(secrets.choice(PSEUDONYM_LETTERS) for _place in range(PSEUDONYM_LENGTH))
    return f"F-{drawn}"
