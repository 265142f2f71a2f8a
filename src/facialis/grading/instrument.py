"""What an instrument asks: its items, what may be answered, and under which licence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from facialis.evidence import Citation, EvidenceError, Row, load_rows
from facialis.grading.errors import ScoringOptionError

if TYPE_CHECKING:
    from facialis.grading.answers import Answers
    from facialis.grading.score import Score

TABLES = "facialis.grading.tables"


class AnswerKind(StrEnum):
    """What an answer is made of."""

    CHOICE = "choice"
    """One of the item's words."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Anchor:
    """What one answer means, in our own words."""

    answer: str
    """The word of a choice, or the number as it is written."""
    points: int | None
    """What the answer counts; None where it counts as itself or where a rule reads the word."""
    meaning: str
    citation: Citation


@dataclass(frozen=True)
class Item:
    """One thing that is asked or looked at."""

    id: str
    part: str
    """The part of the instrument that the item belongs to."""
    label: str
    kind: AnswerKind
    low: Decimal | None
    high: Decimal | None
    step: Decimal | None
    """Distance between two allowed numbers; None where any number of the range is allowed."""
    anchors: tuple[Anchor, ...]
    citation: Citation

    @property
    def allowed(self) -> str:
        """What may be answered, as part of a sentence."""
        if self.kind is AnswerKind.CHOICE:
            return ", ".join(anchor.answer for anchor in self.anchors)
        if self.kind is AnswerKind.YES_NO:
            return "true or false"
        noun = "a whole number" if self.kind is AnswerKind.INTEGER else "a number"
        steps = f" in steps of {self.step}" if self.step is not None and self.step != 1 else ""
        return f"{noun} from {self.low} to {self.high}{steps}"

    def points_of(self, answer: str) -> int:
        """What a chosen word counts.

        Raises
        ------
        EvidenceError
            If the item's table gives the word no points.
        """
        for anchor in self.anchors:
            if anchor.answer == answer and anchor.points is not None:
                return anchor.points
        raise EvidenceError(f"'{self.id}' has no points for '{answer}'. Give the anchor its points.")


@dataclass(frozen=True)
class ScoringOption:
    """A rule on which sources disagree, so that the user names it."""

    name: str
    """Name of the keyword argument of the instrument's `score`."""
    allowed: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Instrument:
    """A clinical scale or questionnaire.

    Its items stand in the tables `<id>_items` and `<id>_anchors`, its numbers in
    `<id>_scoring`; they are read when they are first needed.
    """

    id: str
    title: str
    version: str
    licence_note: str
    sources: tuple[str, ...]
    """Keys of the bibliography, the original publication first."""
    answers_type: type["Answers"]
    score: Callable[..., "Score"]
    """``score(answers, **options)``"""
    options: tuple[ScoringOption, ...] = ()
    words: Mapping[str, type[StrEnum]] = field(default_factory=dict)
    """The enumeration behind each choice: item id -> words."""

    def __post_init__(self) -> None:
        # The class of the answers is defined before its instrument; from here on it checks itself.
        # A changed copy of the instrument leaves the class with the original.
        if "instrument" not in vars(self.answers_type):
            self.answers_type.instrument = self

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the form."""
        return load_items(self.id)

    def item(self, item_id: str) -> Item:
        """The item with this id; raises `KeyError` for one that the instrument does not have."""
        return {item.id: item for item in self.items}[item_id]


@cache
def load_items(instrument_id: str) -> tuple[Item, ...]:
    """Read the items of an instrument with their anchors.

    Parameters
    ----------
    instrument_id : str
        Stem of the tables, such as "sunnybrook".

    Raises
    ------
    EvidenceError
        If a table is not as it must be, or if an anchor belongs to no item and no part.
    """
    item_rows = load_rows(TABLES, f"{instrument_id}_items").rows
    anchor_rows = load_rows(TABLES, f"{instrument_id}_anchors").rows
    known = {row.text(column) for row in item_rows for column in ("item_id", "part")}
    for row in anchor_rows:
        if row.text("applies_to") not in known:
            raise row.error(
                f"the anchor applies to '{row.text('applies_to')}', which is no item and no part. "
                f"Known are {', '.join(sorted(known))}."
            )
    return tuple(_item(row, anchor_rows) for row in item_rows)


def _item(row: Row, anchor_rows: tuple[Row, ...]) -> Item:
    own = {row.text("item_id"), row.text("part")}
    return Item(
        id=row.text("item_id"),
        part=row.text("part"),
        label=row.text("label"),
        kind=row.choice("kind", AnswerKind),
        low=row.optional_decimal("low"),
        high=row.optional_decimal("high"),
        step=row.optional_decimal("step"),
        anchors=tuple(_anchor(anchor) for anchor in anchor_rows if anchor.text("applies_to") in own),
        citation=row.citation,
    )


def _anchor(row: Row) -> Anchor:
    return Anchor(
        answer=row.text("answer"),
        points=None if row.optional_text("points") is None else row.integer("points"),
        meaning=row.text("meaning"),
        citation=row.citation,
    )


def option_value(instrument: Instrument, name: str, value: Any) -> str | None:
    """Check the value of a scoring option; None stays None (not chosen).

    Raises
    ------
    ScoringOptionError
        If the instrument has no such option or the option no such value.
    """
    options = {option.name: option for option in instrument.options}
    if name not in options:
        known = ", ".join(options) or "none"
        raise ScoringOptionError(
            f"{instrument.title} has no scoring option '{name}'; its options are: {known}. Leave it out."
        )
    allowed = options[name].allowed
    if value is not None and value not in allowed:
        raise ScoringOptionError(
            f"{instrument.title}: {name} is '{value}'; allowed is {' or '.join(allowed)}. Name one of these."
        )
    return None if value is None else str(value)
