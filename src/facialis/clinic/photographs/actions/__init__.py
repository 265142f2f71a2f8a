"""Every write about photographs."""

from facialis.clinic.photographs.actions.measured import note_measured, note_refused

__all__ = ["note_measured", "note_refused"]
