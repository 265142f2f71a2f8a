"""Kinds of adverse events, and what makes one serious."""

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from facialis.toxins.adverse_events import adverse_events
from facialis.toxins.emergency import ManagementStep, UnknownComplicationError, management_of

OTHER = "other"
OF_THE_CLINIC = (
    "trouble_breathing",
    "trouble_speaking",
    "allergic_reaction",
    "general_weakness",
    "urinary_incontinence",
    "visual_loss",
    "wrong_side",
    "wrong_dose",
    "no_effect",
)
"""What the patient's sheet warns of and no table counts; mistakes of treatment; that nothing came of it."""
ONE_SIDED = frozenset(
    {"eyelid_ptosis", "brow_ptosis", "lagophthalmos", "dry_eye", "epiphora", "superficial_punctate_keratitis"}
)
"""Events of a lid, a brow or an eye: without its side the report helps nobody."""
NOT_OF_ONE_PATIENT = frozenset({"any_event", "neutralising_antibodies", "facial_paresis"})
"""Of the table, but no event that a patient reports."""

MANAGED_AS = {
    "drooling": "oral_incompetence",
    "oral_incompetence_drinking": "oral_incompetence",
    "difficulty_chewing": "oral_incompetence",
    "dysphagia": "systemic_botulism",
    "trouble_breathing": "systemic_botulism",
    "trouble_speaking": "systemic_botulism",
    "general_weakness": "systemic_botulism",
    "allergic_reaction": "anaphylaxis",
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
    """Codes of the events that the toxins' table knows, those of the clinic, and 'other'."""
    known = dict.fromkeys(event.event for event in adverse_events() if event.event not in NOT_OF_ONE_PATIENT)
    return (*known, *(code for code in OF_THE_CLINIC if code not in known), OTHER)


def event_words(kind: str) -> str:
    """'eyelid ptosis'."""
    return gettext(kind.replace("_", " "))


def what_to_do(kind: str) -> tuple[ManagementStep, ...]:
    """What the sources say to do; nothing where they say nothing."""
    try:
        return management_of(MANAGED_AS.get(kind, kind))
    except UnknownComplicationError:
        return ()
