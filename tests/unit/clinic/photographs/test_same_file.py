"""A file that is in another patient's record already does not count before somebody says whose it is."""

import pytest

from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.photographs.actions import answer_question, remove_photograph
from facialis.clinic.photographs.models import PhotoStatus
from facialis.clinic.visits.models import VisitStatus
from tests.factories import clinic as made
from tests.unit.clinic.photographs.conftest import consent, jpeg


@pytest.fixture(autouse=True)
def asked_for(monkeypatch):
    given = []
    monkeypatch.setattr(
        "facialis.clinic.measurements.tasks.request_measuring", lambda row: given.append(row.pk)
    )
    monkeypatch.setattr("facialis.clinic.measurements.tasks.request_visit_measuring", lambda _visit: None)
    return given


def another_visit(by):
    patient = made.patient(by, family_name="Other", record_number="R-OTHER")
    made.palsy(patient)
    visit = made.visit(patient)
    consent(visit, by)
    return visit


def test_the_same_bytes_of_another_patient_wait_for_an_answer_with_a_reason(upload, by, asked_for):
    upload(to=another_visit(by))
    asked_for.clear()
    row = upload()
    assert (row.status, asked_for) == (PhotoStatus.QUESTIONED, [])
    assert "This very file is in another patient's record, R-OTHER" in row.question[0]["sentence"]
    with pytest.raises(FieldsError, match="how you know"):
        answer_question(row.pk, code="same_file", answer="keep", reason=" ", by=by)
    row = answer_question(row.pk, code="same_file", answer="keep", reason="seen today", by=by)
    assert (row.status, asked_for) == (PhotoStatus.WAITING, [row.pk])


def test_it_is_removed_where_it_is_another_patients(upload, by):
    upload(to=another_visit(by))
    row = answer_question(upload().pk, code="same_file", answer="remove", reason="", by=by)
    assert row.status == PhotoStatus.ENTERED_IN_ERROR


def test_nothing_is_asked_once_the_other_one_was_marked_as_a_mistake(upload, by):
    other = upload(to=another_visit(by))
    remove_photograph(other.pk, reason="of another patient", by=by)
    assert upload().status == PhotoStatus.WAITING


def test_nothing_is_asked_where_the_whole_other_visit_was_a_mistake(upload, by):
    elsewhere = another_visit(by)
    upload(to=elsewhere)
    elsewhere.status = VisitStatus.ENTERED_IN_ERROR
    elsewhere.save()
    assert upload().status == PhotoStatus.WAITING


def test_other_bytes_the_same_patient_and_other_clinics_are_not_asked_about(upload, by, visit):
    upload(jpeg(1), to=another_visit(by))
    earlier = made.visit(visit.patient, visit.day.replace(year=visit.day.year - 1))
    consent(earlier, by)
    upload(to=earlier)
    stranger = made.user(made.clinic())
    upload(to=another_visit(stranger), user=stranger)
    assert upload().status == PhotoStatus.WAITING
