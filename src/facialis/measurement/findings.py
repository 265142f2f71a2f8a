"""What a check found: a code, a sentence, and the numbers behind it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding means for the photograph."""

    REFUSE = "refuse"
    """The photograph cannot be measured at all."""
    WARN = "warn"
    """It is measured; some values are missing or less certain."""
    NOTE = "note"
    """Worth knowing; nothing is withheld."""


@dataclass(frozen=True)
class Finding:
    """One reason of the capture gate. `limit` and `value` share the unit that the sentence names."""

    code: str
    severity: Severity
    sentence: str
    value: float | None = None
    limit: float | None = None
