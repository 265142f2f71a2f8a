"""Every write to visits, their notes and consent."""

from facialis.clinic.visits.actions.consents import decide, ensure_default_texts, withdraw, write_text
from facialis.clinic.visits.actions.notes import amend_note, save_note, sign_note
from facialis.clinic.visits.actions.visits import (
    cancel_visit,
    close_visit,
    examine,
    mark_visit_error,
    open_visit_today,
    plan_visit,
    start_visit,
)

__all__ = [
    "amend_note",
    "cancel_visit",
    "close_visit",
    "decide",
    "ensure_default_texts",
    "examine",
    "mark_visit_error",
    "open_visit_today",
    "plan_visit",
    "save_note",
    "sign_note",
    "start_visit",
    "withdraw",
    "write_text",
]
