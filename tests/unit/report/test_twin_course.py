"""The document of a twin's course: everything that went in comes out again, and nothing else is taken."""

import copy
import json
from dataclasses import replace

import jsonschema
import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.report.document import NotANumberError
from facialis.report.twin_course import (
    course_to_document,
    course_to_json,
    load_course_schema,
    read_course,
    read_course_file,
)
from facialis.report.twin_json import NewerVersionError
from facialis.twin.events import History, Onset
from facialis.twin.forecast_curves import Quantity
from facialis.twin.parameters import named
from tests.factories.twin_course import SEVERE, made_up_course, rounded, session, treated_history

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course():
    return made_up_course(held=frozenset({"misrouting_share"}))


@pytest.fixture(scope="module")
def document(course):
    return json.loads(course_to_json(course))


@pytest.fixture
def spoilt(document):
    return copy.deepcopy(document)


def test_document_fits_its_schema(document):
    jsonschema.Draft202012Validator.check_schema(load_course_schema())
    jsonschema.validate(document, load_course_schema())


def test_text_and_document_say_the_same(course, document):
    assert document == course_to_document(course)


def test_everything_comes_back(course, tmp_path):
    (tmp_path / "course.json").write_text(course_to_json(course), "utf-8")
    back = read_course_file(tmp_path / "course.json")
    assert back.case.history == course.case.history
    assert (back.case.last_day, back.case.patients, back.case.held) == (
        course.case.last_day,
        course.case.patients,
        course.case.held,
    )
    assert (back.seed, back.identity_seed, back.software_version) == (3, 7, "0.1.0")
    assert named(back.case.parameters) == named(course.case.parameters)
    assert back.forecast.days == course.forecast.days
    assert back.forecast.curves == rounded(course.forecast).curves
    assert back.forecast.grades == course.forecast.grades


def test_reading_and_writing_again_changes_nothing(course):
    text = course_to_json(course)
    assert course_to_json(read_course(json.loads(text))) == text


@pytest.mark.parametrize("sessions", [(), (session(60.0), session(150.5, units="1.25"))])
def test_other_histories_come_back(sessions):
    history = treated_history(Side.RIGHT, sessions)
    back = read_course(json.loads(course_to_json(made_up_course(history, last_day=300.0))))
    assert back.case.history == history
    assert back.forecast.affected is Side.RIGHT


def test_missing_value_is_null_with_its_reason(course):
    curves = list(course.forecast.curves)
    at = next(i for i, c in enumerate(curves) if c.name.quantity is Quantity.SYMMETRY_INDEX)
    curves[at] = replace(curves[at], typical=(None, *curves[at].typical[1:]), reason="Too still.")
    changed = replace(course, forecast=replace(course.forecast, curves=tuple(curves)))
    back = read_course(json.loads(course_to_json(changed)))
    assert back.forecast.curves[at].typical[0] is None
    assert back.forecast.curves[at].reason == "Too still."


def test_nan_is_never_written(course):
    curve = course.forecast.curves[0]
    broken = replace(curve, typical=(float("nan"), *curve.typical[1:]))
    forecast = replace(course.forecast, curves=(broken, *course.forecast.curves[1:]))
    with pytest.raises(NotANumberError):
        course_to_json(replace(course, forecast=forecast))


def test_later_version_is_refused_by_name(spoilt):
    spoilt["format"] = "facialis-twin-course/2"
    with pytest.raises(NewerVersionError, match="install that one"):
        read_course(spoilt)


def put(*path, value):
    def change(document):
        for key in path[:-1]:
            document = document[key]
        document[path[-1]] = value

    return change


def drop(*path):
    def change(document):
        for key in path[:-1]:
            document = document[key]
        del document[path[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put("inputs", "seed", value=-1), "inputs.seed is -1; allowed is a whole number from 0"),
        (put("inputs", "seed", value=1.5), "inputs.seed is 1.5; allowed is a whole number"),
        (put("inputs", "patients", value=0), "Give a whole number from 1 to"),
        (put("inputs", "last_day", value=3), "it must lie from 28 to"),
        (put("inputs", "last_day", value=300), "would begin on day 420, but the course ends on day 300"),
        (put("inputs", "held", value=["beauty"]), 'is "beauty"; allowed is the name of a parameter'),
        (put("inputs", "parameters", 0, "name", value="beauty"), "each parameter of this version"),
        (put("inputs", "parameters", 1, "name", value="insult_strength"), "each parameter of this version"),
        (put("inputs", "parameters", 0, "unit", value="mm"), 'inputs.parameters[0].unit is "mm"'),
        (put("inputs", "parameters", 0, "value", value=-2), "insult_strength of patient 1 is -2"),
        (put("inputs", "parameters", 0, "value", value=None), "allowed is a number"),
        (put("inputs", "face_parameters", 0, "value", value=0), "of the face is 0"),
        (drop("inputs", "parameters", 0), "entries; allowed are"),
        (put("inputs", "history", "onsets", 0, "severity", "buccal", value=3), "The severity of buccal"),
        (drop("inputs", "history", "onsets", 0, "severity", "buccal"), "has no 'buccal'"),
        (put("inputs", "history", "onsets", 0, "side", value="up"), "'up' is no side"),
        (put("inputs", "history", "retraining", 0, "end_day", value=200), "Give an end after the start"),
        (put("inputs", "weather", value="fine"), 'inputs has the unknown key "weather"'),
        (put("forecast", "affected", value="right"), "allowed is the side of the onset in the history"),
        (put("forecast", "days", "faces", 0, value=900), "forecast.days.faces does not ascend"),
        (put("forecast", "curves", 0, "typical", value=[1.0]), "has 1 entries; allowed are"),
        (put("forecast", "curves", 0, "typical", 0, value="high"), "allowed is a number"),
        (put("forecast", "curves", 0, "quantity", value="beauty"), "allowed is one of drive, "),
        (put("forecast", "curves", 0, "part", value="nose"), "allowed is one of temporal, "),
        (put("forecast", "grades", 0, "house_brackmann", 1, value="VII"), "allowed is one of I, II"),
        (drop("forecast", "curves", 0, "quantiles", "0.5"), "has no '0.5'"),
        (drop("forecast", "curves", 0, "comparisons", "untreated"), "has no 'untreated'"),
        (put("forecast", "grades", 0, "house_brackmann", value=["I"]), "has 1 entries; allowed are 2 to 2"),
        (put("forecast", "house_brackmann_1_frac", 0, value=None), "allowed is a list without null"),
        (put("format", value=7), 'has "format": "facialis-twin-course/1"'),
    ],
)
def test_tampered_document_is_refused_with_a_sentence(spoilt, change, sentence):
    change(spoilt)
    with pytest.raises(FacialisError) as caught:
        read_course(spoilt)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("change", [put("extra", value=1), drop("inputs", "seed")])
def test_schema_refuses_anything_else(spoilt, change):
    change(spoilt)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoilt, load_course_schema())


def test_values_keep_their_last_digit(course, document):
    kept = {entry["name"]: entry["value"] for entry in document["inputs"]["parameters"]}
    assert kept == {name: float(np.asarray(v)) for name, v in named(course.case.parameters).items()}


def test_what_would_begin_after_the_end_is_refused():
    with pytest.raises(FacialisError, match="A toxin session would begin on day 420"):
        made_up_course(last_day=400.0)


def test_severity_without_treatment_has_no_comparison():
    assert made_up_course(History(onsets=(Onset(Side.LEFT, SEVERE),))).case.comparisons == {}
