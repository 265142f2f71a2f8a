"""Everything that changes what is due, and adverse events."""

from facialis.clinic.followup.actions.dues import (
    cancel_due,
    cancel_dues_of,
    fulfil_dues,
    reopen_before,
    schedule_after,
)

__all__ = ["cancel_due", "cancel_dues_of", "fulfil_dues", "reopen_before", "schedule_after"]
