from fractions import Fraction

import pytest

from facialis.grading.eface import INSTRUMENT, EfaceAnswers, TotalRule, score, whole_if_possible
from facialis.grading.errors import ScoringOptionError
from facialis.grading.score import Completeness, Direction, Part, Score, ScoreRange

BETTER, ENDS = Direction.HIGHER_IS_BETTER, ScoreRange(0, 100)
NO_RULE = (
    "No total: sources disagree on its rule. Name mean_items (mean of the 15 items, recall-medium) or "
    "weighted_1_2_1 (dynamic counted twice, found), and always the same."
)

OVERACTIVE = (
    "On the overactive side, and counted as 200 minus the slider (Banks15, recall-medium): "
    "brow_rest, nasolabial_fold_depth_smile."
)


def rated(**changes):
    return EfaceAnswers(**{**{item.id: 100 for item in INSTRUMENT.items}, **changes})


def test_whole_result():
    answers = rated(brow_rest=120, nasolabial_fold_depth_smile=130, ocular_synkinesis=50, full_eye_closure=0)
    assert score(answers, total_rule="weighted_1_2_1") == Score(
        instrument="eface",
        version="15",
        total=Fraction(4835, 56),
        unit="points",
        range=ENDS,
        direction=BETTER,
        parts=(
            Part("static", "Static", 95, ENDS, BETTER),
            Part("dynamic", "Dynamic", Fraction(570, 7), ENDS, BETTER),
            Part("synkinesis", "Synkinesis", Fraction(175, 2), ENDS, BETTER),
        ),
        grade=None,
        completeness=Completeness(15, 15, ()),
        notes=(
            "Total by the rule weighted_1_2_1; totals by another rule are not comparable.",
            OVERACTIVE,
        ),
        citations=("Banks15",),
        options={"total_rule": "weighted_1_2_1"},
    )


def test_without_a_rule_the_result_says_which_there_are():
    found = score(rated())
    assert (found.total, found.options, found.notes) == (None, {"total_rule": None}, (NO_RULE,))
    assert all(rule.value in NO_RULE for rule in TotalRule)


def test_rules_differ_when_sub_scores_do():
    answers = rated(
        ocular_synkinesis=0, midfacial_synkinesis=0, mentalis_synkinesis=0, platysmal_synkinesis=0
    )
    assert score(answers, total_rule=TotalRule.MEAN_ITEMS).total == Fraction(220, 3)
    assert score(answers, total_rule=TotalRule.WEIGHTED_1_2_1).total == 75


def test_unknown_rule_is_refused():
    with pytest.raises(ScoringOptionError) as refusal:
        score(rated(), total_rule="mean")
    assert str(refusal.value) == (
        "eFACE: total_rule is 'mean'; allowed is mean_items or weighted_1_2_1. Name one of these."
    )


def test_unanswered_slider_is_not_overactive():
    found = score(rated(brow_rest=None, oral_commissure_rest=100.5))
    assert found.notes[-1].endswith("(Banks15, recall-medium): oral_commissure_rest.")


def test_parts_have_the_items_of_the_current_version():
    parts = [item.part for item in INSTRUMENT.items]
    assert [parts.count(part) for part in ("static", "dynamic", "synkinesis")] == [4, 7, 4]
    two_sided = [item.id for item in INSTRUMENT.items if item.high == 200]
    assert two_sided == [
        "brow_rest", "palpebral_fissure_rest", "nasolabial_fold_rest", "oral_commissure_rest",
        "nasolabial_fold_depth_smile", "nasolabial_fold_orientation_smile",
    ]  # fmt: skip


@pytest.mark.parametrize(("value", "kind"), [(Fraction(4, 2), int), (Fraction(1, 2), Fraction)])
def test_fraction_that_is_whole_becomes_an_integer(value, kind):
    assert whole_if_possible(value) == value
    assert type(whole_if_possible(value)) is kind
