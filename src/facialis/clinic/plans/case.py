"""A patient's record as the case that planning reads; what contradicts itself says where to correct it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from facialis.clinic.kernel.days import days_in_words
from facialis.clinic.kernel.errors import ClinicError
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.patients import models
from facialis.clinic.patients.case import (
    planning_lists,
    planning_palsy,
    planning_patient,
    planning_wishes,
)
from facialis.clinic.plans.case_visits import (
    SeenVisits,
    newest_measurements,
    planning_visits,
    seen_visits,
)
from facialis.clinic.plans.links import page_url
from facialis.errors import FacialisError

if TYPE_CHECKING:
    from facialis.planning.case.answers import Answer
    from facialis.planning.case.case import Case
    from facialis.planning.case.prerequisites import Prerequisite


class CaseRefusedError(ClinicError):
    """The record contradicts itself, or lacks what every plan needs; it names the page to correct it on."""

    code = "case_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, sentence: str, url: str, where: str) -> None:
        super().__init__(sentence)
        self.sentence, self.url, self.where = sentence, url, where


def case_of(
    patient: models.Patient,
    on: date,
    prerequisites: "Mapping[Prerequisite, Answer] | None" = None,
    *,
    seen: SeenVisits | None = None,
) -> "Case":
    """The whole case as it is known on a day.

    Parameters
    ----------
    patient         With its palsy and wishes.
    on : date       Of the session; later visits are left out.
    prerequisites   Answers of the checklist.
    seen            Of `seen_visits`, where they are at hand.

    Raises
    ------
    CaseRefusedError
    """
    from facialis.clinic.treatments.queries import planning_treatments
    from facialis.planning.case.answers import ListState
    from facialis.planning.case.case import Case

    pk = patient.pk
    with _corrected_at("palsy_edit", pk, _("The palsy")):
        palsy = planning_palsy(_palsy_of(patient))
    with _corrected_at("health_edit", pk, _("Conditions, medication and allergies")):
        lists = planning_lists(patient)
    with _corrected_at("wishes_edit", pk, _("The wishes")):
        wishes = planning_wishes(getattr(patient, "wishes", None))
    with _corrected_at("patient", pk, _("The treatments and visits of the patient")):
        treatments = tuple(one for one in planning_treatments(patient, on) if one.day <= on)
        visits = planning_visits(seen or seen_visits(patient, on))
    stated = ListState(patient.earlier_toxin)
    with _corrected_at("patient_edit", pk, _("The patient's details")):
        case = Case(
            case_id=patient.pseudonym,
            patient=planning_patient(patient),
            palsy=palsy,
            visits=visits,
            treatments=treatments,
            # What is given here is known without asking.
            earlier_toxin=ListState.KNOWN if treatments else _without_treatments(stated, patient),
            conditions=lists.conditions,
            medication=lists.medication,
            allergies=lists.allergies,
            wishes=wishes,
            prerequisites=prerequisites or {},
        )
        case.require_on(on)
    return case


def case_document(case: "Case") -> dict[str, Any]:
    """The case as JSON knows it, `facialis-case/1`."""
    from facialis.report.case_writing import case_to_plain

    return case_to_plain(case)


def measured_documents(
    patient: models.Patient, on: date | None = None, *, seen: SeenVisits | None = None
) -> dict[date, dict[str, Any]]:
    """The newest measurement of every visit that counts, by its day."""
    newest = newest_measurements(patient, on) if seen is None else seen.measurements
    rows = Measurement.objects.filter(pk__in=list(newest.values())).select_related("visit")
    return {row.visit.day: row.document for row in sorted(rows, key=lambda row: row.visit.day)}


def _palsy_of(patient: models.Patient) -> models.Palsy:
    found: models.Palsy | None = getattr(patient, "palsy", None)
    if found is None:
        raise CaseRefusedError(
            _("The palsy is not recorded yet, and every rule asks for its side and its onset."),
            page_url("palsy_edit", patient.pk),
            _("The palsy"),
        )
    return found


def _without_treatments(stated: Any, patient: models.Patient) -> Any:
    from facialis.planning.case.answers import ListState

    if stated is ListState.KNOWN:
        raise CaseRefusedError(
            _("Earlier toxin is said to be known, and no treatment is listed. Add it, or change the answer."),
            page_url("earlier_treatment_new", patient.pk),
            _("Earlier treatments"),
        )
    return stated


@contextmanager
def _corrected_at(page: str, pk: object, where: str) -> Iterator[None]:
    """Turn a refusal of planning into one that says where to correct it."""
    try:
        yield
    except CaseRefusedError:
        raise
    except FacialisError as error:
        raise CaseRefusedError(days_in_words(str(error)), page_url(page, pk), where) from error
