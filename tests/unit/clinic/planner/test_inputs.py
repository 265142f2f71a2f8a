"""What a plan is made from is read as the command line reads its files, and nothing is left behind."""

import json
from hashlib import sha256

import pytest

from facialis.anatomy.sides import Side
from facialis.clinic.planner.inputs import QuestionError, document_sha256, read_question
from facialis.clinic.planner.requests import OverrideAsked
from facialis.errors import FacialisError
from facialis.report.case_json import case_to_json
from facialis.report.case_measurements import MeasurementOfCaseError
from facialis.report.document import to_json
from facialis.report.measurement_values import MeasurementDocumentError
from tests.factories.plan_files import measured_text
from tests.factories.plan_questions import question
from tests.factories.planning import ONA, TODAY, good_case, good_palsy, injection, treated, treatment
from tests.factories.results import photo_result, set_result


def test_a_question_is_read_whole():
    found = read_question(question(override=OverrideAsked("Dr A", "She answers for it."), product="Botox"))
    assert found.case == good_case()
    assert found.product is ONA
    assert [day for day, _ in found.measured] == [TODAY]
    assert found.visits[0].mirrored_known
    assert found.origin.confirmed_by == "Dr Demo"
    assert found.origin.override.by == "Dr A"
    assert found.remarks == ()


def test_digests_are_those_of_the_files_that_the_clinic_exports():
    found = read_question(question())
    assert found.origin.case_sha256 == sha256(case_to_json(good_case()).encode()).hexdigest()
    result = set_result(photo_result(None))
    text = to_json(result)
    assert document_sha256(json.loads(text)) == sha256(text.encode()).hexdigest()


def test_doses_of_earlier_treatments_stay_exact():
    case = treated(treatment(TODAY.replace(year=2025), injection("mentalis", "2.5")))
    found = read_question(question(case))
    assert found.case == case


def test_a_measurement_that_the_case_names_is_missed():
    with pytest.raises(QuestionError, match="was not sent"):
        read_question(question(measurements={}))


def test_a_measurement_of_the_other_side_is_refused():
    with pytest.raises(MeasurementOfCaseError, match="RIGHT"):
        read_question(question(good_case(palsy=good_palsy(affected_side=Side.RIGHT))))


def test_a_measurement_that_cannot_be_read_says_of_which_visit():
    with pytest.raises(MeasurementDocumentError, match="The visit of 2026-11-22"):
        read_question(question(measurements={TODAY: {"schema_version": "9.0"}}))


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": -1},
        {"seed": 2**63},
        {"time_limit_s": 0.0},
        {"time_limit_s": 1e9},
        {"product": "lemonade"},
        {"case": {}},
        {"case": {"format": "facialis-case/9"}},
        {"override": OverrideAsked("", "why")},
        {"override": OverrideAsked("Dr A", "why", ("pregnancy",))},
    ],
)
def test_what_cannot_be_meant_is_refused(changes):
    with pytest.raises(FacialisError):
        read_question(question(**changes))


def test_photographs_that_could_not_be_used_are_told():
    document = json.loads(measured_text())
    document["photos"][3]["expression"] = None
    found = read_question(question(measurements={TODAY: document}))
    assert len(found.remarks) == 1
    assert "nobody said which expression" in found.remarks[0]
