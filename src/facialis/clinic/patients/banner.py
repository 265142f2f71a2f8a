"""What stands above every page of a patient: who it is, and what must not be overlooked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.db.models import Q, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from facialis.clinic.followup.models import AdverseEvent, Seriousness
from facialis.clinic.kernel.states import AnswerChoice, NoteStatus
from facialis.clinic.kernel.times import today
from facialis.clinic.patients.case import UnreadableError, coded_list
from facialis.clinic.patients.models import EarlierTreatment, Palsy, Patient
from facialis.clinic.patients.words import (
    ALLERGIES,
    BLEEDING,
    CAUSES,
    CONDITIONS,
    DRUGS,
    NEUROMUSCULAR,
    REACTION,
    worded,
)
from facialis.clinic.treatments.queries import in_the_patient
from facialis.planning.case.answers import CodedList, ListState

EDGES = 6
"""Colours of the banner's edge, from 1."""
_ALLERGY_STATUS = {
    ListState.KNOWN: "known",
    ListState.NONE: "none_known",
    ListState.NOT_ASKED: "not_recorded",
}


@dataclass(frozen=True)
class LastToxin:
    """The latest toxin that is known, here or elsewhere."""

    day: date
    product: str
    units: Decimal | None


@dataclass(frozen=True)
class Banner:
    """As `site/components/patient_banner.html` shows it."""

    patient_id: object
    surname: str
    first_name: str
    title: str
    url: str
    born: date
    on: date
    sex: str
    identifiers: tuple[tuple[str, str], ...]
    deceased: date | None
    allergy_status: str
    """known, none_known, not_recorded or unavailable: never merged."""
    allergies: tuple[str, ...]
    risks: tuple[str, ...]
    affected: str
    diagnosis: str
    last_toxin: LastToxin | None
    edge: int


def banner_of(patient: Patient) -> Banner:
    """Everything that the banner of a patient shows, in three queries."""
    allergies = _readable(patient.allergies)
    palsy = palsy_of(patient)
    return Banner(
        patient_id=patient.pk,
        surname=patient.family_name,
        first_name=patient.given_names,
        title=patient.title,
        url=reverse("patient", args=[patient.pk]),
        born=patient.birth_date,
        on=today(),
        sex=patient.get_sex_display() or _("not recorded"),
        identifiers=((_("Record number"), patient.record_number),),
        deceased=patient.deceased_on,
        allergy_status="unavailable" if allergies is None else _ALLERGY_STATUS[allergies.state],
        allergies=() if allergies is None else (*worded(allergies.codes, ALLERGIES), *allergies.others),
        risks=_risks(patient, allergies),
        affected="" if palsy is None else palsy.affected_side,
        diagnosis="" if palsy is None else _diagnosis(palsy),
        last_toxin=last_toxin(patient),
        edge=edge_of(patient.pseudonym),
    )


def palsy_of(patient: Patient) -> Palsy | None:
    """The palsy, where its history was taken."""
    found: Palsy | None = getattr(patient, "palsy", None)
    return found


def edge_of(pseudonym: str) -> int:
    """Colour of the banner's edge, 1 to 6: the same on every page of a patient."""
    return 1 + sha256(pseudonym.encode()).digest()[0] % EDGES


def last_toxin(patient: Patient) -> LastToxin | None:
    """The later of what was given here and what was given elsewhere.

    A treatment whose record is not signed yet counts too: the toxin is in the patient.
    """
    here = (
        in_the_patient(patient)
        .annotate(day=TruncDate("at"), units=Sum("points__given_units"))
        .order_by("-day", "-started_at")
        .values_list("day", "plan__product", "units")
        .first()
    )
    elsewhere = (
        EarlierTreatment.objects.filter(patient=patient, entered_in_error=False)
        .order_by("-day")
        .values_list("day", "product", "total_units")
        .first()
    )
    found = max((one for one in (here, elsewhere) if one is not None), key=lambda one: one[0], default=None)
    if found is None:
        return None
    return LastToxin(day=found[0], product=found[1] or _("product not known"), units=found[2])


def _diagnosis(palsy: Palsy) -> str:
    cause = str(CAUSES.get(palsy.cause, palsy.cause))
    return cause if palsy.affected_side else _("both sides, %(cause)s") % {"cause": cause}


def _risks(patient: Patient, allergies: CodedList | None) -> tuple[str, ...]:
    conditions, medication = _readable(patient.conditions), _readable(patient.medication)
    found = []
    if conditions is None:
        found.append(_("Conditions unavailable"))
    else:
        found += worded(tuple(code for code in conditions.codes if code in NEUROMUSCULAR), CONDITIONS)
    if patient.pregnancy == AnswerChoice.YES:
        found.append(_("Pregnant"))
    if patient.lactation == AnswerChoice.YES:
        found.append(_("Breastfeeding"))
    if medication is None:
        found.append(_("Medication unavailable"))
    else:
        found += worded(tuple(code for code in medication.codes if code in BLEEDING), DRUGS)
    if (allergies is not None and REACTION in allergies.codes) or _had_serious_event(patient):
        found.append(_("Previous reaction"))
    return tuple(found)


def _had_serious_event(patient: Patient) -> bool:
    return AdverseEvent.objects.filter(
        ~Q(status=NoteStatus.ENTERED_IN_ERROR), patient=patient, seriousness=Seriousness.SERIOUS
    ).exists()


def _readable(stored: object) -> CodedList | None:
    try:
        return coded_list(stored, "")
    except UnreadableError:
        return None
