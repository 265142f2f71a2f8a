"""Kinds of adverse events, and what makes one serious."""

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from facialis.toxins.adverse_events import adverse_events
from facialis.toxins.emergency import ManagementStep, UnknownComplicationError, management_of

OTHER = "other"
NOT_OF_ONE_PATIENT = frozenset({"any_event", "neutralising_antibodies", "facial_paresis"})
"""Of the table, but no event that a patient reports."""

MANAGED_AS = {
    "drooling": "oral_incompetence",
    "oral_incompetence_drinking": "oral_incompetence",
    "difficulty_chewing": "oral_incompetence",
    "dysphagia": "systemic_botulism",
}
"""Events whose management stands under another word."""

CRITERIA: dict[str, str | Promise] = {
    "death": _("death"),
    "life_threatening": _("life-threatening"),
    "hospital": _("stay in hospital, or a longer one"),
    "disability": _("lasting or significant disability"),
    "congenital": _("congenital anomaly"),
    "important": _("another medically important event"),
}
"""Of a serious event in the sense of drug safety (ICH E2A)."""

SEVERITIES: dict[str, str | Promise] = {
    "mild": _("mild: noticed, does not disturb"),
    "moderate": _("moderate: disturbs daily life"),
    "severe": _("severe: prevents daily life"),
}


@cache
def event_kinds() -> tuple[str, ...]:
    """Codes of the events that the toxins' table knows, and 'other'."""
    known = dict.fromkeys(event.event for event in adverse_events() if event.event not in NOT_OF_ONE_PATIENT)
    return (*known, OTHER)


def event_words(kind: str) -> str:
    """'eyelid ptosis'."""
    return kind.replace("_", " ")


def what_to_do(kind: str) -> tuple[ManagementStep, ...]:
    """What the sources say to do; nothing where they say nothing."""
    try:
        return management_of(MANAGED_AS.get(kind, kind))
    except UnknownComplicationError:
        return ()
