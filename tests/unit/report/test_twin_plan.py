"""A toxin plan or parameters from a stranger: read exactly, or refused by a sentence that helps."""

import json
from fractions import Fraction

import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.report.twin_history import MOST_SESSIONS, PLAN_BYTES, read_toxin_plan
from facialis.report.twin_parameters import patient_with, read_overrides
from facialis.toxins.products import ToxinProduct
from facialis.twin.parameters import named, typical_parameters

POINT = {"side": "LEFT", "target": "mentalis", "point": 1, "units": "2.5", "volume_ml": "0.05"}
SESSION = {"day": 420, "product": "onabotulinumtoxinA", "injections": [POINT]}
PLAN = {"format": "facialis-toxin-plan/1", "sessions": [SESSION]}
OVERRIDES = {"format": "facialis-twin-parameters/1", "parameters": {"insult_strength": 14}}


def point(**changed):
    return {**PLAN, "sessions": [{**SESSION, "injections": [{**POINT, **changed}]}]}


def session(**changed):
    return {**PLAN, "sessions": [{**SESSION, **changed}]}


def without(key, of):
    return {name: value for name, value in of.items() if name != key}


def plan_file(folder, content):
    path = folder / "plan.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_plan_is_read_exactly(tmp_path):
    text = json.dumps(point(units="@", volume_ml="0.025")).replace('"@"', "1.1")
    (found,) = read_toxin_plan(plan_file(tmp_path, text))
    (injection,) = found.injections
    assert (found.day, injection.side, injection.target) == (420.0, Side.LEFT, InjectionTarget.MENTALIS)
    assert injection.dose.amount == Fraction(11, 10)
    assert injection.volume_ml == Fraction(1, 40)
    assert injection.dose.product is ToxinProduct.ONABOTULINUMTOXIN_A


def test_brand_names_are_understood(tmp_path):
    (found,) = read_toxin_plan(plan_file(tmp_path, session(product="Dysport")))
    assert found.injections[0].dose.product is ToxinProduct.ABOBOTULINUMTOXIN_A


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (session(day=-3), "A toxin session is day -3, before the onset"),
        (session(day=99999), "it must lie from 0 to"),
        (session(day="420"), 'sessions[0].day is "420"; allowed is a number'),
        (session(day=True), "sessions[0].day is true; allowed is a number"),
        (session(product="botulinum"), "botulinum"),
        (session(product=""), "sessions[0].product is"),
        (session(injections=[]), "has no injection"),
        (session(injections={}), "sessions[0].injections is an object; allowed is a list"),
        (session(injections=[POINT, POINT]), "injects point 1 of mentalis, LEFT side, twice"),
        (session(injections=[POINT, {**POINT, "side": "RIGHT", "product": "Dysport"}]), "mixes"),
        (point(units="-1"), "a dose is 0 or more"),
        (point(units="0"), "Give more than 0 units"),
        (point(units="lots"), "this is not a number written like 2.5"),
        (point(units=None), "sessions[0].injections[0].units is null"),
        (point(units="1" * 50), "allowed is a text of 1 to 40 characters"),
        (point(volume_ml="5"), "The volume for mentalis, LEFT side, is 5 ml"),
        (point(volume_ml="0"), "it must be above 0"),
        (point(target="masseter"), "'masseter' is no target"),
        (point(target=["mentalis"]), "target is a list; allowed is a text"),
        (point(point=17), "mentalis has no injection point 17"),
        (point(point="1"), 'point is "1"; allowed is a whole number'),
        (point(side="up"), "'up' is no side"),
        (point(side=None), "sessions[0].injections[0] has no side. Give LEFT or RIGHT"),
        (session(injections=[without("side", POINT)]), "has no side. Give LEFT or RIGHT"),
        (session(injections=[without("units", POINT)]), "sessions[0].injections[0] has no 'units'"),
        (point(colour="red"), 'has the unknown key "colour"'),
        ({**PLAN, "patient": "A. B."}, 'The file has the unknown key "patient"'),
        ({**PLAN, "sessions": []}, "sessions has 0 entries; allowed are 1 to"),
        ({**PLAN, "sessions": [{**SESSION, "day": d} for d in range(MOST_SESSIONS + 1)]}, "entries; allowed"),
        ({**PLAN, "format": "facialis-toxin-plan/2"}, "written by a later Facialis"),
        ({**PLAN, "format": "shopping-list/1"}, 'has "format": "facialis-toxin-plan/1"'),
        (without("format", PLAN), "has no format"),
        ([PLAN], "has no format"),
        ("not JSON", "is not JSON"),
        ('{"format": NaN}', "it holds NaN, which is no number"),
        ('{"format": 1, "format": 2}', 'it names "format" more than once'),
        ("[" * 100_000, "too deep inside each other"),
        ('{"day": ' + "9" * 5000 + "}", "a number with 5000 digits"),
        ('{"day": 1.' + "9" * 5000 + "}", "a number with 5002 digits"),
        (json.dumps(session(day=0)).replace("0,", "1e999,", 1), "allowed is a finite number"),
        ("x" * (PLAN_BYTES + 1), "has more than 1000 kB"),
    ],
)
def test_bad_plan_is_refused_with_a_sentence(tmp_path, content, sentence):
    with pytest.raises(FacialisError) as caught:
        read_toxin_plan(plan_file(tmp_path, content))
    assert sentence in str(caught.value)
    assert len(str(caught.value)) < 700


def test_file_that_is_no_text_or_not_there(tmp_path):
    (tmp_path / "plan.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FacialisError, match="is not UTF-8 text"):
        read_toxin_plan(tmp_path / "plan.json")
    with pytest.raises(FacialisError, match="cannot be read"):
        read_toxin_plan(tmp_path / "nowhere.json")


def test_overrides_take_the_place_of_typical_values(tmp_path):
    content = {**OVERRIDES, "parameters": {"insult_strength": 14, "excursion_scale": 1.1}}
    parameters, face = patient_with(read_overrides(plan_file(tmp_path, content)))
    typical = named(typical_parameters())
    assert float(parameters.nerve.insult_strength) == 14.0
    assert float(face.excursion_scale) == pytest.approx(1.1)
    others = {name: value for name, value in named(parameters).items() if name != "insult_strength"}
    assert all(value == typical[name] for name, value in others.items())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({**OVERRIDES, "parameters": {"insult": 1}}, '"insult" is no parameter of a twin'),
        ({**OVERRIDES, "parameters": {"insult_strength": "14"}}, "allowed is a number"),
        ({**OVERRIDES, "parameters": []}, "allowed is an object"),
        ({**OVERRIDES, "format": "facialis-twin-parameters/9"}, "written by a later Facialis"),
        ('{"format": "facialis-twin-parameters/1", "parameters": {"insult_strength": Infinity}}', "Infinity"),
    ],
)
def test_bad_overrides_are_refused_with_a_sentence(tmp_path, content, sentence):
    with pytest.raises(FacialisError) as caught:
        read_overrides(plan_file(tmp_path, content))
    assert sentence in str(caught.value)
