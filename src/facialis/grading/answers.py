"""Answers to an instrument: checked when they come to be, read from and written to JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from facialis.grading.errors import (
    AnswerNotFiniteError,
    AnswerRangeError,
    AnswersDocumentError,
    AnswerStepError,
    AnswerTypeError,
    MissingItemError,
    UnknownItemError,
    WrongInstrumentError,
    WrongVersionError,
)
from facialis.grading.instrument import AnswerKind, Instrument, Item

Answer = StrEnum | str | int | Decimal | bool
"""What a checked answer can be; None stands for an item that was not assessed."""

DOCUMENT_KEYS = ("instrument", "version", "answers")
MOST_DECIMALS = 20
"""Digits after the point; more than any float shows, and few enough to stay exact."""
HUGE = 10**30
"""A whole number beyond this is not written out in a message."""
MOST_SHOWN = 40
"""Characters of a wrong answer that a message repeats."""
REMEDY = "Correct the answer, or write null if the item was not assessed."


@dataclass(frozen=True)
class Answers:
    """The answers to one instrument; every field is an item, None where it was not assessed.

    An instrument derives its own class with one field per item. Values are checked against
    the item's table, so that wrong answers cannot exist.
    """

    instrument: ClassVar[Instrument]

    def __post_init__(self) -> None:
        for item in self.instrument.items:
            checked = check_answer(self.instrument, item, getattr(self, item.id))
            object.__setattr__(self, item.id, checked)

    def missing(self) -> tuple[str, ...]:
        """Ids of the items without an answer, in the order of the form."""
        return tuple(item.id for item in self.instrument.items if getattr(self, item.id) is None)

    def to_document(self) -> dict[str, Any]:
        """Return the JSON document that `read_answers` reads back to the same answers."""
        return {
            "instrument": self.instrument.id,
            "version": self.instrument.version,
            "answers": {field.name: _plain(getattr(self, field.name)) for field in fields(self)},
        }


AnswersT = TypeVar("AnswersT", bound=Answers)


def read_answers(instrument: Instrument, document: Any) -> Answers:
    """Read the JSON document of one assessment.

    Parameters
    ----------
    instrument : Instrument
        The instrument that the document must belong to.
    document : mapping
        ``{"instrument": "sunnybrook", "version": "1", "answers": {item id: answer or null}}``.
        Every item is named; null stands for one that was not assessed.

    Returns
    -------
    Answers
        Of the class ``instrument.answers_type``.

    Raises
    ------
    AnswersDocumentError, WrongInstrumentError, WrongVersionError
        If the document as a whole is not for this instrument.
    UnknownItemError, MissingItemError
        If an item is not the instrument's, or is not mentioned.
    AnswerTypeError, AnswerNotFiniteError, AnswerRangeError, AnswerStepError
        If an answer is not one that the item allows.
    ContradictoryAnswersError
        If two answers cannot both be true.
    """
    given = _answers_part(instrument, document)
    known = {item.id: item for item in instrument.items}
    for item_id in given:
        if item_id not in known:
            raise UnknownItemError(
                f"{instrument.title} has no item {item_id!r}; its items are {', '.join(known)}. "
                "Correct the id, or take the line out."
            )
    absent = [item_id for item_id in known if item_id not in given]
    if absent:
        item = known[absent[0]]
        raise MissingItemError(
            f"{instrument.title}: no answer to {', '.join(repr(name) for name in absent)}. "
            f"For '{item.id}' allowed is {item.allowed} ({_source(item)}). Write null for an item that was "
            "not assessed."
        )
    return instrument.answers_type(**given)


def check_answer(instrument: Instrument, item: Item, value: object) -> Answer | None:
    """Return the answer as the item keeps it: a word, an int, a Decimal, a bool, or None.

    Raises
    ------
    AnswerTypeError, AnswerNotFiniteError, AnswerRangeError, AnswerStepError
        If the item does not allow the value.
    """
    if value is None:
        return None
    if item.kind is AnswerKind.CHOICE:
        return _word(instrument, item, value)
    if item.kind is AnswerKind.YES_NO:
        if not isinstance(value, bool):
            raise AnswerTypeError(_refusal(instrument, item, value))
        return value
    number = _number(instrument, item, value)
    if not _between(item, number):
        raise AnswerRangeError(_refusal(instrument, item, value))
    if number != round(number, MOST_DECIMALS):
        raise AnswerStepError(
            f"{instrument.title}: the answer to '{item.id}' has more than {MOST_DECIMALS} digits after the "
            "point. Round it."
        )
    if item.step is not None and (number - (item.low or 0)) % item.step != 0:
        raise AnswerStepError(_refusal(instrument, item, value))
    return int(number) if item.kind is AnswerKind.INTEGER else number


def _answers_part(instrument: Instrument, document: Any) -> Mapping[str, Any]:
    if not isinstance(document, Mapping) or sorted(map(str, document)) != sorted(DOCUMENT_KEYS):
        found = (
            f"keys {', '.join(map(str, document)) or 'none'}"
            if isinstance(document, Mapping)
            else "no object"
        )
        raise AnswersDocumentError(
            f"{instrument.title}: found {found}; a document of answers is an object with the keys "
            f"{', '.join(DOCUMENT_KEYS)} and no others."
        )
    if document["instrument"] != instrument.id:
        raise WrongInstrumentError(
            f"The document is for the instrument {document['instrument']!r}, not for '{instrument.id}'. "
            "Name the instrument that was used."
        )
    if document["version"] != instrument.version:
        raise WrongVersionError(
            f"{instrument.title}: the document has version {document['version']!r}; allowed is "
            f"'{instrument.version}', as a text. Answers of another version are not converted."
        )
    given = document["answers"]
    if not isinstance(given, Mapping):
        raise AnswersDocumentError(
            f"{instrument.title}: 'answers' is {given!r}; it must be an object of item ids and answers."
        )
    return given


def _word(instrument: Instrument, item: Item, value: object) -> str:
    if not isinstance(value, str):
        raise AnswerTypeError(_refusal(instrument, item, value))
    if value not in {anchor.answer for anchor in item.anchors}:
        raise AnswerRangeError(_refusal(instrument, item, value))
    return instrument.words[item.id](value)


def _number(instrument: Instrument, item: Item, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise AnswerTypeError(_refusal(instrument, item, value))
    # A float means the decimal that a person wrote: 0.1 is one tenth.
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise AnswerNotFiniteError(_refusal(instrument, item, value))
    if item.kind is AnswerKind.INTEGER and not isinstance(value, int):
        raise AnswerTypeError(_refusal(instrument, item, value))
    return number


def _between(item: Item, number: Decimal) -> bool:
    return (item.low is None or number >= item.low) and (item.high is None or number <= item.high)


def _refusal(instrument: Instrument, item: Item, value: object) -> str:
    return (
        f"{instrument.title}: the answer to '{item.id}' is {_shown(value)}; allowed is {item.allowed} "
        f"({_source(item)}). {REMEDY}"
    )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > HUGE:
        return "a number of more than 30 digits"
    return f"{value[:MOST_SHOWN]!r} (a text)" if isinstance(value, str) else str(value)[:MOST_SHOWN]


def _source(item: Item) -> str:
    return f"{item.citation.source_key}, {item.citation.provenance.value}"


def _plain(answer: Answer | None) -> str | int | float | bool | None:
    if isinstance(answer, StrEnum):
        return answer.value
    if isinstance(answer, Decimal):
        return int(answer) if answer == answer.to_integral_value() else float(answer)
    return answer
