from dataclasses import replace

import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.house_brackmann import INSTRUMENT
from facialis.grading.suggest.house_brackmann import suggest_house_brackmann
from facialis.grading.suggest.item import SuggestedRange
from facialis.grading.suggest.readings import NoReading, Reading, Readings
from tests.factories.readings import make_readings

LEFT = Side.LEFT
BROW = (Expression.BROW_RAISE, "brow_height")
LIP = (Expression.OPEN_SMILE, "commissure_height")
LIP_OUT = (Expression.OPEN_SMILE, "commissure_lateral")
TIGHT = (Expression.TIGHT_EYE_CLOSURE, "palpebral_fissure")
GENTLE = (Expression.GENTLE_EYE_CLOSURE, "palpebral_fissure")


def suggested(readings, item):
    return suggest_house_brackmann(readings, LEFT).item(item)


def grade(readings):
    found = suggest_house_brackmann(readings, LEFT)
    return {r.name: (r.low, r.high) for r in found.ranges}


def test_a_symmetric_face_is_normal():
    found = suggest_house_brackmann(make_readings(), LEFT)
    assert {item.item: item.value for item in found.items} == {
        "movement": "clear",
        "appearance": "normal",
        "rest": "normal",
        "forehead": "normal",
        "eye_closure": "normal",
        "mouth": "normal",
        "secondary_defect": "none",
    }
    assert [item.item for item in found.items] == [item.id for item in INSTRUMENT.items]
    assert (found.instrument, found.version, found.affected) == ("house_brackmann", "1", LEFT)
    assert found.ranges == (SuggestedRange("weakness", "I", "I"), SuggestedRange("grade", "I", "I"))
    assert found.notes == ()


@pytest.mark.parametrize(
    ("share", "answer"),
    [(0.0, "none"), (0.099, "none"), (0.101, "slight_to_moderate"), (0.499, "slight_to_moderate")]
    + [(0.501, "moderate_to_good"), (0.879, "moderate_to_good"), (0.881, "normal")],
)
def test_the_forehead_is_judged_by_the_brow(share, answer):
    found = suggested(make_readings(shares={BROW: share}), "forehead")
    assert (found.value, found.probability, found.measures) == (answer, 1.0, ("brow_height",))
    assert [a for a, _ in found.chances] == ["none", "slight_to_moderate", "moderate_to_good", "normal"]


@pytest.mark.parametrize(
    ("share", "answer"),
    [
        (0.099, "none"),
        (0.101, "slight_movement"),
        (0.249, "slight_movement"),
        (0.251, "asymmetric_maximum_effort"),
        (0.499, "asymmetric_maximum_effort"),
        (0.501, "slightly_weak_maximum_effort"),
        (0.749, "slightly_weak_maximum_effort"),
        (0.751, "slight_asymmetry"),
        (0.879, "slight_asymmetry"),
        (0.881, "normal"),
    ],
)
def test_the_mouth_is_judged_by_its_corner(share, answer):
    found = suggested(make_readings(shares={LIP: share, LIP_OUT: share}), "mouth")
    assert (found.value, found.probability) == (answer, 1.0)
    assert found.measures == ("commissure_height", "commissure_lateral")


@pytest.mark.parametrize(
    ("brow", "lip", "answer"),
    [
        (0.0, 0.099, "none"),
        (0.0, 0.101, "barely_perceptible"),
        (0.249, 0.0, "barely_perceptible"),
        (0.251, 0.0, "clear"),
        (0.0, 0.251, "clear"),
    ],
)
def test_any_movement_is_the_strongest_of_brow_and_mouth(brow, lip, answer):
    found = suggested(make_readings(shares={BROW: brow, LIP: lip, LIP_OUT: lip}), "movement")
    assert (found.value, found.probability) == (answer, 1.0)
    assert found.judged.value == pytest.approx(max(brow, lip) * 100)
    assert {c.source_key for c in found.citations} == {"Facialis", "House85"}


@pytest.mark.parametrize(
    ("shares", "answer"),
    [
        ({}, "normal"),
        ({BROW: 0.881}, "normal"),
        ({BROW: 0.879}, "slight"),
        ({TIGHT: 0.751}, "slight"),
        ({LIP: 0.749, LIP_OUT: 0.749}, "obvious"),
        ({BROW: 0.8, TIGHT: 0.2}, "obvious"),
    ],
)
def test_appearance_is_the_weakest_of_brow_lids_and_mouth(shares, answer):
    found = suggested(make_readings(shares=shares), "appearance")
    assert (found.value, found.probability) == (answer, 1.0)
    assert found.judged.value == pytest.approx(min([1.0, *shares.values()]) * 100)
    assert [a for a, _ in found.chances] == ["normal", "slight", "obvious"]
    assert found.remarks == (
        (
            "Whether an obvious difference disfigures, only a person can say; where it does, the grade is at "
            "least IV."
        ),
    )


@pytest.mark.parametrize(
    ("rest", "answer"),
    [
        ({"brow_height": -3.49, "palpebral_fissure": 1.99, "commissure_height": -2.99}, "normal"),
        ({"brow_height": -3.51}, "asymmetric"),
        ({"palpebral_fissure": 2.01}, "asymmetric"),
        ({"commissure_height": -3.01}, "asymmetric"),
    ],
)
def test_rest_is_asymmetric_when_any_difference_is_noticed(rest, answer):
    found = suggested(make_readings(rest=rest), "rest")
    assert (found.value, found.probability) == (answer, 1.0)
    assert found.remarks == ("Tone does not show in a photograph.",)
    assert set(found.measures) == {"brow_height", "palpebral_fissure", "commissure_height"}
    assert "Wang17" in {c.source_key for c in found.citations}


def test_the_rest_item_shows_the_difference_that_is_noticed_most():
    readings = make_readings(rest={"brow_height": -3.0, "palpebral_fissure": 1.9})
    assert suggested(readings, "rest").judged.value == pytest.approx(1.9)
    assert suggested(readings, "rest").measures[0] == "palpebral_fissure"


@pytest.mark.parametrize(
    ("tight", "gentle", "answer"),
    [
        (1.0, 1.0, "normal"),
        (0.801, 0.801, "normal"),
        (0.801, 0.799, "complete_with_effort"),
        (0.799, 0.799, "incomplete"),
        (0.799, 1.0, "incomplete"),
        (0.101, 0.0, "incomplete"),
        (0.099, 0.0, "none"),
    ],
)
def test_closure_is_complete_when_no_gap_is_noticed(tight, gentle, answer):
    # The opening is 10 mm, so 0.8 of it leaves 2 mm.
    found = suggested(make_readings(shares={TIGHT: tight, GENTLE: gentle}), "eye_closure")
    assert (found.value, found.probability) == (answer, 1.0)
    assert (found.judged.quantity, found.judged.unit) == ("remaining gap", "mm")
    assert found.judged.value == pytest.approx(10 * (1 - tight))
    assert found.remarks == ("Effort does not show in a photograph.",)
    assert {"Facialis", "Hohman14", "House85"} == {c.source_key for c in found.citations}
    assert [a for a, _ in found.chances] == ["normal", "complete_with_effort", "incomplete", "none"]


def test_without_gentle_closure_effort_is_assumed():
    found = suggested(make_readings(without=(Expression.GENTLE_EYE_CLOSURE,)), "eye_closure")
    assert (found.value, found.probability) == ("complete_with_effort", 1.0)
    assert found.remarks[1] == (
        "Judged without gentle closure, as if effort were needed: There is no photograph of "
        "'gentle_eye_closure'."
    )
    assert found.expressions == (Expression.TIGHT_EYE_CLOSURE,)


def test_the_chances_of_closure_add_up_where_a_gap_is_uncertain():
    found = suggested(make_readings(shares={TIGHT: 0.7, GENTLE: 0.7}, sd=1.5), "eye_closure")
    assert sum(chance for _, chance in found.chances) == pytest.approx(1)
    assert all(chance >= 0 for _, chance in found.chances)


@pytest.mark.parametrize(
    ("expression", "region", "noticed_mm"),
    [
        (Expression.CLOSED_SMILE, "eye", 2),
        (Expression.TIGHT_EYE_CLOSURE, "commissure", 3),
        (Expression.PUCKER, "brow", 3.5),
        (Expression.BROW_RAISE, "chin", 3),
    ],
)
def test_the_secondary_defect_is_the_strongest_involuntary_movement(expression, region, noticed_mm):
    for times, answer in ((0.99, "none"), (1.01, "very_slight"), (1.99, "very_slight"), (2.01, "obvious")) + (
        (2.99, "obvious"),
        (3.01, "disfiguring"),
    ):
        readings = make_readings(involuntary={(expression, region): times * noticed_mm})
        found = suggested(readings, "secondary_defect")
        assert (found.value, found.probability) == (answer, 1.0), times
    assert found.remarks[0] == "Contracture and spasm are not judged."
    assert (found.measures, found.expressions) == ((region,), (expression,))
    assert {"Facialis", "Wang17"} <= {c.source_key for c in found.citations}


def test_the_nostril_wing_does_not_count_as_a_secondary_defect():
    readings = make_readings(involuntary={(Expression.BROW_RAISE, "cheek"): 20.0})
    assert suggested(readings, "secondary_defect").value == "none"


@pytest.mark.parametrize(
    ("missing", "items"),
    [
        (Expression.BROW_RAISE, {"movement", "appearance", "forehead"}),
        (Expression.TIGHT_EYE_CLOSURE, {"appearance", "eye_closure"}),
        (Expression.OPEN_SMILE, set()),
        (Expression.SNARL, set()),
    ],
)
def test_an_item_needs_its_photographs(missing, items):
    found = suggest_house_brackmann(make_readings(without=(missing,)), LEFT)
    assert set(found.not_determined) == items
    for item in items:
        assert found.item(item).reason == f"There is no photograph of '{missing.value}'."


def test_nothing_is_suggested_from_nothing():
    found = suggest_house_brackmann(Readings(), LEFT)
    assert found.not_determined == tuple(item.id for item in INSTRUMENT.items)
    assert found.ranges == ()
    assert found.notes == (
        "No grade: whether anything moves could not be judged. There is no photograph of 'brow_raise'.",
    )
    assert found.item("rest").reason == "There is no photograph of 'rest'."
    assert found.item("secondary_defect").reason.startswith("There is no photograph of 'brow_raise'.")


def test_incomplete_closure_is_never_grade_three():
    weak = {BROW: 0.6, LIP: 0.6, LIP_OUT: 0.6}
    assert grade(make_readings(shares={**weak, TIGHT: 1.0, GENTLE: 1.0}))["grade"] == ("III", "III")
    assert grade(make_readings(shares={**weak, TIGHT: 0.7, GENTLE: 0.7}))["grade"] == ("IV", "IV")


def test_an_uncertain_gap_leaves_both_grades():
    readings = make_readings(shares={BROW: 0.6, LIP: 0.6, LIP_OUT: 0.6, TIGHT: 0.8})
    key = (*TIGHT, LEFT)
    gap = replace(readings.measures[key], sd=0.8)
    readings = replace(readings, measures={**readings.measures, key: gap})
    found = suggest_house_brackmann(readings, LEFT)
    assert found.item("eye_closure").probability == pytest.approx(0.5, abs=0.01)
    assert found.ranges[1] == SuggestedRange("grade", "III", "IV")


@pytest.mark.parametrize(
    ("share", "rest", "expected"),
    [
        (0.0, {"commissure_height": -6.0}, ("V", "VI")),
        (0.0, {}, ("V", "VI")),
        (0.2, {"commissure_height": -6.0}, ("V", "V")),
        (0.2, {}, ("IV", "IV")),
        (0.4, {"commissure_height": -6.0}, ("IV", "IV")),
        (0.8, {}, ("II", "II")),
    ],
)
def test_grades_by_the_order_of_decisions(share, rest, expected):
    shares = {TIGHT: share if share < 0.5 else 1.0, GENTLE: share if share < 0.5 else 1.0}
    found = suggest_house_brackmann(make_readings(share=share, shares=shares, rest=rest), LEFT)
    assert (found.ranges[1].low, found.ranges[1].high) == expected
    trace = (
        (
            "VI is never suggested alone: a photograph can tell neither a trace of movement from none nor "
            "tone from its loss."
        ),
    )
    assert found.notes == (trace if expected[1] == "VI" else ())


def test_a_lid_that_falls_by_itself_does_not_hide_a_total_palsy():
    readings = make_readings(share=0.0, shares={TIGHT: 0.3, GENTLE: 0.3}, rest={"commissure_height": -5.0})
    found = suggest_house_brackmann(readings, LEFT)
    assert (found.item("movement").value, found.item("eye_closure").value) == ("none", "incomplete")
    assert (found.ranges[1].low, found.ranges[1].high) == ("V", "VI")


def test_weakness_and_secondary_defect_are_kept_apart():
    readings = make_readings(share=0.95, involuntary={(Expression.OPEN_SMILE, "eye"): 5.0})
    assert grade(readings) == {"weakness": ("I", "I"), "grade": ("III", "III")}
    readings = make_readings(share=0.95, involuntary={(Expression.OPEN_SMILE, "eye"): 7.0})
    assert grade(readings) == {"weakness": ("I", "I"), "grade": ("IV", "IV")}


def test_a_sign_that_was_not_judged_leaves_its_grades_open():
    found = suggest_house_brackmann(make_readings(without=(Expression.TIGHT_EYE_CLOSURE,)), LEFT)
    assert found.ranges[1] == SuggestedRange("grade", "I", "IV", ("appearance", "eye_closure"))
    readings = make_readings()
    asymmetries = {**readings.asymmetries, (Expression.REST, "brow_height"): NoReading("Hair.")}
    found = suggest_house_brackmann(replace(readings, asymmetries=asymmetries), LEFT)
    assert found.item("rest").reason == "Hair."
    assert found.ranges[1] == SuggestedRange("grade", "I", "III", ("rest",))


def test_suggestions_are_answers_that_the_instrument_takes():
    for share in (0.0, 0.3, 0.6, 0.8, 1.0):
        found = suggest_house_brackmann(make_readings(share=share), LEFT)
        answers = INSTRUMENT.answers_type(**{item.item: item.value for item in found.items})
        assert answers.missing() == ()


def test_readings_of_the_right_side_are_read_from_the_right():
    readings = make_readings(affected=Side.RIGHT, share=0.6)
    found = suggest_house_brackmann(readings, Side.RIGHT)
    assert found.affected is Side.RIGHT
    assert found.item("forehead").readings[0].side is Side.RIGHT
    assert isinstance(readings.excursion(*BROW, Side.RIGHT), Reading)
