"""The documents of a plan: everything comes back, and what contradicts itself is refused."""

import copy
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer
from facialis.planning.case.patient import Patient
from facialis.planning.dosing.choices import choices_of
from facialis.planning.plan.record import PlanOutcome
from facialis.planning.plan.sign import CannotSignError, sign
from facialis.planning.rules.findings import PlanFindingKind
from facialis.planning.rules.override import Override
from facialis.report.plan_json import (
    MOST_BYTES,
    CannotReadPlanFileError,
    NewerPlanError,
    PlanFileError,
    load_plan_schema,
    plan_to_json,
    read_plan,
    read_plan_file,
)
from facialis.report.signed_plan_json import (
    SignedPlanDocument,
    load_signed_plan_schema,
    read_signed_plan,
    read_signed_plan_file,
    signed_plan_to_json,
)
from facialis.twin.errors import HistoryError
from tests.factories.planning import ABO, TODAY, good_case, good_eye, good_facts, good_palsy, known
from tests.factories.plans import made_document, made_plan, picked_choices

SCHEMA = jsonschema.Draft202012Validator(load_plan_schema())
SIGNED_SCHEMA = jsonschema.Draft202012Validator(load_signed_plan_schema())
PREGNANT = Patient(age_years=40, pregnancy=Answer.YES)
PLANS = {
    "injects": made_plan(),
    "finds nothing": made_plan(places=()),
    "is stopped": made_plan(good_case(patient=PREGNANT)),
    "warns": made_plan(good_case(medication=known("chloroquine", others=("Allopurinol",)))),
    "has closed targets": made_plan(good_case(eye=good_eye(dry_eye=Answer.YES))),
    "has unconfirmed ranges": made_plan(places=(), confirmed_by=None),
    "is of another product": made_plan(places=(), product=ABO),
    "has no healthy side": made_plan(
        good_case(palsy=good_palsy(affected_side=None, bilateral=Answer.YES)), places=()
    ),
    "asks what is not known": made_plan(facts=good_facts(oral_competence=None)),
}


def again(document):
    text = plan_to_json(document)
    SCHEMA.validate(json.loads(text))
    return read_plan(json.loads(text))


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
def test_every_plan_comes_back(plan):
    document = made_document(plan)
    assert again(document) == document


def test_the_plans_of_these_tests_differ_in_what_they_say():
    assert {plan.outcome for plan in PLANS.values()} == set(PlanOutcome)
    assert any(plan.session_findings for plan in PLANS.values() if plan.outcome is PlanOutcome.INJECT)


LIMITS = PLANS["injects"].limits
CHOICES = choices_of(LIMITS)


@pytest.mark.slow
@given(st.lists(st.sampled_from(CHOICES), max_size=8, unique_by=lambda c: (c.side, c.target)))
def test_any_choice_of_doses_comes_back(choices):
    plan = replace(
        PLANS["injects"],
        choices=tuple(choices),
        outcome=PlanOutcome.INJECT if choices else PlanOutcome.NOTHING,
    )
    document = made_document(plan)
    assert again(document) == document


def test_override_and_silence_come_back():
    document = made_document()
    override = Override("Dr Bold", "Severe spasm.")
    document = replace(
        document, inputs=replace(document.inputs, override=override, confirmed_by=None, measurements=())
    )
    assert again(document) == document


def test_a_gap_that_nothing_certified_is_null():
    plan = replace(
        PLANS["injects"], search=replace(PLANS["injects"].search, relative_gap=float("inf"), timed_out=True)
    )
    text = plan_to_json(made_document(plan))
    assert json.loads(text)["plan"]["search"]["relative_gap"] is None
    assert read_plan(json.loads(text)).plan == plan


def test_sides_and_units_are_written_as_people_read_them():
    plain = json.loads(plan_to_json(made_document()))["plan"]
    assert [choice["side"] for choice in plain["choices"]] == ["LEFT", "RIGHT", "midline"]
    assert plain["totals"] == {"RIGHT": "2", "LEFT": "2", "midline": "2", "session": "6"}
    assert {point["product"] for choice in plain["choices"] for point in choice["points"]} == {
        "onabotulinumtoxinA"
    }


@pytest.fixture
def plain():
    return json.loads(plan_to_json(made_document()))


def spoilt(plain, path, value):
    holder = plain
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return plain


CHOICE = ("plan", "choices", 0)
POINT = (*CHOICE, "points", 0)
LIMIT = ("plan", "limits", 0)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("status",), "active", 'status is "active"; a plan in this format is a draft'),
        (("status",), None, "status is null; a plan in this format is a draft"),
        (("signed_by",), "Dr Nobody", 'The file has the unknown key "signed_by"'),
        (("software", "name"), "other", 'software.name is "other"'),
        (("inputs", "case_sha256"), "A" * 64, "64 digits of a SHA-256"),
        (("inputs", "seed"), -1, "inputs.seed is -1"),
        (("inputs", "seed"), 10**30, "inputs.seed is 1000000000"),
        (("inputs", "time_limit_s"), -1, "inputs.time_limit_s is -1"),
        (("plan", "news"), 1, 'plan has the unknown key "news"'),
        (("plan", "case_id"), "Dana Miller", "a pseudonym"),
        (("plan", "affected_side"), "RIGHT", 'choices[0].role is "affected"; allowed is "healthy"'),
        (("plan", "affected_side"), "midline", "affected_side is"),
        (("plan", "affected_side"), None, "allowed is null: both sides are affected"),
        (("plan", "affected_side"), "left", "LEFT or RIGHT, the patient's"),
        (("plan", "day"), "2026-02-30", "a day of the calendar"),
        (("plan", "product"), "abobotulinumtoxinA", "units never change product"),
        (("plan", "outcome"), "nothing", "has the outcome 'nothing' and 3 chosen targets"),
        (("plan", "outcome"), "stopped", "has the outcome 'stopped' and 3 chosen targets"),
        (("plan", "loss"), None, "has a search or a loss although it is stopped, or none"),
        (("plan", "loss", "peak"), True, "plan.loss.peak is true; allowed is a number"),
        (("plan", "totals", "LEFT"), "20", 'totals.LEFT is "20"; allowed is the sum of the choices, 2'),
        (("plan", "weights", "smile"), "2", 'weights.smile is "2"; allowed is a number'),
        ((*CHOICE, "side"), "RIGHT", 'role is "affected"; allowed is "healthy"'),
        ((*CHOICE, "side"), "midline", "allowed is LEFT or RIGHT"),
        ((*CHOICE, "side"), "both", "LEFT or RIGHT, the patient's, or midline"),
        (("plan", "choices", 2, "side"), "LEFT", 'allowed is "midline" for procerus'),
        ((*CHOICE, "role"), "healthy", 'allowed is "affected", as the affected side says'),
        ((*CHOICE, "target"), "masseter", "choices[0].target is"),
        ((*CHOICE, "points"), [], "has 0 entries; allowed are 1 to 20"),
        ((*CHOICE, "total_units"), "20", "allowed is the sum of its points, 2"),
        ((*CHOICE, "highest_published_units"), "50", "outside its limits, and no finding about it"),
        ((*POINT, "product"), "incobotulinumtoxinA", "units never change product"),
        ((*POINT, "units"), Decimal("2.5"), "allowed is the sum of its points, 2.5"),
        ((*POINT, "units"), "-2", "digits with a point"),
        ((*POINT, "units"), "2,5", "digits with a point"),
        ((*POINT, "units"), None, "a number or its digits as text"),
        ((*POINT, "volume_ml"), "1", "the volume of every point"),
        (("plan", "findings"), {}, "plan.findings is an object; allowed is a list"),
        ((*LIMIT, "side"), "RIGHT", "role is "),
        ((*LIMIT, "left_out"), "refused", "allowed is a reason where there are no bounds, and null"),
        ((*LIMIT, "bounds"), None, "allowed is a reason where there are no bounds, and null"),
        ((*LIMIT, "published", "product"), "abobotulinumtoxinA", "units never change product"),
        ((*LIMIT, "published", "is_outlier"), 0, "true or false"),
        ((*LIMIT, "published", "citation", "provenance"), "rumour", "found, recall-high"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(plain, path, value, sentence):
    with pytest.raises(PlanFileError) as error:
        read_plan(spoilt(plain, path, value))
    assert sentence in str(error.value)


def test_a_dose_that_was_changed_by_hand_is_refused(plain):
    plain["plan"]["choices"][0]["points"][0]["units"] = "20"
    plain["plan"]["choices"][0]["total_units"] = plain["plan"]["totals"]["LEFT"] = "20"
    plain["plan"]["totals"]["session"] = "24"
    with pytest.raises(PlanFileError, match=r"20 units .* in mentalis, LEFT, outside its limits"):
        read_plan(plain)


def test_a_dose_outside_its_limits_is_read_where_a_finding_says_so():
    plan = PLANS["injects"]
    first = plan.choices[0]
    more = replace(first, points=tuple((number, dose * 4) for number, dose in first.points))
    finding = replace(
        PLANS["warns"].session_findings[0],
        kind=PlanFindingKind.LIMIT,
        targets=((first.side, first.target),),
    )
    told = replace(plan, choices=(more, *plan.choices[1:]), session_findings=(finding,))
    assert again(made_document(told)).plan == told


@pytest.mark.parametrize("offered", [True, False])
def test_a_target_that_is_not_offered_is_refused(plain, offered):
    place = {"target": "mentalis", "side": "LEFT"}
    limits = plain["plan"]["limits"]
    at = next(n for n, limit in enumerate(limits) if place.items() <= limit.items())
    if offered:
        limits[at].update(bounds=None, left_out="refused")
    else:
        del limits[at]
    with pytest.raises(PlanFileError, match="outside its limits"):
        read_plan(plain)


def test_what_stands_twice_is_refused(plain):
    for path in (("choices",), ("limits",), ("choices", 0, "points")):
        document = copy.deepcopy(plain)
        holder = document["plan"]
        for step in path:
            holder = holder[step]
        holder.append(holder[0])
        with pytest.raises(PlanFileError, match=r"each target once|two limits of|each point once"):
            read_plan(document)


def test_a_point_that_the_target_has_not_is_refused(plain):
    plain["plan"]["choices"][0]["points"][0]["point"] = 9
    with pytest.raises(HistoryError, match="has no injection point 9"):
        read_plan(plain)


def test_a_stop_does_not_stand_beside_doses(plain):
    stopped = json.loads(plan_to_json(made_document(PLANS["is stopped"])))
    plain["plan"]["findings_of_case"] = stopped["plan"]["findings_of_case"]
    with pytest.raises(PlanFileError, match="'inject' and a finding that stops it"):
        read_plan(plain)
    stopped["plan"]["findings_of_case"] = []
    with pytest.raises(PlanFileError, match="'stopped' and no finding that stops it"):
        read_plan(stopped)


@pytest.mark.parametrize(
    ("wanted", "error", "sentence"),
    [
        ("facialis-plan/2", NewerPlanError, "written by a later Facialis"),
        ("facialis-case/1", PlanFileError, 'a plan has "format": "facialis-plan/1"'),
        (None, PlanFileError, "says null"),
    ],
)
def test_another_format_is_refused(plain, wanted, error, sentence):
    plain["format"] = wanted
    with pytest.raises(error, match=sentence):
        read_plan(plain)


def test_a_missing_key_is_named(plain):
    for key in plain["plan"]:
        document = copy.deepcopy(plain)
        del document["plan"][key]
        with pytest.raises(PlanFileError, match=f"plan has no '{key}'"):
            read_plan(document)


@pytest.mark.parametrize("value", [None, [], "x", 3, {}])
def test_a_document_is_an_object(value):
    with pytest.raises(PlanFileError, match="has no format"):
        read_plan(value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not JSON"),
        (b"\xff", "is not UTF-8"),
        (b'{"x": NaN}', "which is no number"),
        (b'{"x": 1, "x": 2}', "more than once"),
        (b"[" * 100_000, "too deep"),
        (b" " * (MOST_BYTES + 1), "the most that a plan may have"),
    ],
)
def test_a_file_that_is_no_plan_is_refused(tmp_path, content, sentence):
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(CannotReadPlanFileError, match=sentence):
        read_plan_file(path)


def test_a_file_is_read(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(plan_to_json(made_document()), "utf-8")
    assert read_plan_file(path) == made_document()


def signed_document():
    draft = made_document(PLANS["warns"])
    reasons = {finding.code: "Discussed with the patient." for finding in draft.plan.session_findings}
    signed = sign(draft.plan, by="Dr Demo", day=TODAY, reasons=reasons)
    return SignedPlanDocument(draft, signed, "0.1.0")


def test_a_signed_plan_comes_back(tmp_path):
    document = signed_document()
    text = signed_plan_to_json(document)
    SIGNED_SCHEMA.validate(json.loads(text))
    SCHEMA.validate(json.loads(text)["draft"])
    path = tmp_path / "signed.json"
    path.write_text(text, "utf-8")
    assert read_signed_plan_file(path) == document


@pytest.mark.parametrize(
    ("path", "value", "error", "sentence"),
    [
        (("status",), "draft", PlanFileError, 'allowed is "active"'),
        (("by",), "", PlanFileError, "by is"),
        (("reasons",), {}, CannotSignError, "No reason is written for"),
        (("day",), (TODAY + timedelta(1)).isoformat(), CannotSignError, "The plan is for"),
        (("format",), "facialis-signed-plan/2", NewerPlanError, "a later Facialis"),
        (("draft", "format"), "facialis-plan/2", NewerPlanError, "a later Facialis"),
        (("draft", "status"), "active", PlanFileError, "is a draft"),
        (("draft", "plan", "choices", 0, "role"), "healthy", PlanFileError, "draft.plan.choices[0].role"),
        (("software", "name"), "x", PlanFileError, "software.name"),
        (("note",), "x", PlanFileError, "unknown key"),
    ],
)
def test_a_signature_that_cannot_be_is_refused(path, value, error, sentence):
    plain = json.loads(signed_plan_to_json(signed_document()))
    with pytest.raises(error) as found:
        read_signed_plan(spoilt(plain, path, value))
    assert sentence in str(found.value)


def test_a_plan_and_a_signed_plan_are_not_taken_for_each_other():
    with pytest.raises(PlanFileError, match="a signed plan has"):
        read_signed_plan(json.loads(plan_to_json(made_document())))
    with pytest.raises(PlanFileError, match="a plan has"):
        read_plan(json.loads(signed_plan_to_json(signed_document())))


def test_schema_refuses_what_is_not_listed(plain):
    for path, value in ((("patient",), "Dana"), (("plan", "choices", 0, "mg"), 1), (("status",), "active")):
        with pytest.raises(jsonschema.ValidationError):
            SCHEMA.validate(spoilt(copy.deepcopy(plain), path, value))


def test_the_least_amounts_are_within_their_limits():
    (choice,) = picked_choices(LIMITS, ((InjectionTarget.MENTALIS, Side.RIGHT),))
    assert choice.total.text == "2 units onabotulinumtoxinA"
