"""Between which House-Brackmann grades the suggested signs leave the choice."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from facialis.grading.errors import ContradictoryAnswersError
from facialis.grading.grades import Grade
from facialis.grading.house_brackmann import (
    INSTRUMENT,
    HouseBrackmannAnswers,
    Movement,
    SecondaryDefect,
    decide,
)
from facialis.grading.suggest.item import AnswerValue, SuggestedItem, SuggestedRange
from facialis.grading.suggest.probability import Spread
from facialis.grading.suggest.thresholds import limit

NO_TRACE = (
    "VI is never suggested alone: a photograph can tell neither a trace of movement from none nor tone from "
    "its loss."
)
NEGLIGIBLE = 0.01
"""Answers less probable than this are not gone through: they cannot move a range of nine tenths."""

Chances = tuple[tuple[AnswerValue, float], ...]


def grade_ranges(
    items: Sequence[SuggestedItem],
) -> tuple[tuple[SuggestedRange, ...], tuple[str, ...]]:
    """Go through the likely answers in the order of decisions.

    Parameters
    ----------
    items : sequence of SuggestedItem
        The seven signs.

    Returns
    -------
    ranges, notes
        `weakness`, without the secondary defect, and `grade`. None of them where it is not known
        whether anything moves.
    """
    by_id = {item.item: item for item in items}
    movement = by_id["movement"]
    if movement.value is None:
        return (), (f"No grade: whether anything moves could not be judged. {movement.reason}",)
    no_defect = {**by_id, "secondary_defect": None}
    found = (_range("weakness", no_defect), _range("grade", by_id))
    return found, ((NO_TRACE,) if found[1].high == Grade.VI.name else ())


def _range(name: str, by_id: Mapping[str, SuggestedItem | None]) -> SuggestedRange:
    lowest: dict[int, float] = {}
    highest: dict[int, float] = {}
    for chance, grades in _outcomes(by_id):
        lowest[min(grades)] = lowest.get(min(grades), 0.0) + chance
        highest[max(grades)] = highest.get(max(grades), 0.0) + chance
    probability = limit("range_probability")
    low = Grade(Spread(lowest).central_interval(probability)[0])
    high = Grade(Spread(highest).central_interval(probability)[1])
    missing = tuple(item.item for item in by_id.values() if item is not None and item.value is None)
    return SuggestedRange(name, min(low, Grade.V).name, high.name, missing)


def _outcomes(by_id: Mapping[str, SuggestedItem | None]) -> Iterator[tuple[float, list[Grade]]]:
    """Every likely set of answers with its probability, and the grades that unjudged signs leave open."""
    judged = {
        name: _likely(item) for name, item in by_id.items() if item is not None and item.value is not None
    }
    fixed = {name: SecondaryDefect.NONE for name, item in by_id.items() if item is None}
    open_signs = {
        name: _ends(name) for name, item in by_id.items() if item is not None and item.value is None
    }
    for answers in product(*judged.values()):
        chance = 1.0
        for _, part in answers:
            chance *= part
        known = {name: answer for name, (answer, _) in zip(judged, answers, strict=True)}
        rest = [dict(zip(open_signs, ends, strict=True)) for ends in product(*open_signs.values())]
        yield chance, [grade_of({**fixed, **known, **ends}) for ends in rest]


def grade_of(answers: Mapping[str, AnswerValue]) -> Grade:
    """The grade of a full set of answers; two readings that contradict each other are settled first.

    A face of which neither brow nor corner of the mouth moves is graded by that: lids and lips are
    drawn along by the other side, and the lid falls by itself. An eye that closes moves clearly.
    """
    if answers["movement"] == Movement.NONE:
        return Grade.VI
    try:
        signs = HouseBrackmannAnswers(**answers)  # type: ignore[arg-type]  # checked by the class
    except ContradictoryAnswersError:
        barely = answers["movement"] == Movement.BARELY_PERCEPTIBLE
        settled = Movement.CLEAR if barely else Movement.BARELY_PERCEPTIBLE
        signs = HouseBrackmannAnswers(**{**answers, "movement": settled})  # type: ignore[arg-type]  # as above
    return decide(signs)


def _likely(item: SuggestedItem) -> Chances:
    likely = [(answer, chance) for answer, chance in item.chances if chance >= NEGLIGIBLE]
    total = sum(chance for _, chance in likely)
    return tuple((answer, chance / total) for answer, chance in likely)


def _ends(item_id: str) -> tuple[AnswerValue, AnswerValue]:
    """The mildest and the gravest answer of a sign."""
    anchors = INSTRUMENT.item(item_id).anchors
    return anchors[0].answer, anchors[-1].answer
