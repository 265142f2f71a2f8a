import pytest

from facialis.grading.errors import AnswerRangeError, AnswerTypeError, ContradictoryAnswersError
from facialis.grading.grades import Grade
from facialis.grading.house_brackmann import (
    INSTRUMENT,
    Appearance,
    EyeClosure,
    Forehead,
    HouseBrackmannAnswers,
    Mouth,
    Movement,
    Rest,
    SecondaryDefect,
    decide,
    motion_grade,
    score,
)
from facialis.grading.house_brackmann_measured import HouseBrackmannMeasuredAnswers
from facialis.grading.house_brackmann_measured import score as score_measured
from facialis.grading.house_brackmann_regional import HouseBrackmannRegionalAnswers
from facialis.grading.house_brackmann_regional import score as score_regional
from facialis.grading.score import Completeness, Direction, Part, Score, ScoreRange

GRADES = ScoreRange(1, 6)
WORSE, BETTER = Direction.HIGHER_IS_WORSE, Direction.HIGHER_IS_BETTER
MADE_FOUR = (
    "The secondary defect makes it grade IV; the weakness alone is grade III. Raters disagree on such "
    "faces, so compare the parts."
)
ASYMMETRIC_FOUR = (
    "Rest is asymmetric in grade IV: House85 describes normal symmetry and tone at rest up to IV "
    "(recall-high), summaries write of disfigurement at rest in IV (WebSource, found)."
)


def seen(**changes):
    signs = {
        "movement": Movement.CLEAR,
        "appearance": Appearance.NORMAL,
        "rest": Rest.NORMAL,
        "forehead": Forehead.NORMAL,
        "eye_closure": EyeClosure.NORMAL,
        "mouth": Mouth.NORMAL,
        "secondary_defect": SecondaryDefect.NONE,
    }
    return HouseBrackmannAnswers(**{**signs, **changes})


def test_whole_result_of_an_eye_that_does_not_close_and_obvious_synkinesis():
    found = score(seen(eye_closure=EyeClosure.INCOMPLETE, secondary_defect=SecondaryDefect.OBVIOUS))
    assert found == Score(
        instrument="house_brackmann",
        version="1",
        total=4,
        unit="grade",
        range=GRADES,
        direction=WORSE,
        parts=(
            Part("weakness", "Weakness alone", 4, GRADES, WORSE, "IV"),
            Part("secondary_defect", "Synkinesis, contracture, spasm", 3, GRADES, WORSE, "III"),
        ),
        grade="IV",
        completeness=Completeness(7, 7, ()),
        notes=("Grade IV stands for 26 to 50 % of normal movement on House's scale (House85, recall-high).",),
        citations=("House85", "WebSource", "Facialis"),
        options={},
    )


@pytest.mark.parametrize("eye", [EyeClosure.INCOMPLETE, EyeClosure.NONE])
@pytest.mark.parametrize("appearance", Appearance)
@pytest.mark.parametrize("forehead", Forehead)
def test_an_eye_that_does_not_close_is_never_three(eye, appearance, forehead):
    assert decide(seen(eye_closure=eye, appearance=appearance, forehead=forehead)) is Grade.IV


def test_nothing_assessed_has_neither_grade_nor_parts():
    found = score(HouseBrackmannAnswers(*[None] * 7))
    assert (found.total, found.grade, found.completeness.answered) == (None, None, 0)
    assert [(part.value, part.grade) for part in found.parts] == [(None, None), (None, None)]
    names = "movement, appearance, rest, forehead, eye_closure, mouth, secondary_defect"
    assert found.notes == (f"No total: 7 of 7 items not assessed ({names}).",)


def test_notes_of_a_secondary_defect_with_asymmetric_rest():
    found = score(seen(rest=Rest.ASYMMETRIC, secondary_defect=SecondaryDefect.DISFIGURING))
    assert found.notes == (
        "Grade IV stands for 26 to 50 % of normal movement on House's scale (House85, recall-high).",
        MADE_FOUR,
        ASYMMETRIC_FOUR,
    )


@pytest.mark.parametrize(
    "signs",
    [
        {
            "movement": Movement.NONE,
            "eye_closure": EyeClosure.NONE,
            "forehead": Forehead.NONE,
            "mouth": Mouth.NONE,
        },
        {"movement": Movement.BARELY_PERCEPTIBLE, "eye_closure": EyeClosure.INCOMPLETE},
    ],
)
def test_asymmetric_rest_is_what_five_and_six_describe(signs):
    notes = score(seen(rest=Rest.ASYMMETRIC, **signs)).notes
    assert len(notes) == 1
    assert notes[0].startswith("Grade V")


def test_normal_rest_in_four_needs_no_note():
    assert len(score(seen(eye_closure=EyeClosure.INCOMPLETE)).notes) == 1


def test_contradictions_need_both_answers():
    nothing_else = dict.fromkeys(("forehead", "eye_closure", "mouth", "secondary_defect"))
    assert seen(movement=Movement.NONE, **nothing_else).forehead is None
    assert seen(movement=Movement.BARELY_PERCEPTIBLE, eye_closure=None).eye_closure is None
    assert seen(movement=None, forehead="none", eye_closure="none", mouth="none").movement is None
    assert seen(forehead="none", eye_closure="none", mouth=None).mouth is None


@pytest.mark.parametrize("closure", ["normal", "complete_minimal_effort", "complete_with_effort"])
def test_barely_perceptible_movement_closes_no_eye(closure):
    with pytest.raises(ContradictoryAnswersError, match=f"'eye_closure' is {closure}"):
        seen(movement="barely_perceptible", eye_closure=closure)


@pytest.mark.parametrize("region", ["forehead", "eye_closure", "mouth"])
def test_clear_movement_of_one_region_is_enough(region):
    moving = {"forehead": "slight_to_moderate", "eye_closure": "incomplete", "mouth": "slight_movement"}
    still = dict.fromkeys(moving, "none")
    assert seen(**{**still, region: moving[region]}).movement is Movement.CLEAR


@pytest.mark.parametrize(
    ("share_pct", "grade"),
    [
        (0, "VI"),
        (1, "V"),
        (25, "V"),
        (26, "IV"),
        (50, "IV"),
        (51, "III"),
        (75, "III"),
        (76, "II"),
        (99, "II"),
        (100, "I"),
    ],
)
def test_share_of_movement_has_a_grade(share_pct, grade):
    assert motion_grade(share_pct) is Grade[grade]


@pytest.mark.parametrize("share_pct", [-1, 101])
def test_share_of_movement_ends_at_0_and_100(share_pct):
    with pytest.raises(AnswerRangeError) as refusal:
        motion_grade(share_pct)
    assert str(refusal.value) == (
        f"House-Brackmann: the share of movement is {share_pct} %; allowed is 0 to 100 (House85, "
        "recall-high). Correct it."
    )


@pytest.mark.parametrize("share_pct", [True, 50.5, "50", None])
def test_share_of_movement_is_a_whole_number(share_pct):
    with pytest.raises(AnswerTypeError) as refusal:
        motion_grade(share_pct)
    assert str(refusal.value) == (
        f"House-Brackmann: the share of movement is {share_pct!r}; allowed is a whole number from 0 to 100 "
        "(House85, recall-high). Round it to whole per cent."
    )


def test_points_of_a_sign_are_the_mildest_grade_that_describes_it():
    points = {item.id: [anchor.points for anchor in item.anchors] for item in INSTRUMENT.items}
    assert points == {
        "movement": [6, 5, 1],
        "appearance": [1, 2, 3, 4],
        "rest": [1, 3],
        "forehead": [1, 2, 3, 4],
        "eye_closure": [1, 2, 3, 4, 4],
        "mouth": [1, 2, 3, 4, 5, 6],
        "secondary_defect": [1, 2, 3, 4],
    }


def test_whole_result_of_the_regions():
    assert score_regional(HouseBrackmannRegionalAnswers(6, None, 3, 2)) == Score(
        instrument="house_brackmann_regional",
        version="1",
        total=None,
        unit="grade",
        range=None,
        direction=WORSE,
        parts=(
            Part("forehead", "Forehead", 6, GRADES, WORSE, "VI"),
            Part("eye", "Eye", None, GRADES, WORSE, None),
            Part("midface", "Midface and nose", 3, GRADES, WORSE, "III"),
            Part("mouth", "Mouth", 2, GRADES, WORSE, "II"),
        ),
        grade=None,
        completeness=Completeness(3, 4, ("eye",)),
        notes=("Every region has its own grade; there is no total (Reitzen09, recall-high).",),
        citations=("Reitzen09", "House85"),
    )


def test_whole_result_of_two_measured_movements():
    points = ScoreRange(0, 4)
    commissure = "Outward and upward movement of the corner of the mouth against the healthy side"
    assert score_measured(HouseBrackmannMeasuredAnswers(4, 2)) == Score(
        instrument="house_brackmann_measured",
        version="1",
        total=6,
        unit="points",
        range=ScoreRange(0, 8),
        direction=BETTER,
        parts=(
            Part("brow", "Upward movement of the brow against the healthy side", 4, points, BETTER),
            Part("commissure", commissure, 2, points, BETTER),
        ),
        grade="III",
        completeness=Completeness(2, 2, ()),
        notes=("Movement alone is measured: synkinesis and contracture do not show in this grade.",),
        citations=("House85",),
    )
