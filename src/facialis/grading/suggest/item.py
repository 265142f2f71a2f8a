"""A suggestion for one item, with everything that a reader needs to doubt it."""

from dataclasses import dataclass, field

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.evidence import Citation
from facialis.grading.suggest.thresholds import Confidence, confidence_word

NOTICE = "Suggested from measurements. It stands beside the clinician's grade and never takes its place."

AnswerValue = str | int
"""An answer as the instrument takes it."""


@dataclass(frozen=True)
class ReadingShown:
    """A measured value that a suggestion rests on."""

    quantity: str
    """Name of the measure, of its excursion, or of the region that moved."""
    expression: Expression
    side: Side | None
    """None for a difference of the sides."""
    value: float
    sd: float
    unit: str


@dataclass(frozen=True)
class Judged:
    """The one number that was compared with the limits."""

    quantity: str
    """`share of the healthy side`, `share closed`, `affected minus healthy`, `involuntary movement`."""
    value: float
    sd: float
    unit: str


@dataclass(frozen=True)
class SuggestedItem:
    """One item: an answer with its probability, or the reason why there is none."""

    item: str
    value: AnswerValue | None
    measures: tuple[str, ...]
    expressions: tuple[Expression, ...]
    citations: tuple[Citation, ...]
    judged: Judged | None = None
    readings: tuple[ReadingShown, ...] = ()
    probability: float | None = None
    """That ``value`` is right, as far as the uncertainty of the reading goes; for a slider, that the
    true position is near."""
    chances: tuple[tuple[AnswerValue, float], ...] = ()
    """Probability of every answer, in the order of the scale; empty for sliders."""
    interval: tuple[float, float] | None = None
    """Of a slider: where its true position probably lies."""
    reason: str | None = None
    """Why nothing is suggested."""
    remarks: tuple[str, ...] = ()

    @property
    def confidence(self) -> Confidence | None:
        """The probability in a word."""
        return None if self.probability is None else confidence_word(self.probability)


@dataclass(frozen=True)
class SuggestedRange:
    """Between which ends a total or a grade probably lies; never one bare number."""

    name: str
    low: AnswerValue | float
    high: AnswerValue | float
    missing: tuple[str, ...] = ()
    """Items that could not be judged; the range holds every answer to them."""


@dataclass(frozen=True)
class Suggestion:
    """What the measurements suggest for one instrument."""

    instrument: str
    version: str
    affected: Side
    items: tuple[SuggestedItem, ...]
    ranges: tuple[SuggestedRange, ...]
    notes: tuple[str, ...] = ()
    notice: str = field(default=NOTICE, init=False)

    def item(self, item_id: str) -> SuggestedItem:
        """The item with this id; raises `KeyError` for one that the instrument does not have."""
        return {item.item: item for item in self.items}[item_id]

    @property
    def not_determined(self) -> tuple[str, ...]:
        """Ids of the items without a suggestion."""
        return tuple(item.item for item in self.items if item.value is None)
