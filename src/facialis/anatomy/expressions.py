"""The expressions a patient is asked to make, and the views that are photographed."""

from enum import StrEnum


class Expression(StrEnum):
    """The nine photographed expressions and the nasal base view."""

    REST = "rest"
    BROW_RAISE = "brow_raise"
    GENTLE_EYE_CLOSURE = "gentle_eye_closure"
    TIGHT_EYE_CLOSURE = "tight_eye_closure"
    SNARL = "snarl"
    CLOSED_SMILE = "closed_smile"
    OPEN_SMILE = "open_smile"
    PUCKER = "pucker"
    LOWER_TEETH_SHOW = "lower_teeth_show"
    NASAL_BASE = "nasal_base"


NINE_PHOTOGRAPHS: tuple[Expression, ...] = tuple(e for e in Expression if e is not Expression.NASAL_BASE)
"""The standard set, in the order in which it is taken. The nasal base is a view, not a movement."""
