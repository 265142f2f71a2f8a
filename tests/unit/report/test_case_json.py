"""The document of a case: everything that was known comes back, and nothing else is taken."""

import copy
import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given

from facialis.anatomy import FACIAL_MUSCLES, Expression, InjectionTarget, Side, SideRole
from facialis.planning.case.answers import Answer, ListState
from facialis.planning.case.case import allergy_codes, condition_codes, drug_codes
from facialis.planning.case.palsy import ASKED_APART, Cause, Clearance, Reanimation, RedFlag, Stability
from facialis.planning.case.patient import Sex
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.treatments import TreatmentArea
from facialis.planning.case.visits import ClinicianFinding, EyeClosure, Visit
from facialis.planning.case.wishes import Expectation, Goal, Wishes
from facialis.planning.errors import CaseError
from facialis.report.case_json import (
    MOST_BYTES,
    CannotReadCaseFileError,
    CaseFileError,
    NewerCaseError,
    case_to_json,
    load_case_schema,
    read_case,
    read_case_file,
)
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.errors import HistoryError
from tests.factories.planning import (
    ONA,
    ONSET,
    TODAY,
    good_eye,
    good_palsy,
    injection,
    known,
    treated,
    treatment,
)
from tests.factories.random_cases import cases

T = InjectionTarget
SCHEMA = jsonschema.Draft202012Validator(load_case_schema())


def full_case():
    points = treatment(
        ONSET,
        injection(T.MENTALIS, "2.5", role=SideRole.AFFECTED),
        injection(T.MENTALIS, "0.333", Side.RIGHT, volume="0.025"),
        helped=Answer.YES,
        adequate=Answer.NO,
        follow_up=TODAY,
    )
    finding = ClinicianFinding("chin_dimpling", Side.LEFT, Expression.PUCKER, 2)
    case = treated(
        points,
        treatment(TODAY, total=ToxinDose(30, ONA), area=TreatmentArea.ELSEWHERE),
        palsy=good_palsy(
            red_flags={RedFlag.ATAXIA: Answer.YES, RedFlag.VESICLES: Answer.UNKNOWN},
            clearance=Clearance(frozenset({RedFlag.ATAXIA}), "Bob", TODAY),
            corticosteroid_days=10,
            retraining_start=TODAY,
            reanimations=(Reanimation("gracilis", TODAY), Reanimation("Übernaht")),
        ),
        medication=known("chloroquine", others=("Allopurinol",)),
        wishes=Wishes(
            {Goal.SMILE: 10, Goal.CHIN: 0},
            frozenset({FACIAL_MUSCLES[0], FACIAL_MUSCLES[-1]}),
            Answer.YES,
            frozenset({Expectation.PERFECT_SYMMETRY}),
        ),
    )
    return replace(
        case,
        visits=(
            Visit(ONSET, findings=(finding,), house_brackmann=3, sunnybrook=-2),
            Visit(TODAY, "a.json", eye=good_eye()),
        ),
    )


@pytest.fixture
def document():
    return json.loads(case_to_json(full_case()))


LEAST = {
    "format": "facialis-case/1",
    "case_id": "x",
    "patient": {"age_years": 40},
    "palsy": {"affected_side": "LEFT", "onset": "2024-11-01"},
}


@given(cases())
def test_every_case_comes_back_and_fits_the_schema(case):
    text = case_to_json(case)
    document = json.loads(text)
    assert not list(SCHEMA.iter_errors(document))
    back = read_case(document)
    assert back == case
    assert case_to_json(back) == text


def test_full_case_comes_back_from_a_file(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(case_to_json(full_case()), "utf-8")
    assert read_case_file(path) == full_case()


def test_sides_dates_and_amounts_are_written_for_people(document):
    assert document["palsy"]["affected_side"] == "LEFT"
    assert document["palsy"]["onset"] == "2024-11-01"
    assert document["treatments"][0]["injections"][0] == {
        "side": "LEFT",
        "role": "affected",
        "target": "mentalis",
        "point": 1,
        "units": "2.5",
        "volume_ml": "0.05",
    }


def test_what_is_absent_was_not_asked():
    case = read_case(LEAST)
    assert {case.conditions.state, case.medication.state, case.allergies.state, case.earlier_toxin} == {
        ListState.NOT_ASKED
    }
    assert case.patient.pregnancy is Answer.UNKNOWN
    assert case.palsy.answer_to(RedFlag.ATAXIA) is Answer.UNKNOWN
    assert not list(SCHEMA.iter_errors(LEAST))


def test_null_is_absent():
    nothing = {"wishes": None, "conditions": None, "prerequisites": None}
    assert read_case(LEAST | nothing) == read_case(LEAST)


def test_amounts_are_exact_as_numbers_text_and_fractions(tmp_path):
    path = tmp_path / "case.json"
    for units, exact in (("2.5", "2.5"), ('"25/3"', None), ("8", "8"), ('"0.1"', "0.1")):
        text = json.dumps(LEAST | {"earlier_toxin": "known", "treatments": [
            {"day": "2026-01-01", "product": "daxibotulinumtoxinA", "total_units": "UNITS"}]})  # fmt: skip
        path.write_text(text.replace('"UNITS"', units), "utf-8")
        found = read_case_file(path).treatments[0].total
        assert found == (
            ToxinDose(exact, ToxinProduct.DAXIBOTULINUMTOXIN_A)
            if exact
            else ToxinDose(25, ToxinProduct.DAXIBOTULINUMTOXIN_A) * (1 / found.amount.__class__(3))
        )


@pytest.mark.parametrize(("area", "expected"), [(None, TreatmentArea.FACE), ("face", TreatmentArea.FACE)])
def test_area_follows_from_injections(document, area, expected):
    del document["treatments"][0]["area"]
    if area:
        document["treatments"][0]["area"] = area
    del document["treatments"][1]["area"]
    found = read_case(document).treatments
    assert [t.area for t in found] == [expected, TreatmentArea.UNKNOWN]


def change(document, path, value):
    found = copy.deepcopy(document)
    place = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return found


REFUSED = [
    (("patient", "name"), "Dana", 'unknown key "name"'),
    (("palsy", "affected_side"), "left", "LEFT or RIGHT, the patient's"),
    (("palsy", "affected_side"), 1, "palsy.affected_side is 1"),
    (("palsy", "onset"), "2024-02-30", "a day of the calendar"),
    (("palsy", "onset"), "20241101", "a day of the calendar"),
    (("palsy", "onset"), 20241101, "a day of the calendar"),
    (("palsy", "cause"), "bells", "bells_palsy, ramsay_hunt"),
    (("palsy", "cause"), None, "palsy.cause is null"),
    (("palsy", "bilateral"), False, "yes, no, unknown"),
    (("palsy", "onset_hours"), 1.5, "a whole number"),
    (("palsy", "red_flags", "bilateral"), "no", 'unknown key "bilateral"'),
    (("palsy", "clearance", "flags"), ["ataxia", "ataxia"], "names each once"),
    (("treatments", 0, "product"), "Botox", "onabotulinumtoxinA"),
    (("treatments", 0, "injections", 0, "units"), "-1", "digits with a point"),
    (("treatments", 0, "injections", 0, "units"), "1/0", "digits with a point"),
    (("treatments", 0, "injections", 0, "units"), "9" * 41, "1 to 40 characters"),
    (("treatments", 0, "injections", 0, "units"), True, "a number or its digits"),
    (("treatments", 0, "injections", 0, "target"), "levator_palpebrae", "frontalis, corrugator"),
    (("treatments", 1, "product"), None, "units mean nothing without it"),
    (("wishes", "refused_muscles"), ["levator_palpebrae"], "a list of frontalis"),
    (("wishes", "weights", "nose"), 1, "unknown key"),
    (("visits",), [{}] * 501, "allowed are 0 to 500"),
    (("conditions",), {"codes": []}, "no 'state'"),
    (("case_id",), "x" * 201, "1 to 200"),
]


@pytest.mark.parametrize(
    ("path", "value", "message"), REFUSED, ids=[f"{i}-{p[-1]}" for i, (p, _, _) in enumerate(REFUSED)]
)
def test_wrong_value_is_refused_where_it_stands(document, path, value, message):
    with pytest.raises(CaseFileError, match=message) as caught:
        read_case(change(document, path, value))
    assert caught.value.code == "case_file_invalid"
    assert "Correct the file" in str(caught.value)


CONTRADICTIONS = [
    (("palsy", "bilateral"), "yes", CaseError, "both sides"),
    (("treatments", 0, "injections", 0, "role"), "healthy", CaseError, "marked 'healthy'"),
    (("treatments", 0, "injections", 0, "point"), 9, HistoryError, "no injection point 9"),
    (("wishes", "weights", "smile"), 11, CaseError, "0 to 10"),
]


@pytest.mark.parametrize(("path", "value", "error", "message"), CONTRADICTIONS)
def test_contradiction_is_refused(document, path, value, error, message):
    with pytest.raises(error, match=message):
        read_case(change(document, path, value))


@pytest.mark.parametrize(
    "found", [None, [], {}, {"format": "facialis-case"}, {"format": "facialis-twin-course/1"}]
)
def test_other_document_is_no_case(found):
    with pytest.raises(CaseFileError, match="a case has") as caught:
        read_case(found)
    assert not isinstance(caught.value, NewerCaseError)


def test_later_version_is_refused_and_nothing_is_lost():
    with pytest.raises(NewerCaseError, match="Nothing of the file was read or changed") as caught:
        read_case({"format": "facialis-case/2", "new": 1})
    assert caught.value.code == "case_file_newer"


@pytest.mark.parametrize("key", ["format", "case_id", "patient", "palsy"])
def test_key_that_is_missing(document, key):
    del document[key]
    with pytest.raises(CaseFileError):
        read_case(document)


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"a": 1, "a": 2}', b"NaN", b"[" * 100_000, b"\xff", b" " * (MOST_BYTES + 1)]
)
def test_file_that_is_no_json(tmp_path, content):
    path = tmp_path / "case.json"
    path.write_bytes(content)
    with pytest.raises(CannotReadCaseFileError) as caught:
        read_case_file(path)
    assert caught.value.code == "case_file_unreadable"


def test_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(load_case_schema())


def enums(schema):
    if isinstance(schema, dict):
        if "enum" in schema:
            yield tuple(schema["enum"])
        for part in schema.values():
            yield from enums(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from enums(part)


def test_schema_knows_every_word_of_the_program():
    """A word that is added to the program is added to the schema."""
    kinds = (
        Answer,
        Sex,
        Cause,
        RedFlag,
        Stability,
        ListState,
        EyeClosure,
        Expression,
        ToxinProduct,
        TreatmentArea,
    )
    kinds = (*kinds, SideRole, InjectionTarget, Expectation)
    expected = {tuple(member.value for member in kind) for kind in kinds}
    expected |= {tuple(sorted(codes())) for codes in (condition_codes, allergy_codes, drug_codes)}
    expected |= {tuple(side.label for side in Side), tuple(muscle.value for muscle in FACIAL_MUSCLES)}
    assert set(enums(load_case_schema())) == expected
    properties = load_case_schema()["properties"]
    assert set(properties["prerequisites"]["anyOf"][0]["properties"]) == set(Prerequisite)
    flags = load_case_schema()["$defs"]["palsy"]["properties"]["red_flags"]["anyOf"][0]["properties"]
    assert set(flags) == set(RedFlag) - ASKED_APART
    weights = properties["wishes"]["anyOf"][0]["properties"]["weights"]["anyOf"][0]["properties"]
    assert set(weights) == set(Goal)
