"""Every write to a patient's record."""

from facialis.clinic.patients.actions.history import save_health, save_palsy, save_wishes
from facialis.clinic.patients.actions.identity import SimilarPatientError, create_patient, edit_patient
from facialis.clinic.patients.actions.toxin import (
    add_earlier_treatment,
    mark_earlier_treatment_error,
    say_earlier_toxin,
)

__all__ = [
    "SimilarPatientError",
    "add_earlier_treatment",
    "create_patient",
    "edit_patient",
    "mark_earlier_treatment_error",
    "save_health",
    "save_palsy",
    "save_wishes",
    "say_earlier_toxin",
]
