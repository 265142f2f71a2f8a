"""Facial Nerve Grading System 2.0: four regions and the secondary movement of the whole face."""

from dataclasses import dataclass

from facialis.grading.answers import Answers
from facialis.grading.errors import ContradictoryAnswersError
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
from facialis.grading.scoring_table import ScoringTable, load_scoring


@dataclass(frozen=True)
class Fngs2Answers(Answers):
    """Regions 1 (normal) to 6 (no movement), secondary movement 0 to 3."""

    brow: int | None
    eye: int | None
    nasolabial_fold: int | None
    oral_commissure: int | None
    secondary_movement: int | None

    def __post_init__(self) -> None:
        super().__post_init__()
        flaccid = load_scoring(INSTRUMENT.id).number("flaccid_regions")
        if self.region_sum() == flaccid and self.secondary_movement:
            raise ContradictoryAnswersError(
                f"FNGS 2.0: 'secondary_movement' is {self.secondary_movement} and the four regions sum to "
                f"{flaccid}; a face without movement has no secondary movement, allowed is 0 (Vrabec09, "
                "derived). Correct a region or the secondary movement."
            )

    def region_sum(self) -> Exact | None:
        """Sum of the four regions, 4 to 24; None where one was not assessed."""
        return sum_if_complete((self.brow, self.eye, self.nasolabial_fold, self.oral_commissure))


def score(answers: Fngs2Answers) -> Score:
    """Sum of regions and secondary movement, and the grade of its interval.

    Notes
    -----
    [Vrabec09]: I is 4, II 5 to 9, III 10 to 14, IV 15 to 19, V 20 to 23, VI 24. VI is total
    paralysis: where secondary movement lifts a face that still moves to 24 or beyond, no
    grade is given.
    """
    table = load_scoring(INSTRUMENT.id)
    regions, secondary = answers.region_sum(), answers.secondary_movement
    total = sum_if_complete((regions, secondary))
    completeness = completeness_of(answers)
    beyond = _reaches_six_by_secondary_movement(table, regions, total)
    return Score(
        instrument=INSTRUMENT.id,
        version=INSTRUMENT.version,
        total=total,
        unit="points",
        range=table.range("range_total"),
        direction=Direction.HIGHER_IS_WORSE,
        parts=(
            Part(
                name="regions",
                label="Four regions",
                value=regions,
                range=table.range("range_regions"),
                direction=Direction.HIGHER_IS_WORSE,
            ),
            Part(
                name="secondary_movement",
                label="Secondary movement",
                value=secondary,
                range=table.range("range_secondary"),
                direction=Direction.HIGHER_IS_WORSE,
            ),
        ),
        grade=None if total is None or beyond else table.name_holding(total, "grade_"),
        completeness=completeness,
        notes=(*missing_note(completeness), *([_beyond_note(table, total)] if beyond else [])),
        citations=INSTRUMENT.sources,
    )


def _reaches_six_by_secondary_movement(
    table: ScoringTable, regions: Exact | None, total: Exact | None
) -> bool:
    flaccid = table.number("flaccid_regions")
    return total is not None and total >= flaccid and regions != flaccid


def _beyond_note(table: ScoringTable, total: Exact | None) -> str:
    return (
        f"No grade: the sum is {total}, but a region still moves. Grade V ends at "
        f"{table.range('grade_V').high}, and {table.number('flaccid_regions')} stands for total paralysis "
        "(Vrabec09). Look at the regions again."
    )


INSTRUMENT = Instrument(
    id="fngs2",
    title="FNGS 2.0",
    version="2.0",
    licence_note=(
        "Published scale of clinicians: its rules are facts; the journal's table is not reproduced "
        "(recall-medium; ask the holder)."
    ),
    sources=("Vrabec09",),
    answers_type=Fngs2Answers,
    score=score,
)
