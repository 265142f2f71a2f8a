"""The checklist before an injection: what the record shows, and what a clinician answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.plans.case_visits import SeenVisits
from facialis.clinic.plans.links import page_url
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.visits.models import Visit
from facialis.planning.case.prerequisites import Prerequisite

if TYPE_CHECKING:
    from facialis.planning.case.answers import Answer


@dataclass(frozen=True)
class RecordFact:
    """What the record says of one point."""

    prerequisite: Prerequisite
    words: str
    is_done: bool | None
    """None: the record cannot tell, a clinician answers."""
    said: str
    """What was found, in a sentence."""
    page: str
    """Name of the page where it is done; empty: there is none."""
    key: UUID | None

    @property
    def url(self) -> str:
        """Address of that page."""
        return page_url(self.page, self.key)

    @property
    def is_asked(self) -> bool:
        """Whether a clinician may answer; consent counts only as the patient signed it."""
        return not self.is_done and self.prerequisite is not Prerequisite.OFF_LABEL_CONSENT


def record_facts(visit: Visit, seen: SeenVisits, *, consented: bool) -> tuple[RecordFact, ...]:
    """Every point of the checklist.

    Parameters
    ----------
    visit, seen         The visit of the plan, and all until then.
    consented : bool    Whether the treatment is consented to.
    """
    patient = visit.patient
    palsy = getattr(patient, "palsy", None)
    is_graded = seen.is_graded(visit)
    measured = Photograph.objects.filter(
        visit=visit, status=PhotoStatus.MEASURED, expression__in=list(NINE_PHOTOGRAPHS)
    ).count()
    eye = seen.eye_day
    trains = palsy is not None and palsy.retraining_start is not None
    asked = patient.medication.get("state") != "not_asked" and patient.allergies.get("state") != "not_asked"
    at_visit, at_patient = visit.pk, patient.pk
    return (
        RecordFact(
            Prerequisite.DIAGNOSIS_CONFIRMED,
            _("The diagnosis is confirmed: cause and duration"),
            None,
            "",
            "palsy_edit",
            at_patient,
        ),
        RecordFact(
            Prerequisite.GRADING_DONE,
            _("The face was graded by a clinician"),
            True if is_graded else None,
            _("A final grade stands in this visit.") if is_graded else _("No final grade in this visit."),
            "grade",
            at_visit,
        ),
        RecordFact(
            Prerequisite.EYE_EXAMINED,
            _("The eye was examined: closure, Bell phenomenon, sensation, dryness"),
            True if eye else None,
            _("Examined on %(day)s.") % {"day": day_words(eye)} if eye else _("Closure not examined."),
            "visit_edit",
            at_visit,
        ),
        RecordFact(
            Prerequisite.PHOTOGRAPHS_TAKEN,
            _("The standard photographs were taken"),
            True if measured == len(NINE_PHOTOGRAPHS) else None,
            _("%(count)d of %(all)d are measured.") % {"count": measured, "all": len(NINE_PHOTOGRAPHS)},
            "capture",
            at_visit,
        ),
        RecordFact(
            Prerequisite.OFF_LABEL_CONSENT,
            _("The patient consents to treatment outside the label"),
            consented,
            _("Consent is given and not withdrawn.") if consented else _("No consent is given."),
            "consent",
            at_visit,
        ),
        RecordFact(
            Prerequisite.RETRAINING_PLANNED,
            _("Neuromuscular retraining is planned or under way"),
            True if trains else None,
            _("Its start is recorded.") if trains else _("No start is recorded."),
            "palsy_edit",
            at_patient,
        ),
        RecordFact(
            Prerequisite.MEDICATION_CHECKED,
            _("Medication, allergies and pregnancy were checked today"),
            None,
            _("Both lists are answered; say whether they were checked today.")
            if asked
            else _("Medication or allergies were not asked."),
            "health_edit",
            at_patient,
        ),
        RecordFact(
            Prerequisite.EMERGENCY_SHEET_GIVEN,
            _("The patient has, or gets today, the sheet with the emergency signs"),
            None,
            "",
            "",
            None,
        ),
    )


def answers_of(stated: Mapping[str, str], facts: tuple[RecordFact, ...]) -> "dict[Prerequisite, Answer]":
    """Answers that a case gets: what the record shows first, then what a clinician said."""
    from facialis.planning.case.answers import Answer

    found = {}
    for fact in facts:
        said = Answer(stated.get(fact.prerequisite.value, Answer.UNKNOWN))
        if fact.is_done:
            said = Answer.YES
        elif not fact.is_asked:
            said = Answer.NO
        found[fact.prerequisite] = said
    return found
