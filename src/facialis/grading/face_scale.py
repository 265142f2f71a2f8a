"""FaCE scale: fifteen questions to the patient in six domains, 0 to 100, higher is better."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from facialis.grading.answers import Answers
from facialis.grading.instrument import Instrument, Item
from facialis.grading.score import Direction, Part, Score, completeness_of, missing_note, sum_if_complete
from facialis.grading.scoring_table import ScoringTable, load_scoring


class FaceDomain(StrEnum):
    """What the questions of a domain are about."""

    FACIAL_MOVEMENT = "facial_movement"
    FACIAL_COMFORT = "facial_comfort"
    ORAL_FUNCTION = "oral_function"
    EYE_COMFORT = "eye_comfort"
    LACRIMAL_CONTROL = "lacrimal_control"
    SOCIAL_FUNCTION = "social_function"

    @property
    def label(self) -> str:
        """The domain as people read it."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True)
class FaceScaleAnswers(Answers):
    """Fifteen answers from 1 (worst) to 5 (best), in the order of the form; none is reversed."""

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
    item_11: int | None
    item_12: int | None
    item_13: int | None
    item_14: int | None
    item_15: int | None


def score(answers: FaceScaleAnswers) -> Score:
    """Total = (sum - 15) / 60 x 100 and each domain likewise, from its own items.

    Parameters
    ----------
    answers : FaceScaleAnswers
        An unanswered item leaves its domain and the total None.

    Returns
    -------
    Score
        Total and the six domains as parts, 0 to 100, exact.

    Notes
    -----
    Rule of [Kahn01]: every item counts alike in the total, which is therefore not the mean of
    the domains. That a domain needs all its items is recall-medium.
    """
    table = load_scoring(INSTRUMENT.id)
    completeness = completeness_of(answers)
    return Score(
        instrument=INSTRUMENT.id,
        version=INSTRUMENT.version,
        total=_percent(answers, INSTRUMENT.items, table),
        unit="points",
        range=table.range("total"),
        direction=Direction.HIGHER_IS_BETTER,
        parts=tuple(_domain(answers, domain, table) for domain in FaceDomain),
        grade=None,
        completeness=completeness,
        notes=(
            *missing_note(completeness),
            "Every question counts alike in the total, which is therefore not the mean of the domains.",
        ),
        citations=INSTRUMENT.sources,
    )


def _domain(answers: FaceScaleAnswers, domain: FaceDomain, table: ScoringTable) -> Part:
    items = tuple(item for item in INSTRUMENT.items if item.part == domain)
    return Part(
        name=domain.value,
        label=domain.label,
        value=_percent(answers, items, table),
        range=table.range("domain"),
        direction=Direction.HIGHER_IS_BETTER,
    )


def _percent(answers: FaceScaleAnswers, items: Sequence[Item], table: ScoringTable) -> Fraction | None:
    """Where the sum lies between the least and the greatest that is possible."""
    points = sum_if_complete(getattr(answers, item.id) for item in items)
    if points is None:
        return None
    least = len(items) * Fraction(table.number("least_answer"))
    span = len(items) * Fraction(table.number("span_of_answers"))
    return (points - least) / span * Fraction(table.number("percent"))


INSTRUMENT = Instrument(
    id="face_scale",
    title="FaCE scale",
    version="1",
    licence_note=(
        "The wording of the questions belongs to the authors and their publisher (Laryngoscope, Wiley); a "
        "translation is a work of its own. Facialis holds the rule and labels of its own; a clinic brings "
        "the form it may use (recall-medium; ask the holder)."
    ),
    sources=("Kahn01",),
    answers_type=FaceScaleAnswers,
    score=score,
)
