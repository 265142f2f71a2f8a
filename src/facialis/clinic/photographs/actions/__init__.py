"""Every write about photographs."""

from facialis.clinic.photographs.actions.add import Upload, add_photograph
from facialis.clinic.photographs.actions.answers import answer_question, remove_photograph
from facialis.clinic.photographs.actions.measured import note_measured, note_refused

__all__ = [
    "Upload",
    "add_photograph",
    "answer_question",
    "note_measured",
    "note_refused",
    "remove_photograph",
]
