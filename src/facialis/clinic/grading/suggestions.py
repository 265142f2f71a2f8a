"""What the measurement of a visit suggests for an instrument, and which suggestions a person took over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from facialis.anatomy.sides import Side
from facialis.clinic.kernel.days import days_in_words
from facialis.clinic.kernel.states import AnswerChoice
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.visits.models import Visit
from facialis.errors import FacialisError
from facialis.grading.answers import Answers
from facialis.grading.instrument import Instrument
from facialis.grading.suggest import SUGGESTED, SuggestedItem, Suggestion, suggest
from facialis.grading.suggest.plain import suggestion_to_plain
from facialis.report.read_measurement import read_measurement
from facialis.report.suggestion_words import confidence_words, judged_words, otherwise_words, range_words

SHOWN_FROM = 0.05
"""Less probable answers are not shown."""
TAKEN, MEASUREMENT, FOUND = "taken", "measurement", "suggestion"


@dataclass(frozen=True)
class Suggested:
    """A suggestion for a whole instrument, or why there is none."""

    measurement: Measurement | None = None
    suggestion: Suggestion | None = None
    why_not: str = ""
    """A sentence; empty where there is a suggestion, or where the instrument is never suggested."""

    @property
    def items(self) -> dict[str, SuggestedItem]:
        """By id; those without a value say why."""
        return {} if self.suggestion is None else {item.item: item for item in self.suggestion.items}

    @property
    def ranges(self) -> list[str]:
        """Between which ends totals probably lie."""
        return [] if self.suggestion is None else [range_words(found) for found in self.suggestion.ranges]

    @property
    def notes(self) -> tuple[str, ...]:
        """What holds for all items."""
        return () if self.suggestion is None else self.suggestion.notes


@dataclass(frozen=True)
class SuggestionWords:
    """One item's suggestion in words."""

    value: str
    """As the form posts it; empty where nothing is suggested."""
    confidence: str = ""
    judged: str = ""
    otherwise: str = ""
    reason: str = ""
    remarks: tuple[str, ...] = field(default=())


def suggested_for(visit: Visit, instrument: Instrument, measurement: Measurement | None) -> Suggested:
    """Suggest answers from a measurement of the visit; never fails, says why there is nothing."""
    if instrument.id not in SUGGESTED:
        return Suggested()
    if measurement is None:
        return Suggested(
            why_not=_("Nothing is suggested: the photographs of this visit are not measured yet.")
        )
    palsy = getattr(visit.patient, "palsy", None)
    if palsy is not None and palsy.bilateral == AnswerChoice.YES:
        return Suggested(
            measurement,
            why_not=_(
                "Nothing is suggested: both sides are affected, and every item compares with a healthy one."
            ),
        )
    affected = Side(palsy.affected_side) if palsy is not None and palsy.affected_side else None
    try:
        found = suggest(instrument.id, read_measurement(measurement.document), affected)
    except FacialisError as error:
        return Suggested(measurement, why_not=days_in_words(str(error)))
    return Suggested(measurement, found)


def measurement_shown(visit: Visit, key: UUID | None) -> Measurement | None:
    """The measurement that the form was shown with, if it is one of this visit."""
    return None if key is None else Measurement.objects.filter(visit=visit, pk=key).first()


def words_of(item: SuggestedItem) -> SuggestionWords:
    """Value, confidence, and why."""
    if item.value is None:
        return SuggestionWords("", reason=item.reason or "")
    return SuggestionWords(
        str(item.value),
        confidence_words(item),
        judged_words(item),
        otherwise_words(item, SHOWN_FROM),
        remarks=item.remarks,
    )


def stored_suggestion(suggested: Suggested, answers: Answers, wanted: set[str]) -> dict[str, Any]:
    """What is kept of a suggestion beside the answers.

    An item counts as taken over only where the person asked for it and the answer is the suggested one.
    """
    if suggested.suggestion is None or suggested.measurement is None:
        return {}
    taken = [
        name
        for name, item in suggested.items.items()
        if name in wanted and item.value is not None and _same(getattr(answers, name), item.value)
    ]
    return {
        MEASUREMENT: str(suggested.measurement.pk),
        TAKEN: taken,
        FOUND: suggestion_to_plain(suggested.suggestion),
    }


def taken_of(stored: Mapping[str, Any]) -> set[str]:
    """Items whose suggestion was taken over."""
    return set(stored.get(TAKEN, ()))


def stored_value(stored: Mapping[str, Any], item_id: str) -> str | None:
    """What had been suggested for an item."""
    items = stored.get(FOUND, {}).get("items", ())
    value = next((one["value"] for one in items if one["item"] == item_id), None)
    return None if value is None else str(value)


def _same(answer: object, value: object) -> bool:
    return answer is not None and answer == value
