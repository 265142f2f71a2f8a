from facialis.grading.score import Completeness, Direction, Part, Score, ScoreRange
from facialis.grading.stennert import StennertAnswers, score

WORSE = Direction.HIGHER_IS_WORSE


def test_whole_result():
    yes, no = True, False
    answers = StennertAnswers(yes, no, yes, yes, no, yes, no, yes, no, no)
    assert score(answers) == Score(
        instrument="stennert",
        version="1",
        total=5,
        unit="points",
        range=ScoreRange(0, 10),
        direction=WORSE,
        parts=(
            Part("rest", "At rest", 3, ScoreRange(0, 4), WORSE),
            Part("motion", "In motion", 2, ScoreRange(0, 6), WORSE),
        ),
        grade=None,
        completeness=Completeness(10, 10, ()),
        notes=(
            "The ten signs stand here from memory (Stennert77, recall-medium): compare them with the paper.",
            "The separate score of secondary defects is not part of this index.",
        ),
        citations=("Stennert77",),
    )


def test_missing_sign_leaves_the_other_part():
    found = score(StennertAnswers(None, *[True] * 9))
    assert (found.total, [part.value for part in found.parts]) == (None, [None, 6])
    assert found.notes[0] == "No total: 1 of 10 items not assessed (fissure_difference)."
