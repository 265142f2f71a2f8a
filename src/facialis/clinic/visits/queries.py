"""What pages read of visits and consent."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from facialis.clinic.kernel.errors import NotNowError
from facialis.clinic.patients.models import Patient
from facialis.clinic.visits.models import (
    Consent,
    ConsentDecision,
    ConsentKind,
    ConsentText,
    Visit,
    VisitNote,
    VisitStatus,
)

ENGLISH = "en"


def require_open(visit: Visit) -> None:
    """Refuse to add anything to a visit that is not open; raises `NotNowError`."""
    if not visit.is_editable:
        raise NotNowError(_("Nothing can be added to this visit. %(why)s") % {"why": why_not_open(visit)})


def why_not_open(visit: Visit) -> str:
    """Why nothing can be added, and what to do."""
    return {
        VisitStatus.PLANNED: _("It is planned and not yet open. Open it first."),
        VisitStatus.CLOSED: _("It is closed. What was recorded can only be amended, with a reason."),
        VisitStatus.CANCELLED: _("It was cancelled. Open another visit."),
        VisitStatus.ENTERED_IN_ERROR: _("It is marked as entered in error. Open another visit."),
    }.get(VisitStatus(visit.status), "")


def visit_of_day(patient: Patient, day: date) -> Visit | None:
    """The visit of a day that counts; None where there is none."""
    return (
        Visit.objects.filter(patient=patient, day=day)
        .exclude(status__in=[VisitStatus.CANCELLED, VisitStatus.ENTERED_IN_ERROR])
        .first()
    )


def signed_notes(visit: Visit) -> list[VisitNote]:
    """Every signed version of the note, the newest first."""
    return list(visit.notes.select_related("signature", "by").order_by("-number"))


def note_is_unsigned(visit: Visit) -> bool:
    """Whether something is written that nobody signed."""
    return bool(visit.note.strip()) and not visit.notes.exists()


def current_texts(clinic_id: int, language: str) -> dict[ConsentKind, ConsentText]:
    """The newest version of each text, in a language or else in English."""
    found: dict[ConsentKind, ConsentText] = {}
    for wanted in (language, ENGLISH):
        rows = ConsentText.objects.filter(clinic=clinic_id, language=wanted).order_by("kind", "-number")
        for text in rows:
            found.setdefault(ConsentKind(text.kind), text)
    return found


def has_consent(patient: Patient, kind: ConsentKind) -> bool:
    """Whether the patient's latest decision about a kind of consent is that it is given."""
    found = latest_decisions(patient).get(kind)
    return found is not None and found.decision == ConsentDecision.GIVEN


def latest_decisions(patient: Patient) -> dict[ConsentKind, Consent]:
    """The decision that counts, by kind; what is missing was never decided."""
    return {kind: decisions[0] for kind, decisions in decisions_of(patient).items()}


def counting_decisions() -> QuerySet[Consent]:
    """Every decision that counts, the newest first. One in a visit that was an error counts no more."""
    return Consent.objects.exclude(visit__status=VisitStatus.ENTERED_IN_ERROR).order_by("-at")


def decisions_of(patient: Patient) -> dict[ConsentKind, list[Consent]]:
    """Every decision of a patient that counts, by kind, the newest first."""
    found: dict[ConsentKind, list[Consent]] = {}
    rows = counting_decisions().filter(patient=patient)
    for consent in rows.select_related("text", "recorded_by"):
        found.setdefault(ConsentKind(consent.text.kind), []).append(consent)
    return found


def has_visits_before(patient: Patient, day: date) -> bool:
    """Whether the patient was seen here before a day."""
    seen = [VisitStatus.OPEN, VisitStatus.CLOSED]
    return Visit.objects.filter(patient=patient, day__lt=day, status__in=seen).exists()
