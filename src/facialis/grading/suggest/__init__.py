"""Grades suggested from measurements, item by item, beside the clinician's own."""

from facialis.grading.suggest.from_measures import readings_from_measures
from facialis.grading.suggest.item import NOTICE, SuggestedItem, SuggestedRange, Suggestion
from facialis.grading.suggest.readings import NoReading, Reading, Readings
from facialis.grading.suggest.registry import SUGGESTED, affected_side, suggest

__all__ = [
    "NOTICE",
    "SUGGESTED",
    "NoReading",
    "Reading",
    "Readings",
    "SuggestedItem",
    "SuggestedRange",
    "Suggestion",
    "affected_side",
    "readings_from_measures",
    "suggest",
]
