"""From the appointment to the closed visit."""

from collections.abc import Mapping
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.actions import fulfil_dues
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.fields import plain_text
from facialis.clinic.kernel.reasons import told_correction
from facialis.clinic.kernel.states import NoteStatus, PlanStatus
from facialis.clinic.kernel.times import now, today
from facialis.clinic.patients.models import Patient
from facialis.clinic.plans.models import Plan
from facialis.clinic.treatments.models import Treatment
from facialis.clinic.visits.models import Visit, VisitPurpose, VisitStatus
from facialis.clinic.visits.queries import note_is_unsigned, require_open, visit_of_day

EXAMINED = (
    "eye_closure",
    "bell_phenomenon",
    "corneal_sensation",
    "dry_eye",
    "corneal_problem",
    "holds_liquids",
)


class SecondVisitError(NotNowError):
    """There is a visit of this patient on that day."""

    code = "visit_exists"

    def __init__(self, visit: Visit) -> None:
        super().__init__(
            _(
                "This patient has a visit on that day already; photographs and measures of one day belong "
                "together."
            )
        )
        self.visit = visit


@transaction.atomic
def plan_visit(
    *, by: User, patient: Patient, day: date, planned_time: time | None = None, purpose: str
) -> Visit:
    """Make an appointment.

    Raises
    ------
    FieldsError         The day lies in the past, or after the patient's death.
    SecondVisitError    There is a visit on that day.
    """
    require(by, Act.EDIT_PATIENT)
    if day < today():
        raise FieldsError({"day": _("An appointment lies today or later. Check the day.")})
    return _create(
        by=by,
        patient=patient,
        day=day,
        purpose=purpose,
        planned_time=planned_time,
        status=VisitStatus.PLANNED,
    )


@transaction.atomic
def open_visit_today(*, by: User, patient: Patient, purpose: str = VisitPurpose.FIRST) -> Visit:
    """Open the visit of today: the one that was planned, or a new one; the open one as it is.

    Raises
    ------
    SecondVisitError    Today's visit is closed.
    """
    require(by, Act.EDIT_PATIENT)
    Patient.locked(patient.pk, None)
    found = visit_of_day(patient, today())
    if found is None:
        visit = _create(by=by, patient=patient, day=today(), purpose=purpose, status=VisitStatus.OPEN)
        visit.opened_by, visit.opened_at = by, now()
        visit.save()
        return visit
    if found.status == VisitStatus.OPEN:
        return found
    if found.status == VisitStatus.CLOSED:
        raise SecondVisitError(found)
    return start_visit(by=by, visit=found)


@transaction.atomic
def start_visit(*, by: User, visit: Visit) -> Visit:
    """Open a planned visit on its day; raises `NotNowError` on another."""
    require(by, Act.EDIT_PATIENT)
    row = Visit.locked(visit.pk, None)
    if row.status == VisitStatus.OPEN:
        return row
    if row.status != VisitStatus.PLANNED:
        raise NotNowError(_("Only a planned visit can be opened; this one is %(state)s.") % _state(row))
    if row.day != today():
        raise NotNowError(
            _("A visit is opened on its day. Open a visit of today instead, and cancel this appointment.")
        )
    row.opened_by, row.opened_at = by, now()
    return _set_status(row, VisitStatus.OPEN, by=by)


@transaction.atomic
def examine(*, by: User, visit: Visit, version: int, values: Mapping[str, str]) -> Visit:
    """Keep what was found at eye and mouth; ``values`` are fields of `EXAMINED`."""
    require(by, Act.EDIT_PATIENT)
    row = Visit.locked(visit.pk, version)
    require_open(row)
    changed = [name for name in EXAMINED if name in values and getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    row.raise_version()
    row.save()
    _audit(Verb.CHANGE, row, by=by, details={"fields": changed})
    return row


@transaction.atomic
def close_visit(*, by: User, visit: Visit) -> Visit:
    """End a visit; a review that was due by its day is done.

    Raises
    ------
    NotNowError     It is not open, or something in it waits for a signature that could not be given later.
    """
    require(by, Act.EDIT_PATIENT)
    row = Visit.locked(visit.pk, None)
    if row.status == VisitStatus.CLOSED:
        return row
    require_open(row)
    reasons = stops_closing(row)
    if reasons:
        raise NotNowError(_("This visit cannot be closed yet. %(why)s") % {"why": " ".join(reasons)})
    row.closed_at = now()
    fulfil_dues(by=by, visit=row)
    return _set_status(row, VisitStatus.CLOSED, by=by)


def stops_closing(visit: Visit) -> list[str]:
    """Why a visit cannot be closed, in sentences."""
    found = []
    if Treatment.objects.filter(plan__visit=visit, status=NoteStatus.PRELIMINARY).exists():
        found.append(_("A treatment was begun and is not signed: sign it, or mark it as entered in error."))
    if Plan.objects.filter(visit=visit, status=PlanStatus.DRAFT).exists():
        found.append(_("A plan is drafted and not signed: sign it, or mark it as entered in error."))
    if note_is_unsigned(visit):
        found.append(_("The note is not signed: a clinician signs it, or empties it."))
    return found


@transaction.atomic
def cancel_visit(*, by: User, visit: Visit, reason: str = "") -> Visit:
    """Cancel an appointment; raises `NotNowError` for a visit that took place."""
    require(by, Act.EDIT_PATIENT)
    row = Visit.locked(visit.pk, None)
    if row.status != VisitStatus.PLANNED:
        raise NotNowError(
            _(
                "Only a planned visit can be cancelled; this one is %(state)s. Mark it as entered in error "
                "instead."
            )
            % _state(row)
        )
    row.status_reason = plain_text(reason, "reason")
    return _set_status(row, VisitStatus.CANCELLED, by=by)


@transaction.atomic
def mark_visit_error(*, by: User, visit: Visit, reason: str) -> Visit:
    """Mark a visit as entered in error: it is kept and shown struck through, and nothing in it counts.

    Raises
    ------
    FieldsError     No reason.
    NotNowError     A signed treatment or plan stands in it: that is marked first, each by its own reason.
    """
    require(by, Act.MARK_ERROR)
    row = Visit.locked(visit.pk, None)
    reason = told_correction(reason)
    if row.status == VisitStatus.ENTERED_IN_ERROR:
        return row
    stands = Treatment.objects.filter(
        plan__visit=row, status__in=[NoteStatus.PRELIMINARY, NoteStatus.FINAL]
    ).exists()
    planned = Plan.objects.filter(visit=row, status__in=[PlanStatus.ACTIVE, PlanStatus.DRAFT]).exists()
    if stands or planned:
        raise NotNowError(
            _("A treatment or a plan stands in this visit. Mark it as entered in error or revoke it first.")
        )
    row.status_reason = reason
    return _set_status(row, VisitStatus.ENTERED_IN_ERROR, by=by, verb=Verb.MARK_ERROR)


def _create(
    *, by: User, patient: Patient, day: date, purpose: str, status: str, planned_time: time | None = None
) -> Visit:
    Patient.locked(patient.pk, None)
    if patient.deceased_on is not None and day > patient.deceased_on:
        raise FieldsError({"day": _("The patient died before this day. Check the record.")})
    found = visit_of_day(patient, day)
    if found is not None:
        raise SecondVisitError(found)
    visit = Visit.objects.create(
        patient=patient, day=day, purpose=purpose, planned_time=planned_time, status=status
    )
    _audit(Verb.CREATE, visit, by=by, details={"status": status})
    return visit


def _set_status(row: Visit, status: VisitStatus, *, by: User, verb: Verb = Verb.CHANGE) -> Visit:
    row.status = status
    row.raise_version()
    row.save()
    _audit(verb, row, by=by, details={"status": status.value})
    return row


def _audit(verb: Verb, visit: Visit, *, by: User, details: Mapping[str, object]) -> None:
    record(
        verb, "visits.visit", by=by, record_id=visit.pk, patient_id=visit.patient_id, details=dict(details)
    )


def _state(visit: Visit) -> dict[str, str]:
    return {"state": str(visit.get_status_display())}
