"""eFACE: fifteen sliders, three sub-scores, and a total whose rule the user names."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from facialis.grading.answers import Answers
from facialis.grading.instrument import Instrument, ScoringOption, option_value
from facialis.grading.score import (
    Direction,
    Exact,
    Part,
    Score,
    completeness_of,
    missing_note,
    sum_if_complete,
)
from facialis.grading.scoring_table import ScoringTable, load_scoring

PARTS = {"static": "Static", "dynamic": "Dynamic", "synkinesis": "Synkinesis"}


class TotalRule(StrEnum):
    """How the sources make one total of the sliders."""

    MEAN_ITEMS = "mean_items"
    """The mean of all fifteen items."""
    WEIGHTED_1_2_1 = "weighted_1_2_1"
    """The mean of the sub-scores, the dynamic one counted twice."""


@dataclass(frozen=True)
class EfaceAnswers(Answers):
    """Sliders from 0 to 100; items that can be overactive go on to 200."""

    brow_rest: Decimal | None
    palpebral_fissure_rest: Decimal | None
    nasolabial_fold_rest: Decimal | None
    oral_commissure_rest: Decimal | None
    brow_elevation: Decimal | None
    gentle_eye_closure: Decimal | None
    full_eye_closure: Decimal | None
    nasolabial_fold_depth_smile: Decimal | None
    nasolabial_fold_orientation_smile: Decimal | None
    oral_commissure_smile: Decimal | None
    lower_lip_eee: Decimal | None
    ocular_synkinesis: Decimal | None
    midfacial_synkinesis: Decimal | None
    mentalis_synkinesis: Decimal | None
    platysmal_synkinesis: Decimal | None


def score(answers: EfaceAnswers, *, total_rule: str | None = None) -> Score:
    """Sub-scores as exact means, and the total by the rule that was named.

    Parameters
    ----------
    answers : EfaceAnswers
        A part with an unanswered item has no sub-score.
    total_rule : "mean_items" or "weighted_1_2_1"
        Sources disagree, so there is no default: without a rule there is no total.

    Raises
    ------
    ScoringOptionError
        If the rule has another name.

    Notes
    -----
    [Banks15]. On the items that go on to 200, what lies above 100 counts as 200 minus the
    value (recall-medium).
    """
    rule = option_value(INSTRUMENT, "total_rule", total_rule)
    table = load_scoring(INSTRUMENT.id)
    items = {
        part: [_counted(answers, table, i.id) for i in INSTRUMENT.items if i.part == part] for part in PARTS
    }
    sub_scores = {part: _mean(values) for part, values in items.items()}
    total: Exact | None = None
    if rule == TotalRule.MEAN_ITEMS:
        total = _mean([value for values in items.values() for value in values])
    elif rule == TotalRule.WEIGHTED_1_2_1:
        total = _weighted_mean(table, sub_scores)
    completeness = completeness_of(answers)
    return Score(
        instrument=INSTRUMENT.id,
        version=INSTRUMENT.version,
        total=total,
        unit="points",
        range=table.range("range_total"),
        direction=Direction.HIGHER_IS_BETTER,
        parts=tuple(
            Part(
                name=part,
                label=label,
                value=sub_scores[part],
                range=table.range(f"range_{part}"),
                direction=Direction.HIGHER_IS_BETTER,
            )
            for part, label in PARTS.items()
        ),
        grade=None,
        completeness=completeness,
        notes=(*missing_note(completeness), *_rule_note(rule), *_overactive_note(answers, table)),
        citations=INSTRUMENT.sources,
        options={"total_rule": rule},
    )


def _counted(answers: EfaceAnswers, table: ScoringTable, item_id: str) -> Fraction | None:
    slider: Decimal | None = getattr(answers, item_id)
    if slider is None:
        return None
    value = Fraction(slider)
    return value if value <= table.number("balanced") else table.number("mirror") - value


def _mean(values: list[Fraction | None]) -> Exact | None:
    total = sum_if_complete(values)
    return None if total is None else whole_if_possible(Fraction(total, len(values)))


def _weighted_mean(table: ScoringTable, sub_scores: dict[str, Exact | None]) -> Exact | None:
    weights = {part: table.number(f"weight_{part}") for part in PARTS}
    total = sum_if_complete(
        None if value is None else value * weights[part] for part, value in sub_scores.items()
    )
    return None if total is None else whole_if_possible(Fraction(total) / sum(weights.values()))


def whole_if_possible(value: Fraction) -> Exact:
    """Return an int where the fraction is one."""
    return int(value) if value.denominator == 1 else value


def _rule_note(rule: str | None) -> tuple[str, ...]:
    if rule is not None:
        return (f"Total by the rule {rule}; totals by another rule are not comparable.",)
    sentence = (
        "No total: sources disagree on its rule. Name mean_items (mean of the 15 items, recall-medium) or "
        "weighted_1_2_1 (dynamic counted twice, found), and always the same."
    )
    return (sentence,)


def _overactive_note(answers: EfaceAnswers, table: ScoringTable) -> tuple[str, ...]:
    balanced = table.number("balanced")
    above = [
        item.id
        for item in INSTRUMENT.items
        if (slider := getattr(answers, item.id)) is not None and slider > balanced
    ]
    if not above:
        return ()
    mirror = table.cited("mirror")
    sentence = (
        f"On the overactive side, and counted as {table.number('mirror')} minus the slider "
        f"({mirror.source_key}, {mirror.provenance.value}): {', '.join(above)}."
    )
    return (sentence,)


INSTRUMENT = Instrument(
    id="eface",
    title="eFACE",
    version="15",
    licence_note=(
        "Application of its authors and of the Sir Charles Bell Society; item names are used as facts, the "
        "sliders' artwork is not copied (recall-medium; ask the holder)."
    ),
    sources=("Banks15",),
    answers_type=EfaceAnswers,
    score=score,
    options=(
        ScoringOption(
            name="total_rule",
            allowed=tuple(rule.value for rule in TotalRule),
            meaning="how one total is made of the sliders; without it only sub-scores are given",
        ),
    ),
)
