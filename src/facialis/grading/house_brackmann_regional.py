"""House-Brackmann by region: forehead, eye, midface and mouth each have a grade of their own."""

from dataclasses import dataclass

from facialis.grading.answers import Answers
from facialis.grading.grades import Grade
from facialis.grading.instrument import Instrument
from facialis.grading.score import Direction, Part, Score, completeness_of
from facialis.grading.scoring_table import load_scoring


@dataclass(frozen=True)
class HouseBrackmannRegionalAnswers(Answers):
    """Grades 1 (I, normal) to 6 (VI, no movement)."""

    forehead: int | None
    eye: int | None
    midface: int | None
    mouth: int | None


def score(answers: HouseBrackmannRegionalAnswers) -> Score:
    """The grade of each region; there is no total, because the regions are not added up.

    Notes
    -----
    [Reitzen09].
    """
    ends = load_scoring(INSTRUMENT.id).range("range_region")
    return Score(
        instrument=INSTRUMENT.id,
        version=INSTRUMENT.version,
        total=None,
        unit="grade",
        range=None,
        direction=Direction.HIGHER_IS_WORSE,
        parts=tuple(
            Part(
                name=item.id,
                label=item.label,
                value=value,
                range=ends,
                direction=Direction.HIGHER_IS_WORSE,
                grade=None if value is None else Grade(value).name,
            )
            for item in INSTRUMENT.items
            for value in [getattr(answers, item.id)]
        ),
        grade=None,
        completeness=completeness_of(answers),
        notes=("Every region has its own grade; there is no total (Reitzen09, recall-high).",),
        citations=INSTRUMENT.sources,
    )


INSTRUMENT = Instrument(
    id="house_brackmann_regional",
    title="House-Brackmann by region",
    version="1",
    licence_note=(
        "Published scale of clinicians: its rules are facts; the journal's table is not reproduced "
        "(recall-medium; ask the holder)."
    ),
    sources=("Reitzen09", "House85"),
    answers_type=HouseBrackmannRegionalAnswers,
    score=score,
)
