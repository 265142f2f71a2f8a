"""Facial Disability Index: ten questions to the patient in two parts, higher is better, no total."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from facialis.grading.answers import Answers
from facialis.grading.instrument import Instrument, ScoringOption, option_value
from facialis.grading.score import Direction, Part, Score, completeness_of
from facialis.grading.scoring_table import ScoringTable, load_scoring

ASKS_FOR_SOMETHING_GOOD = "item_6"
"""The one social question where often is good; often is bad in the four others."""


class SocialCoding(StrEnum):
    """What the numbers of items 6 to 10 stand for."""

    POINTS = "points"
    """6 is the best answer to every item, as the anchors say."""
    FREQUENCY = "frequency"
    """6 is all the time for every item; items 7 to 10 are turned round here."""


@dataclass(frozen=True)
class FdiAnswers(Answers):
    """Items 1 to 5 from 0 to 5, items 6 to 10 from 1 to 6; the highest is the best answer."""

    item_1: int | None
    item_2: int | None
    item_3: int | None
    item_4: int | None
    item_5: int | None
    item_6: int | None
    item_7: int | None
    item_8: int | None
    item_9: int | None
    item_10: int | None


def score(answers: FdiAnswers, *, social_coding: str | None = None) -> Score:
    """Physical = (sum - n) / n x 25, social = (sum - n) / n x 20, n = answered items of the part.

    Parameters
    ----------
    answers : FdiAnswers
        A part is scored from the items that were answered, and is None where none was.
    social_coding : str
        "points" (as if not named): 6 is the best answer to each of items 6 to 10. "frequency":
        6 is all the time; items 7 to 10 then count 7 minus their answer.

    Returns
    -------
    Score
        Parts `physical` (-25 to 100) and `social` (0 to 100), exact. There is no total.

    Raises
    ------
    ScoringOptionError
        If the coding is neither of the two.

    Notes
    -----
    Rule of [VanSwearingen96]. Sheets that add up the raw answers give other numbers.
    """
    chosen = option_value(INSTRUMENT, "social_coding", social_coding) or SocialCoding.POINTS.value
    by_frequency = chosen == SocialCoding.FREQUENCY
    table = load_scoring(INSTRUMENT.id)
    physical = _points(answers, "physical")
    social = _points(answers, "social")
    if by_frequency:
        mirror = int(table.number("mirror_of_social"))
        social = {
            item: points if item == ASKS_FOR_SOMETHING_GOOD else mirror - points
            for item, points in social.items()
        }
    parts = (
        _part("physical", "Physical function", physical, table),
        _part("social", "Social function and well-being", social, table),
    )
    return Score(
        instrument=INSTRUMENT.id,
        version=INSTRUMENT.version,
        total=None,
        unit="points",
        range=None,
        direction=Direction.HIGHER_IS_BETTER,
        parts=parts,
        grade=None,
        completeness=completeness_of(answers),
        notes=(
            "The FDI has two parts and no total.",
            *_partial_note("physical", len(physical)),
            *_partial_note("social", len(social)),
            *(("Items 7 to 10 were answered by how often and turned round.",) if by_frequency else ()),
        ),
        citations=INSTRUMENT.sources,
        options={"social_coding": chosen},
    )


def _points(answers: FdiAnswers, part: str) -> dict[str, int]:
    given = {item.id: getattr(answers, item.id) for item in INSTRUMENT.items if item.part == part}
    return {item: points for item, points in given.items() if points is not None}


def _part(name: str, label: str, points: dict[str, int], table: ScoringTable) -> Part:
    value = None
    if points:
        mean_gain = Fraction(sum(points.values()) - len(points), len(points))
        value = mean_gain * Fraction(table.number("percent")) / Fraction(table.number(f"{name}_span"))
    return Part(name, label, value, table.range(name), Direction.HIGHER_IS_BETTER)


def _partial_note(part: str, answered: int) -> tuple[str, ...]:
    asked = sum(item.part == part for item in INSTRUMENT.items)
    if answered == asked:
        return ()
    if answered == 0:
        return (f"No {part} score: none of its {asked} items was answered.",)
    return (f"The {part} score rests on {answered} of {asked} items.",)


INSTRUMENT = Instrument(
    id="fdi",
    title="FDI",
    version="1",
    licence_note=(
        "The wording of the questions belongs to the authors and their publisher (Physical Therapy, Oxford "
        "University Press); a translation is a work of its own. Facialis holds the rule and labels of its "
        "own; a clinic brings the form it may use (recall-medium; ask the holder)."
    ),
    sources=("VanSwearingen96",),
    answers_type=FdiAnswers,
    score=score,
    options=(
        ScoringOption(
            name="social_coding",
            allowed=tuple(coding.value for coding in SocialCoding),
            meaning=(
                "What items 6 to 10 were answered in: points, where 6 is the best answer to each, or "
                "frequency, where 6 is all the time for each. Points if not named."
            ),
        ),
    ),
)
