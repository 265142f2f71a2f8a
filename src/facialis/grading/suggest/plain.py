"""A suggestion as JSON values."""

from typing import Any

from facialis.evidence import Citation
from facialis.grading.suggest.item import Judged, ReadingShown, SuggestedItem, SuggestedRange, Suggestion

VALUE_DECIMALS = 4
CHANCE_DECIMALS = 3


def suggestion_to_plain(suggestion: Suggestion) -> dict[str, Any]:
    """Plain dictionaries, lists, strings and finite numbers; the notice comes first."""
    return {
        "notice": suggestion.notice,
        "instrument": suggestion.instrument,
        "version": suggestion.version,
        "affected": suggestion.affected.value,
        "items": [_item(item) for item in suggestion.items],
        "not_determined": list(suggestion.not_determined),
        "ranges": [_range(found) for found in suggestion.ranges],
        "notes": list(suggestion.notes),
    }


def _item(item: SuggestedItem) -> dict[str, Any]:
    return {
        "item": item.item,
        "value": item.value,
        "probability": _chance(item.probability),
        "confidence": None if item.confidence is None else item.confidence.value,
        "chances": [{"answer": answer, "probability": _chance(chance)} for answer, chance in item.chances],
        "interval": None if item.interval is None else [round(end, 1) for end in item.interval],
        "judged": None if item.judged is None else _judged(item.judged),
        "measures": list(item.measures),
        "expressions": [expression.value for expression in item.expressions],
        "readings": [_reading(reading) for reading in item.readings],
        "reason": item.reason,
        "remarks": list(item.remarks),
        "citations": [_citation(citation) for citation in item.citations],
    }


def _judged(judged: Judged) -> dict[str, Any]:
    return {
        "quantity": judged.quantity,
        "value": round(judged.value, VALUE_DECIMALS),
        "sd": round(judged.sd, VALUE_DECIMALS),
        "unit": judged.unit,
    }


def _reading(reading: ReadingShown) -> dict[str, Any]:
    return {
        "quantity": reading.quantity,
        "expression": reading.expression.value,
        "side": None if reading.side is None else reading.side.value,
        "value": round(reading.value, VALUE_DECIMALS),
        "sd": round(reading.sd, VALUE_DECIMALS),
        "unit": reading.unit,
    }


def _range(found: SuggestedRange) -> dict[str, Any]:
    return {"name": found.name, "low": found.low, "high": found.high, "missing": list(found.missing)}


def _citation(citation: Citation) -> dict[str, str]:
    return {
        "source_key": citation.source_key,
        "locator": citation.locator,
        "provenance": citation.provenance.value,
        "population": citation.population,
        "note": citation.note,
    }


def _chance(probability: float | None) -> float | None:
    return None if probability is None else round(probability, CHANCE_DECIMALS)
