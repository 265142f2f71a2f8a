"""What part a side plays in a palsy; which side that is stands with the patient."""

from enum import StrEnum


class SideRole(StrEnum):
    """Affected and healthy are told apart because their doses, gains and hazards differ."""

    AFFECTED = "affected"
    """The palsied side, which may have become overactive."""
    HEALTHY = "healthy"
    """The other side."""
    MIDLINE = "midline"
    """A point that belongs to both sides."""
