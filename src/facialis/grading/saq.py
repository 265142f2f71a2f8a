"""Synkinesis Assessment Questionnaire: nine questions to the patient, 20 to 100, higher is worse."""

from dataclasses import dataclass
from fractions import Fraction

from facialis.grading.answers import Answers
from facialis.grading.instrument import Instrument
from facialis.grading.score import Direction, Score, completeness_of, missing_note, sum_if_complete
from facialis.grading.scoring_table import load_scoring


@dataclass(frozen=True)
class SaqAnswers(Answers):
    """Nine answers from 1 (never) to 5 (always), in the order of the form."""

    item_1: int | None
    item_2: int | None
    item_3: int | None
    item_4: int | None
    item_5: int | None
    item_6: int | None
    item_7: int | None
    item_8: int | None
    item_9: int | None


def score(answers: SaqAnswers) -> Score:
    """Total = sum / 45 x 100; nobody can score less than 20.

    Parameters
    ----------
    answers : SaqAnswers
        One unanswered item leaves the total None: no rule for missing answers is published
        that could be cited.

    Returns
    -------
    Score
        Total from 20 (no synkinesis) to 100, exact; no parts.

    Notes
    -----
    Rule of [Mehta07]. A tenth question was taken out before publication.
    """
    table = load_scoring(INSTRUMENT.id)
    completeness = completeness_of(answers)
    points = sum_if_complete(getattr(answers, item.id) for item in INSTRUMENT.items)
    total = None
    if points is not None:
        total = points / Fraction(table.number("greatest_sum")) * Fraction(table.number("percent"))
    scale = table.range("total")
    return Score(
        instrument=INSTRUMENT.id,
        version=INSTRUMENT.version,
        total=total,
        unit="points",
        range=scale,
        direction=Direction.HIGHER_IS_WORSE,
        parts=(),
        grade=None,
        completeness=completeness,
        notes=(
            *missing_note(completeness),
            f"The scale starts at {scale.low}, not at 0: {scale.low} means that no synkinesis is felt.",
        ),
        citations=INSTRUMENT.sources,
    )


INSTRUMENT = Instrument(
    id="saq",
    title="SAQ",
    version="1",
    licence_note=(
        "The wording of the questions belongs to the authors and their publisher (Laryngoscope, Wiley); a "
        "translation is a work of its own. Facialis holds the rule and labels of its own; a clinic brings "
        "the form it may use (recall-medium; ask the holder)."
    ),
    sources=("Mehta07",),
    answers_type=SaqAnswers,
    score=score,
)
