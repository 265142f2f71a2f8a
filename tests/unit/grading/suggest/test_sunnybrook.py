from dataclasses import replace

import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.item import NOTICE, SuggestedRange
from facialis.grading.suggest.readings import NoReading, Readings
from facialis.grading.suggest.sunnybrook import suggest_sunnybrook
from facialis.grading.sunnybrook import INSTRUMENT
from tests.factories.readings import make_readings

LEFT = Side.LEFT
MOVEMENTS = {
    "brow_raise_movement": (Expression.BROW_RAISE, "brow_height"),
    "eye_closure_movement": (Expression.GENTLE_EYE_CLOSURE, "palpebral_fissure"),
    "smile_movement": (Expression.OPEN_SMILE, "commissure_height"),
    "snarl_movement": (Expression.SNARL, "upper_lip_height"),
    "pucker_movement": (Expression.PUCKER, "commissure_lateral"),
}


def suggested(readings, item):
    return suggest_sunnybrook(readings, LEFT).item(item)


def test_a_symmetric_face_is_normal_but_for_what_does_not_show():
    found = suggest_sunnybrook(make_readings(), LEFT)
    assert {item.item: item.value for item in found.items} == {
        "eye_rest": "normal",
        "cheek_rest": None,
        "mouth_rest": "normal",
        **dict.fromkeys(MOVEMENTS, 5),
        **dict.fromkeys((name.replace("movement", "synkinesis") for name in MOVEMENTS), 0),
    }
    assert (found.instrument, found.version, found.affected) == ("sunnybrook", "1", LEFT)
    assert found.notice == NOTICE
    assert found.not_determined == ("cheek_rest",)
    assert found.ranges == (
        SuggestedRange("rest_symmetry", 0, 10, ("cheek_rest",)),
        SuggestedRange("voluntary_movement", 100, 100, ()),
        SuggestedRange("synkinesis", 0, 0, ()),
        SuggestedRange("composite", 90, 100, ("cheek_rest",)),
    )


@pytest.mark.parametrize("item", MOVEMENTS)
@pytest.mark.parametrize(
    ("share", "grade"),
    [(-0.2, 1), (0.0, 1), (0.099, 1), (0.101, 2), (0.499, 2), (0.501, 3), (0.749, 3)]
    + [(0.751, 4), (0.879, 4), (0.881, 5), (1.0, 5), (1.4, 5)],
)
def test_movement_is_graded_by_its_share(item, share, grade):
    found = suggested(make_readings(share=share), item)
    assert (found.value, found.probability) == (grade, 1.0)
    assert [answer for answer, _ in found.chances] == [1, 2, 3, 4, 5]
    assert found.expressions == (MOVEMENTS[item][0],)
    assert MOVEMENTS[item][1] in found.measures
    assert {c.source_key for c in found.citations} == {"Facialis", "House85", "Vrabec09"}


def test_an_uncertain_movement_says_how_uncertain():
    found = suggested(make_readings(share=0.52, sd=0.8), "brow_raise_movement")
    assert found.value == 3
    assert found.probability < 0.6
    assert sum(chance for _, chance in found.chances) == pytest.approx(1)


@pytest.mark.parametrize(
    ("item", "measure", "difference", "answer"),
    [
        ("eye_rest", "palpebral_fissure", -2.01, "narrow"),
        ("eye_rest", "palpebral_fissure", -1.99, "normal"),
        ("eye_rest", "palpebral_fissure", 1.99, "normal"),
        ("eye_rest", "palpebral_fissure", 2.01, "wide"),
        ("mouth_rest", "commissure_height", -3.01, "corner_drooped"),
        ("mouth_rest", "commissure_height", -2.99, "normal"),
        ("mouth_rest", "commissure_height", 2.99, "normal"),
        ("mouth_rest", "commissure_height", 3.01, "corner_pulled_up_or_out"),
    ],
)
def test_rest_is_judged_by_what_people_notice(item, measure, difference, answer):
    found = suggested(make_readings(rest={measure: difference}), item)
    assert (found.value, found.probability) == (answer, 1.0)
    assert "Wang17" in {c.source_key for c in found.citations}
    assert (found.measures, found.expressions) == ((measure,), (Expression.REST,))


@pytest.mark.parametrize(
    ("expression", "region", "noticed_mm"),
    [
        (Expression.BROW_RAISE, "eye", 2),
        (Expression.BROW_RAISE, "commissure", 3),
        (Expression.BROW_RAISE, "cheek", 3),
        (Expression.BROW_RAISE, "chin", 3),
        (Expression.GENTLE_EYE_CLOSURE, "commissure", 3),
        (Expression.GENTLE_EYE_CLOSURE, "cheek", 3),
        (Expression.GENTLE_EYE_CLOSURE, "chin", 3),
        (Expression.OPEN_SMILE, "eye", 2),
        (Expression.OPEN_SMILE, "brow", 3.5),
        (Expression.SNARL, "eye", 2),
        (Expression.SNARL, "brow", 3.5),
        (Expression.PUCKER, "eye", 2),
        (Expression.PUCKER, "brow", 3.5),
        (Expression.PUCKER, "cheek", 3),
    ],
)
def test_synkinesis_is_graded_in_perception_thresholds(expression, region, noticed_mm):
    names = {
        Expression.BROW_RAISE: "brow_raise",
        Expression.GENTLE_EYE_CLOSURE: "eye_closure",
        Expression.OPEN_SMILE: "smile",
        Expression.SNARL: "snarl",
        Expression.PUCKER: "pucker",
    }
    item = f"{names[expression]}_synkinesis"
    for times, grade in ((-3, 0), (0.99, 0), (1.01, 1), (1.99, 1), (2.01, 2), (2.99, 2), (3.01, 3)):
        amount = times * noticed_mm
        found = suggested(make_readings(involuntary={(expression, region): amount}), item)
        assert (found.value, found.probability) == (grade, 1.0), times
        assert [answer for answer, _ in found.chances] == [0, 1, 2, 3]
        if grade:
            assert (found.judged.value, found.measures) == (amount, (region,))
    assert {"Facialis", "Wang17"} <= {c.source_key for c in found.citations}


def test_a_region_that_is_missing_is_remarked_on():
    readings = make_readings()
    entries = dict(readings.involuntary)
    entries[Expression.SNARL, "brow", LEFT] = NoReading("Hair.")
    found = suggested(replace(readings, involuntary=entries), "snarl_synkinesis")
    assert (found.value, found.remarks) == (0, ("Judged without the brow: Hair.",))


def test_nothing_is_suggested_from_nothing():
    found = suggest_sunnybrook(Readings(), Side.RIGHT)
    assert found.not_determined == tuple(item.id for item in INSTRUMENT.items)
    assert found.item("snarl_movement").reason == "There is no photograph of 'snarl'."
    assert found.item("eye_rest").reason == "There is no photograph of 'rest'."
    assert found.item("smile_synkinesis").reason == "There is no photograph of 'open_smile'."
    assert "nasolabial fold" in found.item("cheek_rest").reason
    assert [(r.low, r.high, len(r.missing)) for r in found.ranges] == [
        (0, 20, 3),
        (20, 100, 5),
        (0, 15, 5),
        (-15, 100, 13),
    ]


def test_a_missing_photograph_widens_the_range():
    found = suggest_sunnybrook(make_readings(without=(Expression.PUCKER,)), LEFT)
    assert found.ranges == (
        SuggestedRange("rest_symmetry", 0, 10, ("cheek_rest",)),
        SuggestedRange("voluntary_movement", 84, 100, ("pucker_movement",)),
        SuggestedRange("synkinesis", 0, 3, ("pucker_synkinesis",)),
        SuggestedRange("composite", 71, 100, ("cheek_rest", "pucker_movement", "pucker_synkinesis")),
    )


def test_weights_and_signs_of_the_parts():
    found = suggest_sunnybrook(
        make_readings(
            share=0.6,
            rest={"palpebral_fissure": -4.0, "commissure_height": -6.0},
            involuntary={(Expression.OPEN_SMILE, "eye"): 5.0, (Expression.SNARL, "eye"): 3.0},
        ),
        LEFT,
    )
    assert [(r.name, r.low, r.high) for r in found.ranges] == [
        ("rest_symmetry", 10, 20),
        ("voluntary_movement", 60, 60),
        ("synkinesis", 3, 3),
        ("composite", 60 - 20 - 3, 60 - 10 - 3),
    ]


def test_the_range_counts_every_likely_answer():
    # A brow exactly between 2 and 3: both remain, each with half of the probability.
    shares = {(Expression.BROW_RAISE, "brow_height"): 0.5}
    readings = make_readings(shares=shares)
    key = (Expression.BROW_RAISE, "brow_height")
    wide = {(*key, side): replace(readings.excursions[(*key, side)], sd=0.2) for side in Side}
    difference = {key: replace(readings.excursion_asymmetries[key], sd=0.2)}
    readings = replace(
        readings,
        excursions={**readings.excursions, **wide},
        excursion_asymmetries={**readings.excursion_asymmetries, **difference},
    )
    part = suggest_sunnybrook(readings, LEFT).ranges[1]
    assert (part.low, part.high) == (4 * (2 + 20), 4 * (3 + 20))


def test_suggestions_are_answers_that_the_instrument_takes():
    for share in (0.0, 0.3, 0.6, 0.8, 1.0):
        found = suggest_sunnybrook(make_readings(share=share, rest={"palpebral_fissure": -4.0}), LEFT)
        answers = INSTRUMENT.answers_type(**{item.item: item.value for item in found.items})
        assert answers.missing() == ("cheek_rest",)
