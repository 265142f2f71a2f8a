"""The conditions that the table of rules names, by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from facialis.planning.rules.conditions import (
    earlier_toxin,
    eye_and_mouth,
    indication,
    missing,
    photographs,
    referral,
    wishes,
)
from facialis.planning.rules.context import Context, Hit

Condition = Callable[[Context], Hit | None]

CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {
        condition.__name__: condition
        for module in (indication, eye_and_mouth, missing, earlier_toxin, referral, wishes, photographs)
        for condition in module.CONDITIONS
    }
)
"""Each returns what it found, or None."""
