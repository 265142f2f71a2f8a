"""What pages read of visits and consent."""

from django.utils.translation import gettext as _

from facialis.clinic.kernel.errors import NotNowError
from facialis.clinic.patients.models import Patient
from facialis.clinic.visits.models import Consent, ConsentDecision, ConsentKind, Visit, VisitStatus


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


def has_consent(patient: Patient, kind: ConsentKind) -> bool:
    """Whether the patient's latest decision about a kind of consent is that it is given."""
    found = latest_decisions(patient).get(kind)
    return found is not None and found.decision == ConsentDecision.GIVEN


def latest_decisions(patient: Patient) -> dict[ConsentKind, Consent]:
    """The decision that counts, by kind; what is missing was never decided."""
    found: dict[ConsentKind, Consent] = {}
    rows = Consent.objects.filter(patient=patient).select_related("text", "recorded_by").order_by("-at")
    for consent in rows:
        found.setdefault(ConsentKind(consent.text.kind), consent)
    return found
