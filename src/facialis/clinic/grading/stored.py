"""Answers as a grading keeps them, and the score that follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from facialis.clinic.grading.models import Grading
from facialis.grading.answers import DOCUMENT_KEYS, Answers, read_answers
from facialis.grading.errors import GradingError
from facialis.grading.instrument import Instrument, option_value
from facialis.grading.registry import find_instrument
from facialis.grading.score import Score

OPTIONS = "options"
Options = Mapping[str, str | None]


@dataclass(frozen=True)
class Scored:
    """Checked answers with their score."""

    instrument: Instrument
    answers: Answers
    options: Options
    score: Score

    def to_document(self) -> dict[str, Any]:
        """What a grading stores; without its options it is what `facialis grade` reads."""
        return {**self.answers.to_document(), OPTIONS: dict(self.options)}


def scored(instrument: Instrument, answers: Mapping[str, object], options: Mapping[str, object]) -> Scored:
    """Check and score answers; a missing item or None is "not assessed".

    Raises
    ------
    GradingError    An answer that is not allowed, two that contradict each other, an unknown option.
    """
    complete = {item.id: answers.get(item.id) for item in instrument.items}
    document = {"instrument": instrument.id, "version": instrument.version, "answers": complete}
    checked = read_answers(instrument, document)
    chosen = {
        one.name: option_value(instrument, one.name, options.get(one.name)) for one in instrument.options
    }
    return Scored(instrument, checked, chosen, instrument.score(checked, **chosen))


def read_stored(grading: Grading) -> Scored:
    """Read a grading back and score it again.

    Raises
    ------
    GradingError    It was answered with another version of the instrument, which is not converted.
    """
    instrument = find_instrument(grading.instrument)
    stored = grading.answers
    checked = read_answers(instrument, {key: stored.get(key) for key in DOCUMENT_KEYS})
    options = {
        one.name: option_value(instrument, one.name, stored.get(OPTIONS, {}).get(one.name))
        for one in instrument.options
    }
    return Scored(instrument, checked, options, instrument.score(checked, **options))


def score_or_none(grading: Grading | None) -> Score | None:
    """The score of a grading; None where there is none, or where its version cannot be read any more."""
    if grading is None:
        return None
    try:
        return read_stored(grading).score
    except GradingError:
        return None
