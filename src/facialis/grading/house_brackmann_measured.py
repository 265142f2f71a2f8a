"""House-Brackmann grade from two measured movements, against the healthy side."""

from dataclasses import dataclass

from facialis.grading.answers import Answers
from facialis.grading.instrument import Instrument
from facialis.grading.score import Direction, Part, Score, completeness_of, missing_note, sum_if_complete
from facialis.grading.scoring_table import load_scoring


@dataclass(frozen=True)
class HouseBrackmannMeasuredAnswers(Answers):
    """Points 0 to 4, one for each 0.25 cm up to 1 cm."""

    brow: int | None
    commissure: int | None


def score(answers: HouseBrackmannMeasuredAnswers) -> Score:
    """Grade from the sum of both movements: 8 is I, 7 II, 5 or 6 III, 3 or 4 IV, 1 or 2 V, 0 VI.

    Notes
    -----
    Measured version of [House85]. A sum cannot show synkinesis.
    """
    table = load_scoring(INSTRUMENT.id)
    total = sum_if_complete((answers.brow, answers.commissure))
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
                name=item.id,
                label=item.label,
                value=getattr(answers, item.id),
                range=table.range("range_excursion"),
                direction=Direction.HIGHER_IS_BETTER,
            )
            for item in INSTRUMENT.items
        ),
        grade=None if total is None else table.name_holding(total, "grade_"),
        completeness=completeness,
        notes=(
            *missing_note(completeness),
            "Movement alone is measured: synkinesis and contracture do not show in this grade.",
        ),
        citations=INSTRUMENT.sources,
    )


INSTRUMENT = Instrument(
    id="house_brackmann_measured",
    title="House-Brackmann, measured",
    version="1",
    licence_note=(
        "Published scale of clinicians: its rules are facts; the journal's table is not reproduced "
        "(recall-medium; ask the holder)."
    ),
    sources=("House85",),
    answers_type=HouseBrackmannMeasuredAnswers,
    score=score,
)
