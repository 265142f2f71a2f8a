"""A patient is made once, corrected by one person at a time, and never by another clinic."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.models import AuditEntry, Verb
from facialis.clinic.kernel.errors import FieldsError, NotPermittedError, StaleVersionError
from facialis.clinic.kernel.times import today
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.patients.actions import SimilarPatientError, create_patient, edit_patient
from facialis.clinic.patients.actions.history import save_palsy
from facialis.clinic.patients.models import Patient
from facialis.clinic.patients.search import find_patients
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db

ANNA = {"family_name": "Müller", "given_names": "Anna", "birth_date": date(1980, 5, 17)}
FORM = {
    "family_name": "Müller",
    "given_names": "Anna",
    "birth_date": "17.05.1980",
    "title": "",
    "sex": "",
    "record_number": "",
}


@pytest.fixture
def by():
    return made.user(made.clinic())


def test_numbers_are_made_one_after_the_other_and_each_clinic_has_its_own(by):
    first = create_patient(by=by, **ANNA)
    create_patient(by=by, **ANNA | {"birth_date": date(1970, 1, 1)}, record_number="R-100000")
    third = create_patient(by=by, **ANNA | {"birth_date": date(1971, 1, 1)})
    other = create_patient(by=made.user(made.clinic()), **ANNA)
    assert [first.record_number, third.record_number, other.record_number] == [
        "R-00001",
        "R-100001",
        "R-00001",
    ]


def test_a_number_of_another_form_does_not_disturb_the_made_ones(by):
    create_patient(by=by, **ANNA, record_number="R-99999-OLD")
    assert create_patient(by=by, **ANNA, is_another_person=True).record_number == "R-00001"


def test_a_number_is_given_once(by):
    create_patient(by=by, **ANNA, record_number="K 17")
    with pytest.raises(FieldsError) as refused:
        create_patient(by=by, **ANNA | {"birth_date": date(1970, 1, 1)}, record_number="K 17")
    assert "record_number" in refused.value.errors


def test_pseudonyms_say_nothing_and_differ(by):
    patients = [create_patient(by=by, **ANNA, is_another_person=True) for _ in range(3)]
    pseudonyms = {patient.pseudonym for patient in patients}
    assert len(pseudonyms) == 3
    assert all("ller" not in one.lower() and "1980" not in one for one in pseudonyms)


def test_a_similar_patient_is_a_question_before_anything_is_saved(by):
    there = create_patient(by=by, **ANNA)
    with pytest.raises(SimilarPatientError) as asked:
        create_patient(by=by, **ANNA | {"family_name": "Mueller"})
    assert asked.value.patients == [there]
    assert Patient.objects.count() == 1
    create_patient(by=by, **ANNA, is_another_person=True)
    assert Patient.objects.count() == 2


def test_the_page_shows_who_is_similar_keeps_what_was_typed_and_goes_on(client, by):
    there = create_patient(by=by, **ANNA)
    client.force_login(by)
    answer = client.post(reverse("patient_new"), FORM)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert Patient.objects.count() == 1
    assert reverse("patient", args=[there.pk]) in page
    assert 'value="17.05.1980"' in page
    answer = client.post(reverse("patient_new"), FORM | {"is_another_person": "yes"})
    assert answer.status_code == 302
    assert Patient.objects.count() == 2


def test_the_same_form_sent_twice_makes_one_patient(client, by):
    client.force_login(by)
    form = FORM | {"once": "6f1c7d1e-6c6e-4b7e-9d64-2f5d6b8d0a11"}
    first, second = (client.post(reverse("patient_new"), form) for _ in range(2))
    assert first.url == second.url
    assert Patient.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"birth_date": "31.02.1980"}, "birth_date"),
        ({"birth_date": "05/17/1980"}, "birth_date"),
        ({"birth_date": "17.05.2980"}, "birth_date"),
        ({"birth_date": "17.05.1800"}, "birth_date"),
        ({"family_name": ""}, "family_name"),
        ({"sex": "x"}, "sex"),
    ],
)
def test_a_form_with_an_error_keeps_what_was_typed(client, by, change, field):
    client.force_login(by)
    answer = client.post(reverse("patient_new"), FORM | {"title": "Prof"} | change)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert 'value="Prof"' in page
    assert "error-summary" in page
    assert not Patient.objects.exists()


def test_a_correction_is_found_by_its_new_name(by):
    patient = create_patient(by=by, **ANNA)
    edit_patient(by=by, patient=patient, version=1, family_name="Schulz")
    assert find_patients(by, "schulz").patients == [patient]
    assert find_patients(by, "müller").patients == []
    assert patient.history.count() == 2


def test_the_second_of_two_savers_is_told_and_nothing_is_lost(client, by):
    patient = create_patient(by=by, **ANNA)
    client.force_login(by)
    edit_patient(by=by, patient=patient, version=1, title="Prof")
    form = FORM | {"record_number": "R-00001", "title": "Dr", "version": 1, "deceased_on": ""}
    answer = client.post(reverse("patient_edit", args=[patient.pk]), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Dr"' in page
    assert "<dd>Prof</dd>" in page
    assert Patient.objects.get().title == "Prof"
    again = form | {"version": answer.context["form"]["version"].value()}
    assert client.post(reverse("patient_edit", args=[patient.pk]), again).status_code == 302
    assert Patient.objects.get().title == "Dr"


def test_a_form_without_a_version_overwrites_nothing(client, by):
    patient = create_patient(by=by, **ANNA)
    client.force_login(by)
    form = FORM | {"record_number": "R-00001", "title": "Dr", "deceased_on": ""}
    assert client.post(reverse("patient_edit", args=[patient.pk]), form).status_code == 422
    assert not Patient.objects.get().title


def test_an_old_version_is_refused(by):
    patient = create_patient(by=by, **ANNA)
    edit_patient(by=by, patient=patient, version=1, title="Prof")
    with pytest.raises(StaleVersionError):
        edit_patient(by=by, patient=patient, version=1, title="Dr")


@pytest.mark.parametrize("day", [today() + timedelta(days=1), date(1980, 5, 16)])
def test_nobody_dies_before_birth_or_tomorrow(by, day):
    patient = create_patient(by=by, **ANNA)
    with pytest.raises(FieldsError) as refused:
        edit_patient(by=by, patient=patient, version=1, deceased_on=day)
    assert list(refused.value.errors) == ["deceased_on"]


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
def test_only_those_who_care_make_patients(by, role):
    with pytest.raises(NotPermittedError):
        create_patient(by=made.user(by.clinic, role), **ANNA)


def test_reading_and_writing_are_audited(client, by):
    patient = create_patient(by=by, **ANNA)
    client.force_login(by)
    client.get(reverse("patient", args=[patient.pk]))
    edit_patient(by=by, patient=patient, version=1, title="Prof")
    entries = AuditEntry.objects.filter(patient=patient.pk).values_list("verb", "what")
    assert list(entries) == [
        (Verb.CREATE, "patients.patient"),
        (Verb.READ, "page.patient"),
        (Verb.CHANGE, "patients.patient"),
    ]
    assert AuditEntry.objects.last().details == {"fields": ["title"]}


def test_another_affected_side_has_every_measured_visit_measured_anew():
    by = made.user(made.clinic())
    patient = made.patient(by)
    palsy = made.palsy(patient, affected_side="left")
    measured, other = made.visit(patient, date(2026, 3, 2)), made.visit(patient, date(2026, 5, 4))
    Measurement.objects.create(visit=measured, number=1, document={}, document_sha256="", point_sets=[])
    values = {"affected_side": "right", "onset": palsy.onset}
    save_palsy(by=by, patient=patient, version=palsy.version, values=values)
    asked = [task.args_kwargs["args"] for task in DBTaskResult.objects.all()]
    assert asked == [[str(measured.pk)]]
    assert str(other.pk) not in str(asked)
