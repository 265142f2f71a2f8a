"""What has to be done before a patient is injected."""

from enum import StrEnum


class Prerequisite(StrEnum):
    """Points of the checklist; `tables/prerequisites.csv` says what a missing one means."""

    DIAGNOSIS_CONFIRMED = "diagnosis_confirmed"
    GRADING_DONE = "grading_done"
    EYE_EXAMINED = "eye_examined"
    PHOTOGRAPHS_TAKEN = "photographs_taken"
    OFF_LABEL_CONSENT = "off_label_consent"
    RETRAINING_PLANNED = "retraining_planned"
    MEDICATION_CHECKED = "medication_checked"
    EMERGENCY_SHEET_GIVEN = "emergency_sheet_given"
