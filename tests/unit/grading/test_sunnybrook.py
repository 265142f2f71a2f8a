from facialis.grading.score import Completeness, Direction, Part, Score, ScoreRange
from facialis.grading.sunnybrook import CheekRest, EyeRest, MouthRest, SunnybrookAnswers, score

WORSE, BETTER = Direction.HIGHER_IS_WORSE, Direction.HIGHER_IS_BETTER
NORM = (
    "100 is not what healthy people score: the median of 111 healthy adults aged 18 to 79 was 96 with the "
    "right side as reference and 95 with the left (Picard24, found)."
)


def test_whole_result():
    answers = SunnybrookAnswers(
        EyeRest.NARROW, CheekRest.ABSENT, MouthRest.NORMAL, 2, 4, 3, 5, 1, 0, 1, 2, 3, 1
    )  # fmt: skip
    assert score(answers) == Score(
        instrument="sunnybrook",
        version="1",
        total=38,
        unit="points",
        range=ScoreRange(-15, 100),
        direction=BETTER,
        parts=(
            Part("rest_symmetry", "Resting symmetry", 15, ScoreRange(0, 20), WORSE),
            Part("voluntary_movement", "Voluntary movement", 60, ScoreRange(20, 100), BETTER),
            Part("synkinesis", "Synkinesis", 7, ScoreRange(0, 15), WORSE),
        ),
        grade=None,
        completeness=Completeness(13, 13, ()),
        notes=(NORM,),
        citations=("Ross96", "Picard24"),
    )


def test_composite_of_zero_needs_no_note_on_its_sign():
    answers = SunnybrookAnswers("wide", "absent", "corner_drooped", *[1] * 5, *[0] * 5)
    assert (score(answers).total, score(answers).notes) == (0, (NORM,))


def test_unanswered_part_keeps_the_others():
    found = score(SunnybrookAnswers(None, None, None, *[4] * 5, *[1] * 5))
    assert [part.value for part in found.parts] == [None, 80, 5]
    assert found.total is None
    assert found.notes == ("No total: 3 of 13 items not assessed (eye_rest, cheek_rest, mouth_rest).", NORM)
