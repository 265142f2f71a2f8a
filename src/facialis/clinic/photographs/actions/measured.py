"""What the detector found, on the photograph's row."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.models import User
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import NotNowError
from facialis.clinic.photographs.identity import differs
from facialis.clinic.photographs.models import MirroredChoice, Photograph, PhotoStatus
from facialis.clinic.photographs.queries import PAST, identities_before
from facialis.clinic.photographs.questions import (
    QuestionCode,
    asked,
    open_question,
    questions_of,
    was_asked,
)

Finding = Mapping[str, Any]


@transaction.atomic
def note_measured(
    photograph_id: UUID,
    *,
    findings: Sequence[Finding],
    identity: Mapping[str, float] | None,
    by: User | None = None,
) -> PhotoStatus:
    """Keep that a photograph has been measured, or ask whether it is this patient.

    Parameters
    ----------
    photograph_id : UUID
    findings : sequence     Of the capture gate: code, severity, sentence.
    identity : mapping      As `identity.identity_of` gives it; None where it cannot be read.
    by : User               Who placed points; None for the detector.

    Returns
    -------
    PhotoStatus     ``measured``; ``questioned`` where the face at rest is not like the one of earlier
                    visits; or, unchanged, that of a photograph that was replaced or removed meanwhile.

    Raises
    ------
    NotNowError     Nobody said whether the picture is mirrored: its sides would be a guess.
    """
    row = _locked(photograph_id)
    if row.mirrored == MirroredChoice.UNKNOWN:
        raise NotNowError(
            "Nobody has said yet whether this photograph is mirrored, so that its sides are not known. "
            "Answer that first."
        )
    if row.status in PAST:
        return PhotoStatus(row.status)
    row.findings, row.refusal = [dict(finding) for finding in findings], None
    row.identity = None if identity is None else dict(identity)
    if row.expression == Expression.REST and row.identity and not was_asked(row, QuestionCode.ANOTHER_PERSON):
        sentence = differs(row.identity, identities_before(row))
        if sentence is not None:
            row.question = [*questions_of(row), asked(QuestionCode.ANOTHER_PERSON, sentence)]
    row.status = PhotoStatus.MEASURED if open_question(row) is None else PhotoStatus.QUESTIONED
    return _saved(row, by)


@transaction.atomic
def note_refused(
    photograph_id: UUID,
    *,
    refusal: Mapping[str, str],
    findings: Sequence[Finding] = (),
    by: User | None = None,
) -> PhotoStatus:
    """Keep why a photograph cannot be measured.

    Parameters
    ----------
    photograph_id : UUID
    refusal : mapping       ``code`` and ``sentence``.
    findings : sequence     Of the capture gate.
    by : User               Who caused it; None for the detector.
    """
    row = _locked(photograph_id)
    if row.status in PAST:
        return PhotoStatus(row.status)
    row.findings, row.refusal = [dict(finding) for finding in findings], dict(refusal)
    row.status = PhotoStatus.REFUSED
    return _saved(row, by)


def _locked(photograph_id: UUID) -> Photograph:
    return Photograph.objects.select_for_update(of=("self",)).select_related("visit").get(pk=photograph_id)


def _saved(row: Photograph, by: User | None) -> PhotoStatus:
    row.save(update_fields=["status", "findings", "refusal", "question", "identity"])
    record(
        Verb.CHANGE,
        "photographs.photograph",
        by=by,
        record_id=row.pk,
        patient_id=row.visit.patient_id,
        details={"status": str(row.status), "expression": row.expression},
    )
    return PhotoStatus(row.status)
