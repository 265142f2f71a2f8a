"""The lists of a patient in words, for reading."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from facialis.clinic.patients.case import UnreadableError, coded_list
from facialis.clinic.patients.models import Patient
from facialis.clinic.patients.words import ALLERGIES, CONDITIONS, DRUGS, Words, worded
from facialis.planning.case.answers import ListState


@dataclass(frozen=True)
class ListInWords:
    """One list: its name, and what it says."""

    label: str
    words: str


def health_in_words(patient: Patient) -> list[ListInWords]:
    """Conditions, medication and allergies; 'none', 'not asked' and 'cannot be read' stay apart."""
    return [
        ListInWords(_("Conditions"), _words_of(patient.conditions, CONDITIONS)),
        ListInWords(_("Medication"), _words_of(patient.medication, DRUGS)),
        ListInWords(_("Allergies"), _words_of(patient.allergies, ALLERGIES)),
    ]


def _words_of(stored: object, words: Words) -> str:
    try:
        found = coded_list(stored, "")
    except UnreadableError:
        return _("cannot be read; ask again")
    if found.state is ListState.NOT_ASKED:
        return _("not asked")
    if found.state is ListState.NONE:
        return _("none")
    return ", ".join([*worded(found.codes, words), *found.others])
