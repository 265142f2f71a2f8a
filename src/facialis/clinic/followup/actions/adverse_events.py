"""Report an adverse event, correct it, or strike it out."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.events import CRITERIA, ONE_SIDED, OTHER, SEVERITIES, event_kinds
from facialis.clinic.followup.models import AdverseEvent, Seriousness
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.reasons import told_correction
from facialis.clinic.kernel.states import NoteStatus, SideChoice
from facialis.clinic.kernel.times import today
from facialis.clinic.patients.models import Patient
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.treatments.models import Treatment


@transaction.atomic
def report_adverse_event(
    *,
    by: User,
    patient: Patient,
    treatment: Treatment | None,
    kind: str,
    onset: date,
    seriousness: str,
    criteria: Sequence[str] = (),
    severity: str = "",
    other: str = "",
    side: str = "",
    resolved: date | None = None,
    action_taken: str = "",
    narrative: str = "",
) -> AdverseEvent:
    """Keep that something unwanted happened; raises `FieldsError` for what contradicts itself."""
    require(by, Act.REPORT_ADVERSE_EVENT)
    patient = Patient.objects.for_user(by).get(pk=patient.pk)
    if treatment is not None and treatment.plan.visit.patient_id != patient.pk:
        raise FieldsError({"treatment": _("This treatment is not one of this patient.")})
    event = AdverseEvent(
        patient=patient,
        treatment=treatment,
        kind=kind,
        other=other.strip(),
        side=side,
        onset=onset,
        resolved=resolved,
        seriousness=seriousness,
        criteria=list(criteria),
        severity=severity,
        action_taken=action_taken.strip(),
        narrative=narrative.strip(),
        reported_by=by,
    )
    _require_whole(event)
    event.save(force_insert=True)
    _audit(Verb.CREATE, by, event)
    return event


@transaction.atomic
def change_adverse_event(
    *, by: User, pk: UUID, version: int, resolved: date | None, action_taken: str, narrative: str, reason: str
) -> AdverseEvent:
    """Complete what is known of an event; the earlier version is kept in its history."""
    require(by, Act.REPORT_ADVERSE_EVENT)
    AdverseEvent.objects.for_user(by).get(pk=pk)
    event = AdverseEvent.locked(pk, version)
    if event.status == NoteStatus.ENTERED_IN_ERROR:
        raise NotNowError(_("This event was entered in error and stays as it is."))
    event.resolved, event.action_taken, event.narrative = resolved, action_taken.strip(), narrative.strip()
    event.status, event.status_reason = NoteStatus.AMENDED, told_correction(reason)
    _require_whole(event)
    event.raise_version()
    event.save()
    _audit(Verb.AMEND, by, event)
    return event


@transaction.atomic
def mark_event_error(*, by: User, pk: UUID, reason: str) -> AdverseEvent:
    """Strike an event out; it stays in the record."""
    require(by, Act.MARK_ERROR)
    AdverseEvent.objects.for_user(by).get(pk=pk)
    event = AdverseEvent.locked(pk, None)
    event.status, event.status_reason = NoteStatus.ENTERED_IN_ERROR, told_correction(reason)
    event.raise_version()
    event.save()
    _audit(Verb.MARK_ERROR, by, event)
    return event


def _require_whole(event: AdverseEvent) -> None:
    errors = {**_wrong_words(event), **_wrong_days(event), **_wrong_seriousness(event)}
    if errors:
        raise FieldsError(errors)


def _wrong_words(event: AdverseEvent) -> dict[str, str]:
    errors = {}
    if event.kind not in event_kinds():
        errors["kind"] = _("Choose what happened from the list, or 'other'.")
    if event.kind == OTHER and not event.other:
        errors["other"] = _("Say in a few words what happened.")
    if event.side not in {"", *SideChoice.values}:
        errors["side"] = _("Say LEFT, RIGHT, or leave it empty.")
    elif not event.side and event.kind in ONE_SIDED:
        errors["side"] = _("Say on which side: LEFT or RIGHT, the patient's.")
    if event.severity not in {"", *SEVERITIES}:
        errors["severity"] = _("Choose how severe it is.")
    return errors


def _wrong_days(event: AdverseEvent) -> dict[str, str]:
    errors = {}
    given_at = None if event.treatment is None else event.treatment.given_at
    if event.onset > today():
        errors["onset"] = _("The onset lies in the future. Correct the date.")
    elif given_at is not None and event.onset < timezone.localdate(given_at):
        errors["onset"] = _(
            "The onset is before the treatment on %(day)s. Correct the date, or choose another treatment."
        ) % {"day": day_words(timezone.localdate(given_at))}
    if event.resolved is not None and not event.onset <= event.resolved <= today():
        errors["resolved"] = _("It ended between its onset and today. Correct the date, or leave it empty.")
    return errors


def _wrong_seriousness(event: AdverseEvent) -> dict[str, str]:
    errors = {}
    if event.seriousness not in Seriousness.values:
        errors["seriousness"] = _("Say whether it is serious.")
    if set(event.criteria) - set(CRITERIA):
        errors["criteria"] = _("Choose the reasons from the list.")
    elif (event.seriousness == Seriousness.SERIOUS) != bool(event.criteria):
        errors["criteria"] = _(
            "A serious event has at least one of these reasons, and one that is not serious has none. "
            "Correct one of them."
        )
    return errors


def _audit(verb: Verb, by: User, event: AdverseEvent) -> None:
    record(
        verb, "followup.adverse_event", by=by, record_id=event.pk, patient_id=event.patient_id,
        details={"kind": event.kind, "seriousness": str(event.seriousness), "status": str(event.status)},
    )  # fmt: skip
