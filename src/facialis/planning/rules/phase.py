"""Where in the course of the palsy a patient is."""

from datetime import date
from enum import StrEnum

from facialis.planning.dates import months_between
from facialis.planning.rules.facts import FaceFacts
from facialis.planning.values import plan_value, whole_value


class Phase(StrEnum):
    """By time since onset, and later by what the face shows."""

    ACUTE = "acute"
    RECOVERING = "recovering"
    LATE_FLACCID = "late_flaccid"
    """Neither own drive nor unwanted movement."""
    LATE_PARETIC = "late_paretic"
    """Weak, without unwanted movement."""
    LATE_SYNKINETIC = "late_synkinetic"
    """With unwanted movement."""
    LATE_RECOVERED = "late_recovered"
    """Neither weak nor unwanted movement."""
    LATE_UNKNOWN = "late_unknown"
    """Drive or synkinesis is not known."""


def phase_of(onset: date, today: date, facts: FaceFacts) -> Phase:
    """Tell the phase.

    Synkinesis goes before weakness: a weak face with unwanted movement is synkinetic. A face without
    own drive whose synkinesis is not known counts as flaccid, the safer of the two.
    """
    months = months_between(onset, today)
    if months < whole_value("acute_phase"):
        return Phase.ACUTE
    if months < whole_value("recovering_phase"):
        return Phase.RECOVERING
    if facts.synkinesis_present:
        return Phase.LATE_SYNKINETIC
    if is_flaccid(facts):
        return Phase.LATE_FLACCID
    if not facts.affected_drive_by_branch or facts.synkinesis_present is None:
        return Phase.LATE_UNKNOWN
    return Phase.LATE_PARETIC if is_weak(facts) else Phase.LATE_RECOVERED


def is_flaccid(facts: FaceFacts) -> bool:
    """Whether no branch of the affected side has drive that can be told from none, nor synkinesis."""
    drive = facts.affected_drive_by_branch
    none = plan_value("flaccid_drive").number
    return bool(drive) and all(share <= none for share in drive.values()) and not facts.synkinesis_present


def is_weak(facts: FaceFacts) -> bool:
    """Whether a branch of the affected side has less drive than a recovered one."""
    recovered = plan_value("recovered_drive").number
    return any(share < recovered for share in facts.affected_drive_by_branch.values())
