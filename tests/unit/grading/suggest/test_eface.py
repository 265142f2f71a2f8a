from dataclasses import replace

import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.eface import INSTRUMENT
from facialis.grading.suggest.eface import suggest_eface
from facialis.grading.suggest.item import SuggestedRange
from facialis.grading.suggest.readings import NoReading, Readings
from tests.factories.readings import make_readings

LEFT = Side.LEFT
NOT_SHOWN = (
    "nasolabial_fold_rest",
    "nasolabial_fold_depth_smile",
    "nasolabial_fold_orientation_smile",
    "mentalis_synkinesis",
    "platysmal_synkinesis",
)
DYNAMIC = {
    "brow_elevation": Expression.BROW_RAISE,
    "gentle_eye_closure": Expression.GENTLE_EYE_CLOSURE,
    "full_eye_closure": Expression.TIGHT_EYE_CLOSURE,
    "oral_commissure_smile": Expression.OPEN_SMILE,
    "lower_lip_eee": Expression.LOWER_TEETH_SHOW,
}


def suggested(readings, item):
    return suggest_eface(readings, LEFT).item(item)


def test_a_symmetric_face_is_balanced_but_for_what_does_not_show():
    found = suggest_eface(make_readings(), LEFT)
    assert {item.item: item.value for item in found.items} == {
        item.id: None if item.id in NOT_SHOWN else 100 for item in INSTRUMENT.items
    }
    assert (found.instrument, found.version, found.affected) == ("eface", "15", LEFT)
    assert found.not_determined == NOT_SHOWN
    assert found.ranges == (
        SuggestedRange("static", 75, 100, NOT_SHOWN[:1]),
        SuggestedRange("dynamic", 71, 100, NOT_SHOWN[1:3]),
        SuggestedRange("synkinesis", 50, 100, NOT_SHOWN[3:]),
    )
    assert found.notes == (
        (
            "The confidence of a slider is the probability that its true place lies within 10 points of the "
            "suggested one."
        ),
        "No total: sources disagree on its rule.",
    )


@pytest.mark.parametrize("item", DYNAMIC)
@pytest.mark.parametrize(("share", "place"), [(-0.3, 0), (0.0, 0), (0.42, 42), (1.0, 100), (1.3, 100)])
def test_a_dynamic_slider_is_the_share_of_the_healthy_movement(item, share, place):
    found = suggested(make_readings(share=share), item)
    assert (found.value, found.probability, found.expressions) == (place, 1.0, (DYNAMIC[item],))
    assert [c.locator for c in found.citations] == ["suggested grades", "suggested grades"]


@pytest.mark.parametrize(
    ("item", "measure", "full_mm", "sign"),
    [
        ("brow_rest", "brow_height", 14.0, 1),
        ("palpebral_fissure_rest", "palpebral_fissure", 8.0, -1),
        ("oral_commissure_rest", "commissure_height", 12.0, 1),
    ],
)
def test_a_static_slider_shows_flaccid_below_and_overactive_above(item, measure, full_mm, sign):
    for part, place in ((-1.5, 0), (-1.0, 0), (-0.25, 75), (0.0, 100), (0.25, 125), (1.0, 200), (1.5, 200)):
        found = suggested(make_readings(rest={measure: sign * part * full_mm}), item)
        assert found.value == place
    assert {"Facialis", "Wang17"} <= {c.source_key for c in found.citations}
    assert found.measures == (measure,)


@pytest.mark.parametrize(
    ("item", "region", "full_mm", "expressions"),
    [
        (
            "ocular_synkinesis",
            "eye",
            8.0,
            ("brow_raise", "snarl", "closed_smile", "open_smile", "pucker", "lower_teeth_show"),
        ),
        (
            "midfacial_synkinesis",
            "commissure",
            12.0,
            ("brow_raise", "gentle_eye_closure", "tight_eye_closure"),
        ),
    ],
)
def test_a_synkinesis_slider_falls_with_the_strongest_movement(item, region, full_mm, expressions):
    for name in expressions:
        for part, place in ((-0.5, 100), (0.0, 100), (0.25, 75), (1.0, 0), (2.0, 0)):
            amount = {(Expression(name), region): part * full_mm}
            found = suggested(make_readings(involuntary=amount), item)
            assert found.value == place
        assert found.expressions == (Expression(name),)
    assert {"Facialis", "Wang17"} <= {c.source_key for c in found.citations}


def test_the_interval_of_a_slider_follows_the_uncertainty():
    found = suggested(make_readings(rest={"brow_height": -3.5}, sd=1.4), "brow_rest")
    # 14 mm are 100 points, so 1.4 mm are 10.
    assert found.value == 75
    assert found.interval == (pytest.approx(75 - 16.449, abs=1e-3), pytest.approx(75 + 16.449, abs=1e-3))
    assert found.probability == pytest.approx(0.6826895)


def test_the_uncertainty_of_synkinesis_is_that_of_its_movement():
    amount = {(Expression.OPEN_SMILE, "eye"): 4.0}
    found = suggested(make_readings(involuntary=amount, sd=0.8), "ocular_synkinesis")
    assert found.value == 50
    assert found.interval[1] - found.interval[0] == pytest.approx(2 * 16.449, abs=1e-2)


def test_a_smile_with_closed_mouth_stands_in():
    found = suggested(make_readings(share=0.5, without=(Expression.OPEN_SMILE,)), "oral_commissure_smile")
    assert (found.value, found.expressions) == (50, (Expression.CLOSED_SMILE,))


def test_nothing_is_suggested_from_nothing():
    found = suggest_eface(Readings(), LEFT)
    assert found.not_determined == tuple(item.id for item in INSTRUMENT.items)
    assert found.item("full_eye_closure").reason == "There is no photograph of 'tight_eye_closure'."
    assert found.item("brow_rest").reason == "There is no photograph of 'rest'."
    assert found.item("midfacial_synkinesis").reason == (
        "There is no photograph of 'brow_raise'. There is no photograph of 'gentle_eye_closure'. There is no "
        "photograph of 'tight_eye_closure'."
    )
    assert [(r.low, r.high) for r in found.ranges] == [(0, 100)] * 3


def test_a_region_that_is_missing_is_remarked_on():
    readings = make_readings()
    entries = dict(readings.involuntary)
    entries[Expression.SNARL, "eye", LEFT] = NoReading("Glasses.")
    found = suggested(replace(readings, involuntary=entries), "ocular_synkinesis")
    assert (found.value, found.remarks) == (100, ("Judged without the eye: Glasses.",))


def test_overactive_sliders_are_mirrored_in_the_sub_score():
    found = suggest_eface(make_readings(rest={"brow_height": 7.0, "commissure_height": -6.0}), LEFT)
    assert (found.item("brow_rest").value, found.item("oral_commissure_rest").value) == (150, 50)
    # Two sliders at 50, one at 100, and one anywhere.
    assert (found.ranges[0].low, found.ranges[0].high) == (50, 75)


def test_the_sub_score_adds_independent_errors():
    rest = {"brow_height": -7.0, "palpebral_fissure": 4.0, "commissure_height": -6.0}
    found = suggest_eface(make_readings(rest=rest, sd=0.5), LEFT)
    sds = (0.5 / 14 * 100, 0.5 / 8 * 100, 0.5 / 12 * 100)
    half = 1.6448536 * sum(sd**2 for sd in sds) ** 0.5
    low, high = (150 - half) / 4, (150 + half + 100) / 4
    assert (found.ranges[0].low, found.ranges[0].high) == (round(low), round(high))


def test_an_interval_about_the_balance_counts_up_to_it():
    found = suggest_eface(make_readings(rest={"palpebral_fissure": 0.4}, sd=0.8), LEFT)
    # 95 with an interval from 78.6 to 111.4: it may count as 100, and as little as 78.6.
    assert found.item("palpebral_fissure_rest").interval == (
        pytest.approx(78.55, abs=0.01),
        pytest.approx(111.45, abs=0.01),
    )
    others_below = [(1.6448536 * 0.8 / full * 100) for full in (14, 12)]
    below = (16.4485**2 + sum(b**2 for b in others_below)) ** 0.5
    assert found.ranges[0].low == round((295 - below) / 4)
    assert found.ranges[0].high == round((295 + 5 + 100) / 4)


def test_suggestions_are_answers_that_the_instrument_takes():
    found = suggest_eface(make_readings(share=0.4, rest={"brow_height": 3.0}), LEFT)
    answers = INSTRUMENT.answers_type(**{item.item: item.value for item in found.items})
    assert answers.missing() == NOT_SHOWN
