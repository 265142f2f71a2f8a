import pytest

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.models import AuditEntry
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError
from facialis.clinic.photographs.actions import (
    answer_question,
    note_measured,
    note_refused,
    remove_photograph,
)
from facialis.clinic.photographs.identity import limits
from facialis.clinic.photographs.models import MirroredChoice, Photograph, PhotoStatus
from facialis.clinic.photographs.queries import current_photographs
from facialis.clinic.visits.models import VisitStatus
from tests.factories import clinic as made
from tests.unit.clinic.photographs.conftest import consent

FACE = dict.fromkeys(["inner_canthi", "nose_width", "nose_length", "nose_tip", "nostrils", "chin"], 0.4)
OTHER_FACE = {**FACE, "chin": 0.6}


@pytest.fixture
def asked_for(monkeypatch):
    given = []
    monkeypatch.setattr(
        "facialis.clinic.measurements.tasks.request_measuring", lambda row: given.append(row.pk)
    )
    monkeypatch.setattr(
        "facialis.clinic.measurements.tasks.request_visit_measuring", lambda visit: given.append(visit.pk)
    )
    return given


@pytest.fixture
def earlier(visit, by, upload):
    """A visit before, whose face at rest is known."""
    before = made.visit(visit.patient, visit.day.replace(year=visit.day.year - 1))
    consent(before, by)
    note_measured(upload(to=before).pk, findings=[], identity=FACE)
    return before


def test_the_names_here_are_those_of_the_table():
    assert set(limits().names) == set(FACE)


def test_answering_whether_it_is_mirrored_lets_it_be_measured(upload, by, asked_for):
    row = upload(mirrored=MirroredChoice.UNKNOWN)
    row = answer_question(row.pk, code="mirrored", answer="yes", reason="", by=by)
    assert (row.status, row.mirrored) == (PhotoStatus.WAITING, MirroredChoice.YES)
    assert asked_for == [row.pk]
    assert row.question[0]["by_name"] == by.signature_name


def test_questions_are_answered_one_after_another(upload, by, asked_for):
    row = upload(mirrored=MirroredChoice.UNKNOWN, file_name="snarl.jpg")
    row = answer_question(row.pk, code="expression", answer="keep", reason="", by=by)
    assert (row.status, asked_for) == (PhotoStatus.QUESTIONED, [])
    row = answer_question(row.pk, code="mirrored", answer="no", reason="", by=by)
    assert row.status == PhotoStatus.WAITING
    with pytest.raises(NotNowError, match="answered"):
        answer_question(row.pk, code="mirrored", answer="yes", reason="", by=by)
    row.refresh_from_db()
    assert row.mirrored == MirroredChoice.NO


def test_an_answer_has_to_be_one_of_the_question(upload, by):
    row = upload(mirrored=MirroredChoice.UNKNOWN)
    with pytest.raises(FieldsError, match="one of the answers"):
        answer_question(row.pk, code="mirrored", answer="unknown", reason="", by=by)


def test_a_photograph_that_nobody_said_the_sides_of_is_never_noted_as_measured(upload):
    row = upload(mirrored=MirroredChoice.UNKNOWN)
    with pytest.raises(NotNowError, match="mirrored"):
        note_measured(row.pk, findings=[], identity=None)


@pytest.mark.usefixtures("earlier")
def test_the_same_face_is_measured_without_a_question(upload):
    row = upload()
    assert note_measured(row.pk, findings=[], identity={**FACE, "chin": 0.401}) == PhotoStatus.MEASURED


@pytest.mark.usefixtures("earlier")
def test_another_face_is_asked_about_and_counts_only_after_an_answer_with_a_reason(upload, by, asked_for):
    row = upload()
    asked_for.clear()
    assert note_measured(row.pk, findings=[], identity=OTHER_FACE) == PhotoStatus.QUESTIONED
    row.refresh_from_db()
    assert "the height of the chin differs by 50 %" in row.question[0]["sentence"]
    with pytest.raises(FieldsError, match="how you know"):
        answer_question(row.pk, code="another_person", answer="keep", reason=" ", by=by)
    answer_question(row.pk, code="another_person", answer="keep", reason="new dentures", by=by)
    assert asked_for == [row.pk]
    assert note_measured(row.pk, findings=[], identity=OTHER_FACE) == PhotoStatus.MEASURED, "not asked twice"


@pytest.mark.usefixtures("earlier")
def test_another_person_is_removed_by_whoever_takes_photographs(upload, by, asked_for, visit):
    row = upload()
    note_measured(row.pk, findings=[], identity=OTHER_FACE)
    assistant = made.user(by.clinic, Role.ASSISTANT)
    answer_question(row.pk, code="another_person", answer="remove", reason="", by=assistant)
    assert current_photographs(visit) == {}
    assert asked_for[-1] == visit.pk, "the visit is measured without it"
    assert AuditEntry.objects.latest("number").verb == "mark_error"


@pytest.mark.usefixtures("earlier")
def test_a_questioned_face_is_no_measure_for_later_ones(upload, visit, by):
    note_measured(upload().pk, findings=[], identity=OTHER_FACE)
    later = made.visit(visit.patient, visit.day.replace(year=visit.day.year + 1))
    consent(later, by)
    assert note_measured(upload(to=later).pk, findings=[], identity=FACE) == PhotoStatus.MEASURED


@pytest.mark.usefixtures("earlier")
def test_only_faces_at_rest_are_compared(upload):
    row = upload(expression=Expression.SNARL)
    assert note_measured(row.pk, findings=[], identity=OTHER_FACE) == PhotoStatus.MEASURED


def test_what_was_replaced_meanwhile_stays_replaced(upload):
    old = upload()
    upload()
    assert note_measured(old.pk, findings=[], identity=None) == PhotoStatus.REPLACED
    assert note_refused(old.pk, refusal={"code": "x", "sentence": "x"}) == PhotoStatus.REPLACED


def test_a_refusal_is_kept_and_lifted_by_a_later_measurement(upload):
    row = upload()
    note_refused(row.pk, refusal={"code": "no_face", "sentence": "There is no face."})
    row.refresh_from_db()
    assert (row.status, row.refusal["sentence"]) == (PhotoStatus.REFUSED, "There is no face.")
    note_measured(row.pk, findings=[], identity=None)
    row.refresh_from_db()
    assert (row.status, row.refusal) == (PhotoStatus.MEASURED, None)


def test_removing_needs_a_clinician_and_a_reason_and_keeps_the_row(upload, by, asked_for, visit):
    row = upload()
    with pytest.raises(NotPermittedError):
        remove_photograph(row.pk, reason="wrong", by=made.user(by.clinic, Role.ASSISTANT))
    with pytest.raises(FieldsError):
        remove_photograph(row.pk, reason="x", by=by)
    remove_photograph(row.pk, reason="of another patient", by=by)
    row.refresh_from_db()
    assert (row.status, row.question[-1]["reason"]) == (PhotoStatus.ENTERED_IN_ERROR, "of another patient")
    assert asked_for[-1] == visit.pk
    with pytest.raises(NotNowError):
        remove_photograph(row.pk, reason="again", by=by)


def test_nobody_answers_about_photographs_of_another_clinic(upload):
    row = upload(mirrored=MirroredChoice.UNKNOWN)
    stranger = made.user(made.clinic())
    with pytest.raises(Photograph.DoesNotExist):
        answer_question(row.pk, code="mirrored", answer="no", reason="", by=stranger)
    with pytest.raises(Photograph.DoesNotExist):
        remove_photograph(row.pk, reason="x", by=stranger)


def test_questions_of_a_closed_visit_stay_open(upload, visit, by):
    row = upload(mirrored=MirroredChoice.UNKNOWN)
    visit.status = VisitStatus.CLOSED
    visit.save()
    with pytest.raises(NotNowError, match="closed"):
        answer_question(row.pk, code="mirrored", answer="no", reason="", by=by)
