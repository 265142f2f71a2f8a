"""Stand for a grade, correct it, or strike it out."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import sign
from facialis.clinic.audit.models import Verb
from facialis.clinic.grading.actions.common import WHAT, audit, require_writable
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.queries import COUNTED
from facialis.clinic.grading.stored import Scored, read_stored
from facialis.clinic.grading.suggestions import stored_value, taken_of
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.reasons import told_correction
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.kernel.times import now
from facialis.clinic.visits.queries import why_not_open
from facialis.grading.errors import GradingError

FORMAT = "facialis-grading/1"
MEANING = "This is my grade"


@transaction.atomic
def finalise(
    *, by: User, pk: UUID, version: int | None, method: str, accepts_missing: bool = False
) -> Grading:
    """Sign a draft; from then on it is never changed.

    A second signature of the same record changes nothing and returns it as it is signed.

    Parameters
    ----------
    version             Of the draft that was read before signing.
    accepts_missing     Whether the person says that items without an answer were not assessed.

    Raises
    ------
    FieldsError, NotNowError, StaleVersionError, NotPermittedError
    """
    require(by, Act.FINALISE_GRADE)
    row = Grading.objects.for_user(by).get(pk=pk)
    if row.signature_id is not None:
        return row
    # In the order in which a strike-out locks them.
    amended = None if row.amends_id is None else Grading.locked(row.amends_id, None)
    grading = Grading.locked(pk, version)
    if grading.status != NoteStatus.PRELIMINARY:
        raise NotNowError(_("This grading is %(status)s.") % {"status": grading.get_status_display()})
    if grading.visit.status not in COUNTED:
        raise NotNowError(
            _("Nothing of this visit can be signed. %(why)s") % {"why": why_not_open(grading.visit)}
        )
    found = _complete(grading, accepts_missing)
    if amended is not None:
        if amended.status != NoteStatus.FINAL:
            raise NotNowError(
                _("What this would amend is %(status)s meanwhile. Mark this version as entered in error.")
                % {"status": amended.get_status_display()}
            )
        amended.status = NoteStatus.AMENDED
        amended.raise_version()
        amended.save()
        audit(Verb.CHANGE, by, amended, {"status": "amended"})
    grading.result = found.score.to_plain()
    grading.finalised_by, grading.finalised_at = by, now()
    with override("en"):  # the document is the same whatever language the page has
        document = grading_document(grading)
    grading.status = NoteStatus.FINAL
    grading.signature = sign(
        WHAT,
        by=by,
        record_id=grading.pk,
        patient_id=grading.visit.patient_id,
        meaning=MEANING,
        method=method,
        document=document,
        at=grading.finalised_at,
    )
    grading.raise_version()
    grading.save()
    return grading


@transaction.atomic
def amend(*, by: User, pk: UUID, reason: str) -> Grading:
    """Begin a corrected version; the signed one stands until the new one is signed."""
    require(by, Act.AMEND)
    Grading.objects.for_user(by).get(pk=pk)
    old = Grading.locked(pk, None)
    if old.status != NoteStatus.FINAL:
        raise NotNowError(
            _("Only a final grading is amended; this one is %(status)s.")
            % {"status": old.get_status_display()}
        )
    require_writable(old.visit, is_amendment=True)
    rows = Grading.objects.filter(visit=old.visit, instrument=old.instrument)
    existing = rows.filter(status=NoteStatus.PRELIMINARY).first()
    if existing is not None:
        return existing
    new = Grading.objects.create(
        visit=old.visit,
        instrument=old.instrument,
        answers=old.answers,
        result=old.result,
        suggested=old.suggested,
        amends=old,
        reason=told_correction(reason),
        by=by,
    )
    audit(Verb.AMEND, by, new, {"amends": str(old.pk)})
    return new


@transaction.atomic
def mark_error(*, by: User, pk: UUID, reason: str) -> Grading:
    """Strike a grading out: it stays in the record and no longer counts."""
    require(by, Act.MARK_ERROR)
    Grading.objects.for_user(by).get(pk=pk)
    grading = Grading.locked(pk, None)
    if grading.status == NoteStatus.ENTERED_IN_ERROR:
        return grading
    reason = told_correction(reason)
    for amendment in Grading.objects.select_for_update().filter(
        amends=grading, status=NoteStatus.PRELIMINARY
    ):
        _strike_out(amendment, by, reason)  # signed, it would bring back what is struck out here
    _strike_out(grading, by, reason)
    return grading


def _strike_out(grading: Grading, by: User, reason: str) -> None:
    if grading.status == NoteStatus.PRELIMINARY:
        grading.amends = None  # what it would have amended still stands, and can be amended anew
    grading.reason, grading.status = reason, NoteStatus.ENTERED_IN_ERROR
    grading.raise_version()
    grading.save()
    audit(Verb.MARK_ERROR, by, grading)


def grading_document(grading: Grading) -> dict[str, Any]:
    """What is signed: answers, scores, and what had been suggested."""
    taken = taken_of(grading.suggested)
    items = grading.answers["answers"]
    return {
        "format": FORMAT,
        "grading": str(grading.pk),
        "amends": None if grading.amends_id is None else str(grading.amends_id),
        "reason": grading.reason,
        "patient": grading.visit.patient.pseudonym,
        "visit": str(grading.visit_id),
        "day": grading.visit.day.isoformat(),
        "answers": grading.answers,
        "result": grading.result,
        "suggested": {name: stored_value(grading.suggested, name) for name in items},
        "taken_over": sorted(taken),
        "measurement": grading.suggested.get("measurement"),
    }


def _complete(grading: Grading, accepts_missing: bool) -> Scored:
    try:
        found = read_stored(grading)
    except GradingError as error:
        raise FieldsError({"__all__": str(error)}) from error
    completeness = found.score.completeness
    if not completeness.answered:
        raise FieldsError({"__all__": _("Nothing is answered, so there is nothing to stand for.")})
    if completeness.missing and not accepts_missing:
        raise FieldsError(
            {
                "accepts_missing": _(
                    "%(missing)d of %(asked)d items have no answer. Answer them, or say that they were not "
                    "assessed."
                )
                % {"missing": len(completeness.missing), "asked": completeness.asked}
            }
        )
    return found
