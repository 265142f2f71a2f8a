"""The record as a case: whole, and with every refusal leading to where it is corrected."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from facialis.anatomy.sides import Side
from facialis.clinic.grading.models import ClinicianFinding
from facialis.clinic.plans.case import CaseRefusedError, case_document, case_of, measured_documents
from facialis.planning.case.answers import Answer
from facialis.planning.case.prerequisites import Prerequisite
from facialis.report.case_json import read_case
from tests.factories import clinic as records
from tests.factories import clinic_plans as made


def test_the_case_holds_what_the_record_holds(visit, clinician):
    made.grade(visit, clinician, "house_brackmann", 3)
    made.grade(visit, clinician, "sunnybrook", 47)
    ClinicianFinding.objects.create(
        visit=visit, code="tightness", side="left", expression="", grade=2, by=clinician
    )
    case = case_of(visit.patient, made.DAY, {Prerequisite.DIAGNOSIS_CONFIRMED: Answer.YES})
    assert case.case_id == visit.patient.pseudonym
    assert case.palsy.affected_side is Side.LEFT
    (seen,) = case.visits
    assert (seen.day, seen.house_brackmann, seen.sunnybrook) == (made.DAY, 3, 47)
    assert seen.findings[0].code == "tightness"
    assert seen.eye.closure == "complete"
    assert read_case(case_document(case)) == case


def test_nothing_of_the_case_names_the_person(visit):
    text = str(case_document(case_of(visit.patient, made.DAY)))
    for word in (visit.patient.family_name, visit.patient.given_names, visit.patient.record_number):
        assert word not in text


def test_the_newest_measurement_of_each_visit_counts(visit):
    newer = made.measured_document() | {"note": "placed anew"}
    made.measure(visit, 2, newer)
    earlier = records.visit(visit.patient, made.DAY - timedelta(days=90))
    made.measure(earlier)
    later = records.visit(visit.patient, made.DAY + timedelta(days=9))
    made.measure(later)
    found = measured_documents(visit.patient, made.DAY)
    assert list(found) == [earlier.day, visit.day]
    assert found[visit.day] == newer


def test_visits_that_did_not_take_place_do_not_count(visit):
    records.visit(visit.patient, made.DAY - timedelta(days=30), status="cancelled")
    records.visit(visit.patient, made.DAY - timedelta(days=60), status="entered_in_error")
    assert [one.day for one in case_of(visit.patient, made.DAY).visits] == [visit.day]


def test_preliminary_grades_do_not_count(visit, clinician):
    grading = made.grade(visit, clinician)
    grading.status = "preliminary"
    grading.save()
    assert case_of(visit.patient, made.DAY).visits[0].house_brackmann is None


def test_without_a_palsy_the_refusal_says_what_is_missing(clinician):
    visit = records.visit(records.patient(clinician), made.DAY)
    with pytest.raises(CaseRefusedError, match="palsy is not recorded"):
        case_of(visit.patient, made.DAY)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda p: setattr(p.palsy, "retraining_start", date(2020, 1, 1)), "palsy"),
        (lambda p: setattr(p, "conditions", {"state": "known", "codes": [], "others": []}), "Conditions"),
        (lambda p: setattr(p, "medication", {"codes": []}), "medication"),
        (lambda p: setattr(p, "earlier_toxin", "known"), "treatments"),
        (lambda p: setattr(p.palsy, "onset", date(2026, 6, 1)), "palsy"),
    ],
)
def test_a_contradiction_names_the_page_where_it_is_corrected(visit, change, where):
    patient = visit.patient
    change(patient)
    patient.palsy.save()
    patient.save()
    with pytest.raises(CaseRefusedError) as refused:
        case_of(patient, made.DAY)
    assert where in refused.value.where or where in refused.value.sentence
    assert refused.value.sentence.endswith(".")
    assert not re.search(r"\d{4}-\d{2}-\d{2}", refused.value.sentence)


def test_a_mirrored_record_is_the_mirrored_case(clinician):
    left = made.planned_visit(clinician, made.asked_patient(clinician, affected="left"), measured=False)
    right = made.planned_visit(clinician, made.asked_patient(clinician, affected="right"), measured=False)
    a, b = case_of(left.patient, made.DAY), case_of(right.patient, made.DAY)
    mirrored = replace(a, palsy=replace(a.palsy, affected_side=Side.RIGHT), case_id=b.case_id)
    assert mirrored == b
