"""Questions about a photograph that a person answers before it counts.

A row keeps all of them, each with its sentence and, once answered, who answered what, why and when.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from facialis.clinic.accounts.models import User
from facialis.clinic.photographs.models import Photograph

Question = dict[str, Any]


class QuestionCode(StrEnum):
    """What may be asked."""

    MIRRORED = "mirrored"
    EXPRESSION = "expression"
    ANOTHER_PERSON = "another_person"
    LABEL_NAME = "label_name"
    SAME_FILE = "same_file"


NEEDS_REASON = frozenset({QuestionCode.ANOTHER_PERSON, QuestionCode.SAME_FILE})
"""That a face is the patient's although something speaks against it is a judgement; it says why."""


def asked(code: QuestionCode, sentence: str) -> Question:
    """A question that is open."""
    return {"code": str(code), "sentence": sentence, "answer": None}


def answered(question: Question, answer: str, *, reason: str, by: User, at: datetime) -> Question:
    """The same question with its answer."""
    return {
        **question,
        "answer": answer,
        "reason": reason,
        "by": by.pk,
        "by_name": by.signature_name,
        "at": at.isoformat(),
    }


def questions_of(photograph: Photograph) -> list[Question]:
    """All questions, open and answered, in the order in which they were asked."""
    return list(photograph.question or [])


def open_question(photograph: Photograph) -> Question | None:
    """The one to answer next, or None."""
    return next((q for q in questions_of(photograph) if q["answer"] is None), None)


def was_asked(photograph: Photograph, code: QuestionCode) -> bool:
    """Whether it was asked before, answered or not; nothing is asked twice."""
    return any(question["code"] == code for question in questions_of(photograph))
