"""What holds for every set of answers to the clinicians' scales."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from facialis.grading.answers import read_answers
from facialis.grading.errors import ContradictoryAnswersError
from facialis.grading.instrument import AnswerKind
from facialis.grading.registry import INSTRUMENTS
from facialis.grading.score import Direction

SCALES = (
    "house_brackmann", "house_brackmann_regional", "house_brackmann_measured", "fngs2", "sunnybrook", "eface",
    "stennert",
)  # fmt: skip
SUNNYBROOK, EFACE, HOUSE_BRACKMANN = (
    INSTRUMENTS[name] for name in ("sunnybrook", "eface", "house_brackmann")
)

few = settings(max_examples=40)
"""Every example draws a whole form."""


def answer_to(item):
    if item.kind is AnswerKind.CHOICE:
        return st.sampled_from([anchor.answer for anchor in item.anchors])
    if item.kind is AnswerKind.YES_NO:
        return st.booleans()
    if item.kind is AnswerKind.INTEGER:
        return st.integers(int(item.low), int(item.high))
    return st.decimals(item.low, item.high, places=2)


@st.composite
def assessments(draw, instrument, *, complete=False):
    """Answers that can be true of one face."""
    values = {
        item.id: draw(answer_to(item) if complete else st.none() | answer_to(item))
        for item in instrument.items
    }
    try:
        return instrument.answers_type(**values)
    except ContradictoryAnswersError:
        assume(False)


@few
@given(st.sampled_from(SCALES).flatmap(lambda name: assessments(INSTRUMENTS[name])))
def test_answers_survive_being_written_and_read(answers):
    written = json.loads(json.dumps(answers.to_document(), allow_nan=False))
    assert read_answers(answers.instrument, written) == answers


@few
@given(st.sampled_from(SCALES).flatmap(lambda name: assessments(INSTRUMENTS[name])))
def test_parts_stay_in_their_range_and_results_are_json(answers):
    score = answers.instrument.score(answers)
    for part in score.parts:
        assert part.value is None or part.range.low <= part.value <= part.range.high
    assert (score.total is None) >= (not score.completeness.complete)
    assert json.loads(json.dumps(score.to_plain(), allow_nan=False)) == score.to_plain()


@few
@given(assessments(SUNNYBROOK, complete=True), st.data())
def test_a_better_movement_raises_sunnybrook_by_four_and_synkinesis_lowers_it_by_one(answers, data):
    name = data.draw(st.sampled_from([i for i in SUNNYBROOK.items if i.kind is AnswerKind.INTEGER]))
    value = getattr(answers, name.id)
    assume(value < name.high)
    change = (
        SUNNYBROOK.score(replace(answers, **{name.id: value + 1})).total - SUNNYBROOK.score(answers).total
    )
    assert change == (4 if name.part == "voluntary_movement" else -1)


@few
@given(assessments(EFACE, complete=True), st.sampled_from(["mean_items", "weighted_1_2_1"]))
def test_both_sides_of_balance_count_alike_in_eface(answers, rule):
    mirrored = replace(
        answers,
        **{item.id: 200 - getattr(answers, item.id) for item in EFACE.items if item.high == 200},
    )
    assert EFACE.score(mirrored, total_rule=rule).total == EFACE.score(answers, total_rule=rule).total


@few
@given(st.decimals(0, 100, places=3), st.sampled_from(["mean_items", "weighted_1_2_1"]))
def test_equal_sliders_are_their_own_total(slider, rule):
    answers = EFACE.answers_type(**{item.id: Decimal(slider) for item in EFACE.items})
    assert EFACE.score(answers, total_rule=rule).total == Fraction(slider)


@few
@given(assessments(HOUSE_BRACKMANN, complete=True))
def test_house_brackmann_is_at_least_its_weakness_and_its_secondary_defect_up_to_four(answers):
    score = HOUSE_BRACKMANN.score(answers)
    assert score.total >= score.part("weakness").value
    assert score.total >= score.part("secondary_defect").value
    if answers.eye_closure in {"incomplete", "none"}:
        assert score.total >= 4


@few
@given(assessments(INSTRUMENTS["fngs2"], complete=True))
def test_fngs2_is_the_sum_of_its_parts(answers):
    score = INSTRUMENTS["fngs2"].score(answers)
    assert score.direction is Direction.HIGHER_IS_WORSE
    assert score.total == sum(part.value for part in score.parts)
    assert 4 <= score.total <= 26
