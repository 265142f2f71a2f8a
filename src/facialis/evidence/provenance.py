"""How far a number can be trusted: where it comes from and how it got here."""

from enum import StrEnum


class Provenance(StrEnum):
    """The tag that every row of every table carries, and that the user is shown."""

    FOUND = "found"
    """Read on a page of the source, almost always an abstract or an opening."""
    RECALL_HIGH = "recall-high"
    """General knowledge of the literature, not re-read; the writer is sure."""
    RECALL_MEDIUM = "recall-medium"
    """As above, less sure: drives no default without a clinician's confirmation."""
    DERIVED = "derived"
    """Arithmetic on tagged numbers; the note shows it."""
    DESIGN = "design"
    """A choice of this software, not evidence."""
    CALIBRATED = "calibrated"
    """Fitted or set by this project on its own data; the note says on what."""
