"""A person answers a question about a photograph, or says that it was a mistake."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.reasons import told_correction
from facialis.clinic.kernel.times import now
from facialis.clinic.photographs.models import MirroredChoice, Photograph, PhotoStatus
from facialis.clinic.photographs.queries import PAST
from facialis.clinic.photographs.questions import (
    NEEDS_REASON,
    Question,
    QuestionCode,
    answered,
    open_question,
    questions_of,
)
from facialis.clinic.visits.queries import require_open

KEEP, REMOVE = "keep", "remove"
ANSWERS = {
    QuestionCode.MIRRORED: (MirroredChoice.NO, MirroredChoice.YES, REMOVE),
    QuestionCode.EXPRESSION: (KEEP, REMOVE),
    QuestionCode.ANOTHER_PERSON: (KEEP, REMOVE),
    QuestionCode.SAME_FILE: (KEEP, REMOVE),
}


@transaction.atomic
def answer_question(photograph_id: UUID, *, code: str, answer: str, reason: str, by: User) -> Photograph:
    """Answer the open question of a photograph; without another it goes to be measured.

    Parameters
    ----------
    photograph_id : UUID    Of the own clinic.
    code : str              Of the question that the page showed.
    answer : str            One of `ANSWERS`; ``remove`` marks the photograph as entered in error.
    reason : str            Needed for `NEEDS_REASON`.
    by : User

    Raises
    ------
    FieldsError     The answer is none of the question's, or its reason is missing.
    NotNowError     The question has been answered meanwhile, or the visit is closed.
    """
    require(by, Act.CAPTURE)
    row = _locked(photograph_id, by)
    require_open(row.visit)
    question = open_question(row)
    if question is None or question["code"] != code or row.status in PAST:
        raise NotNowError(
            _("This question was answered or the photograph replaced meanwhile. Load the page again.")
        )
    of_code = QuestionCode(code)
    _check(of_code, answer, reason)
    row.question = [
        answered(q, answer, reason=reason.strip(), by=by, at=now()) if q is question else q
        for q in questions_of(row)
    ]
    if answer == REMOVE:
        row.status = PhotoStatus.ENTERED_IN_ERROR
    else:
        _apply(row, of_code, answer)
    row.save(update_fields=["question", "status", "mirrored"])
    if row.status == PhotoStatus.WAITING:
        from facialis.clinic.measurements.tasks import request_measuring

        request_measuring(row)
    elif row.status == PhotoStatus.ENTERED_IN_ERROR:
        _measure_without(row)
    record(
        Verb.MARK_ERROR if answer == REMOVE else Verb.CHANGE,
        "photographs.photograph",
        by=by,
        record_id=row.pk,
        patient_id=row.visit.patient_id,
        details={"question": code, "answer": answer, "status": str(row.status)},
    )
    return row


@transaction.atomic
def remove_photograph(photograph_id: UUID, *, reason: str, by: User) -> Photograph:
    """Mark a photograph as entered in error; it is kept and no longer counts.

    Raises
    ------
    FieldsError     No reason was given.
    NotNowError     It was replaced or removed before.
    """
    require(by, Act.MARK_ERROR)
    row = _locked(photograph_id, by)
    if row.status in PAST:
        raise NotNowError(_("This photograph was replaced or removed before. Nothing was changed."))
    reason = told_correction(reason)
    removal: Question = {"code": "removed", "sentence": "", "answer": None}
    row.question = [
        *questions_of(row),
        answered(removal, REMOVE, reason=reason.strip(), by=by, at=now()),
    ]
    row.status = PhotoStatus.ENTERED_IN_ERROR
    row.save(update_fields=["question", "status"])
    _measure_without(row)
    record(
        Verb.MARK_ERROR,
        "photographs.photograph",
        by=by,
        record_id=row.pk,
        patient_id=row.visit.patient_id,
        details={"expression": row.expression},
    )
    return row


def _locked(photograph_id: UUID, by: User) -> Photograph:
    rows = Photograph.objects.for_user(by).select_for_update(of=("self",)).select_related("visit")
    return rows.get(pk=photograph_id)


def _measure_without(row: Photograph) -> None:
    """A measurement of the visit may have been made with it."""
    from facialis.clinic.measurements.tasks import request_visit_measuring

    request_visit_measuring(row.visit)


def _check(code: QuestionCode, answer: str, reason: str) -> None:
    allowed = ANSWERS.get(code, ())
    if answer not in allowed:
        raise FieldsError(
            {"answer": _("Choose one of the answers: %(answers)s.") % {"answers": ", ".join(allowed)}}
        )
    if code in NEEDS_REASON and answer == KEEP and not reason.strip():
        raise FieldsError(
            {"reason": _("Say how you know that it is this patient, for example 'new dentures, seen today'.")}
        )


def _apply(row: Photograph, code: QuestionCode, answer: str) -> None:
    if code is QuestionCode.MIRRORED:
        row.mirrored = answer
    row.status = PhotoStatus.WAITING if open_question(row) is None else PhotoStatus.QUESTIONED


def answers_of(code: str) -> tuple[str, ...]:
    """What may be answered to a question, ``remove`` last."""
    return tuple(str(answer) for answer in ANSWERS[QuestionCode(code)])
