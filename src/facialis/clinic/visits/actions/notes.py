"""The note of a visit: preliminary, then final by a signature, then amended with a reason."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record, sign
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError, StaleVersionError
from facialis.clinic.kernel.reasons import told_correction
from facialis.clinic.kernel.times import now
from facialis.clinic.visits.models import Visit, VisitNote, VisitStatus
from facialis.clinic.visits.queries import require_open

MEANING = "I stand for this note"
LONGEST_NOTE = 20_000


@transaction.atomic
def save_note(*, by: User, visit: Visit, version: int, text: str) -> Visit:
    """Keep a note that is still being written; raises `NotNowError` once one is signed."""
    require(by, Act.EDIT_PATIENT)
    row = Visit.locked(visit.pk, version)
    require_open(row)
    if row.notes.exists():
        raise NotNowError(_("The note is signed. It can be amended, with a reason."))
    row.note = text
    row.raise_version()
    row.save()
    record(Verb.CHANGE, "visits.note", by=by, record_id=row.pk, patient_id=row.patient_id)
    return row


@transaction.atomic
def sign_note(*, by: User, visit: Visit, version: int, method: str) -> VisitNote:
    """Make the note final that stands in a version of the visit, as it was shown to the person who signs.

    A second signature by the same person, whose first answer was lost, changes nothing and returns the first.

    Parameters
    ----------
    method : str    How the person proved to be the person, from `accounts.reauthentication`.
    """
    require(by, Act.SIGN_NOTE)
    row = Visit.locked(visit.pk, None)
    signed = row.notes.order_by("-number").first()
    if signed is not None and (signed.number, signed.by_id, signed.text) == (1, by.pk, row.note.strip()):
        return signed
    row = Visit.locked(visit.pk, version)
    require_open(row)
    if signed is not None:
        raise NotNowError(_("The note is signed already. It can be amended, with a reason."))
    return _keep(row, by=by, number=1, text=row.note, reason="", method=method)


@transaction.atomic
def amend_note(*, by: User, visit: Visit, after: int, text: str, reason: str, method: str) -> VisitNote:
    """Put a new signed version beside the earlier ones, which are kept.

    Parameters
    ----------
    after : int     Number of the version that was amended.
    """
    require(by, Act.AMEND)
    row = Visit.locked(visit.pk, None)
    if row.status not in {VisitStatus.OPEN, VisitStatus.CLOSED}:
        raise NotNowError(_("The note of a visit that does not count cannot be amended."))
    newest = row.notes.order_by("-number").first()
    if newest is None:
        raise NotNowError(_("The note is not signed yet. Write it and sign it."))
    if newest.number != after:
        raise StaleVersionError(
            _("Somebody else amended this note meanwhile. Read the newest version, then amend it.")
        )
    reason = told_correction(reason)
    if text.strip() == newest.text.strip():
        raise FieldsError({"text": _("This is the text that is signed already. Change it, or go back.")})
    return _keep(row, by=by, number=after + 1, text=text, reason=reason, method=method)


def _keep(visit: Visit, *, by: User, number: int, text: str, reason: str, method: str) -> VisitNote:
    _require_text(text)
    note = VisitNote(visit=visit, number=number, text=text.strip(), reason=reason, by=by, at=now())
    note.signature = sign(
        "visits.note",
        by=by,
        record_id=note.pk,
        patient_id=visit.patient_id,
        meaning=MEANING,
        method=method,
        document=document_of(note),
        at=note.at,
    )
    note.save(force_insert=True)
    visit.note = note.text
    visit.raise_version()
    visit.save()
    if number > 1:
        record(
            Verb.AMEND,
            "visits.note",
            by=by,
            record_id=note.pk,
            patient_id=visit.patient_id,
            details={"number": number},
        )
    return note


def document_of(note: VisitNote) -> dict[str, Any]:
    """What is signed."""
    return {
        "kind": "visit-note",
        "patient": note.visit.patient.pseudonym,
        "day": note.visit.day.isoformat(),
        "number": note.number,
        "text": note.text,
        "reason": note.reason,
    }


def _require_text(text: str) -> None:
    if not text.strip():
        raise FieldsError({"text": _("There is nothing to sign. Write the note first.")})
    if len(text) > LONGEST_NOTE:
        raise FieldsError(
            {"text": _("The note is longer than %(most)d characters.") % {"most": LONGEST_NOTE}}
        )
