"""Everything that changes what is due, and adverse events."""

from facialis.clinic.followup.actions.dues import cancel_due, fulfil_dues, schedule_after

__all__ = ["cancel_due", "fulfil_dues", "schedule_after"]
