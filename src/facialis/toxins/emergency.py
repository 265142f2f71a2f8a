"""Signs that need help at once, and what to do when a complication occurs."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.errors import ToxinError
from facialis.toxins.reading import toxin_rows


class UnknownComplicationError(ToxinError):
    """A complication without a text."""

    code = "complication_unknown"


class Suspicion(StrEnum):
    """What a sign may mean."""

    DISTANT_SPREAD = "distant_spread"
    EYE = "eye"
    ALLERGY = "allergy"


class Urgency(StrEnum):
    """How soon the patient has to be seen."""

    EMERGENCY = "emergency"
    """Emergency department at once."""
    SAME_DAY = "same_day"


@dataclass(frozen=True)
class EmergencySign:
    """One sign and what the patient is told."""

    code: str
    sign: str
    suspicion: Suspicion
    urgency: Urgency
    in_boxed_warning: bool
    """Whether it stands in the boxed warning that all products share."""
    advice: str
    citation: Citation


@dataclass(frozen=True)
class ManagementStep:
    """One step of what to do, or of what to expect."""

    complication: str
    step: int
    measure: str
    text: str
    check_first: tuple[str, ...]
    """What must be ruled out before this step."""
    citation: Citation


@cache
def emergency_signs() -> tuple[EmergencySign, ...]:
    """Every sign, emergencies first."""
    return tuple(
        EmergencySign(
            code=row.text("code"),
            sign=row.text("sign"),
            suspicion=row.choice("suspicion", Suspicion),
            urgency=row.choice("urgency", Urgency),
            in_boxed_warning=row.flag("boxed_warning"),
            advice=row.text("advice"),
            citation=row.citation,
        )
        for row in toxin_rows("emergency_signs")
    )


@cache
def management_steps() -> tuple[ManagementStep, ...]:
    """Every step, complication by complication."""
    return tuple(
        ManagementStep(
            complication=row.text("complication"),
            step=row.integer("step"),
            measure=row.text("measure"),
            text=row.text("text"),
            check_first=row.words("check_first"),
            citation=row.citation,
        )
        for row in toxin_rows("management")
    )


def management_of(complication: str) -> tuple[ManagementStep, ...]:
    """Steps for one complication, in order.

    Raises
    ------
    UnknownComplicationError
        If there is no text for it.
    """
    found = tuple(step for step in management_steps() if step.complication == complication)
    if not found:
        known = ", ".join(dict.fromkeys(step.complication for step in management_steps()))
        raise UnknownComplicationError(f"'{complication}' has no management text. Give one of {known}.")
    return found
