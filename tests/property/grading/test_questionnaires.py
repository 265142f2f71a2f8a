"""Whatever patients answer: scores stay in their range, are exact, move with the answers, and come back."""

import json
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from facialis.grading import face_scale, fdi, saq
from facialis.grading.answers import Answers, read_answers
from facialis.grading.change import ChangeKind, compare, compare_scales
from facialis.grading.face_scale import FaceScaleAnswers
from facialis.grading.fdi import FdiAnswers
from facialis.grading.saq import SaqAnswers
from facialis.grading.score import Direction, Score


def full(answers_type: type[Answers]) -> st.SearchStrategy[Answers]:
    items = answers_type.instrument.items
    return st.builds(
        answers_type, **{item.id: st.integers(int(item.low or 0), int(item.high or 0)) for item in items}
    )


@st.composite
def partial(draw: st.DrawFn, answers_type: type[Answers]) -> Answers:
    answers = draw(full(answers_type))
    left_out = draw(st.sets(st.sampled_from([item.id for item in answers_type.instrument.items])))
    return replace(answers, **dict.fromkeys(left_out))


ANY_FULL = st.sampled_from([SaqAnswers, FaceScaleAnswers, FdiAnswers]).flatmap(full)
ANY_PARTIAL = st.sampled_from([SaqAnswers, FaceScaleAnswers, FdiAnswers]).flatmap(partial)


def scored(answers: Answers) -> Score:
    return answers.instrument.score(answers)


@given(ANY_PARTIAL)
def test_scores_stay_in_their_range(answers: Answers) -> None:
    score = scored(answers)
    for value, scale in [(score.total, score.range), *((part.value, part.range) for part in score.parts)]:
        if value is not None:
            assert scale is not None
            assert scale.low <= value <= scale.high


@given(ANY_PARTIAL)
def test_total_and_parts_are_there_exactly_when_their_answers_are(answers: Answers) -> None:
    score = scored(answers)
    if answers.instrument.id != "fdi":
        assert (score.total is None) == bool(answers.missing())
    for part in score.parts:
        given_answers = [getattr(answers, i.id) for i in answers.instrument.items if i.part == part.name]
        enough = any if answers.instrument.id == "fdi" else all
        assert (part.value is not None) == enough(answer is not None for answer in given_answers)


@given(full(SaqAnswers))
def test_saq_is_the_exact_share_of_the_greatest_sum(answers: SaqAnswers) -> None:
    points = sum(getattr(answers, item.id) for item in saq.INSTRUMENT.items)
    assert saq.score(answers).total == Fraction(100 * points, 45)


@given(full(FaceScaleAnswers))
def test_face_scale_total_weighs_each_domain_by_its_items(answers: FaceScaleAnswers) -> None:
    score = face_scale.score(answers)
    items = face_scale.INSTRUMENT.items
    weighted = sum(Fraction(part.value) * sum(i.part == part.name for i in items) for part in score.parts)
    assert score.total == weighted / 15


@given(full(FdiAnswers))
def test_fdi_codings_are_mirrors_of_each_other(answers: FdiAnswers) -> None:
    mirrored = replace(answers, **{f"item_{n}": 7 - getattr(answers, f"item_{n}") for n in range(7, 11)})
    by_points, by_frequency = fdi.score(answers), fdi.score(mirrored, social_coding="frequency")
    assert by_points.parts == by_frequency.parts


@given(ANY_FULL, st.data())
def test_better_answer_never_lowers_and_worse_never_raises_a_score(
    answers: Answers, data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(answers.instrument.items))
    value = getattr(answers, item.id)
    if value == item.high:
        value -= 1
    lower = scored(replace(answers, **{item.id: value}))
    higher = scored(replace(answers, **{item.id: value + 1}))
    if lower.total is not None:
        assert lower.total < higher.total
    for before, after in zip(lower.parts, higher.parts, strict=True):
        assert (before.value < after.value) if before.name == item.part else (before.value == after.value)


@given(ANY_PARTIAL)
def test_answers_survive_their_document(answers: Answers) -> None:
    document = json.loads(json.dumps(answers.to_document()))
    assert read_answers(answers.instrument, document) == answers


@given(
    st.sampled_from([SaqAnswers, FaceScaleAnswers, FdiAnswers]).flatmap(lambda t: st.tuples(full(t), full(t)))
)
def test_change_turned_round_is_the_opposite_change(pair: tuple[Answers, Answers]) -> None:
    opposite = {ChangeKind.BETTER: ChangeKind.WORSE, ChangeKind.WORSE: ChangeKind.BETTER}
    before, after = map(scored, pair)
    for forth, back in zip(compare_scales(before, after), compare_scales(after, before), strict=True):
        assert back.kind is opposite.get(forth.kind, forth.kind)
        assert back.difference == -forth.difference


@given(full(SaqAnswers), full(SaqAnswers))
def test_change_is_called_only_beyond_the_measurement_error(first: SaqAnswers, second: SaqAnswers) -> None:
    change = compare(saq.score(first), saq.score(second))
    assert change.direction is Direction.HIGHER_IS_WORSE
    called = change.kind in {ChangeKind.BETTER, ChangeKind.WORSE}
    assert called == (abs(change.difference) > Fraction("28.2"))
    if called:
        assert (change.kind is ChangeKind.BETTER) == (change.difference < 0)
