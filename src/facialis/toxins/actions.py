"""What a rule of safety asks for."""

from enum import StrEnum


class Action(StrEnum):
    """In order of weight, the heaviest first."""

    STOP = "stop"
    """Do not inject, or leave this muscle out."""
    WARN = "warn"
    """Inject only after somebody has weighed the risk."""
    ADVISE = "advise"
    """Good practice."""
    NONE = "none"
    """Known, and no reason to hold back."""


def heaviest_first(action: Action) -> int:
    """Key to sort by: stop before warn before the others."""
    return tuple(Action).index(action)
