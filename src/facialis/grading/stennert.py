"""Stennert's index of paresis: ten signs, present or not."""

from dataclasses import dataclass

from facialis.grading.answers import Answers
from facialis.grading.instrument import Instrument
from facialis.grading.score import (
    Direction,
    Exact,
    Part,
    Score,
    completeness_of,
    missing_note,
    sum_if_complete,
)
from facialis.grading.scoring_table import load_scoring

PARTS = {"rest": "At rest", "motion": "In motion"}


@dataclass(frozen=True)
class StennertAnswers(Answers):
    """True where the sign is there."""

    fissure_difference: bool | None
    ectropion: bool | None
    nasolabial_fold_effaced: bool | None
    mouth_corner_drop: bool | None
    brow_raise_below_half: bool | None
    eye_open_sleep_posture: bool | None
    eye_open_maximum_effort: bool | None
    canines_not_shown: bool | None
    second_incisor_not_shown: bool | None
    pucker_below_half: bool | None


def score(answers: StennertAnswers) -> Score:
    """Count the signs: four at rest and six in motion, 0 normal to 10 complete palsy.

    Notes
    -----
    [Stennert77], from memory (recall-medium): every result says so.
    """
    table = load_scoring(INSTRUMENT.id)
    counts = {part: _count(answers, part) for part in PARTS}
    completeness = completeness_of(answers)
    return Score(
        instrument=INSTRUMENT.id,
        version=INSTRUMENT.version,
        total=sum_if_complete(counts.values()),
        unit="points",
        range=table.range("range_total"),
        direction=Direction.HIGHER_IS_WORSE,
        parts=tuple(
            Part(
                name=part,
                label=label,
                value=counts[part],
                range=table.range(f"range_{part}"),
                direction=Direction.HIGHER_IS_WORSE,
            )
            for part, label in PARTS.items()
        ),
        grade=None,
        completeness=completeness,
        notes=(
            *missing_note(completeness),
            "The ten signs stand here from memory (Stennert77, recall-medium): compare them with the paper.",
            "The separate score of secondary defects is not part of this index.",
        ),
        citations=INSTRUMENT.sources,
    )


def _count(answers: StennertAnswers, part: str) -> Exact | None:
    signs = [getattr(answers, item.id) for item in INSTRUMENT.items if item.part == part]
    return sum_if_complete(None if sign is None else int(sign) for sign in signs)


INSTRUMENT = Instrument(
    id="stennert",
    title="Stennert index",
    version="1",
    licence_note=(
        "Published scale of clinicians: its rules are facts; the journal's table is not reproduced "
        "(recall-medium; ask the holder)."
    ),
    sources=("Stennert77",),
    answers_type=StennertAnswers,
    score=score,
)
