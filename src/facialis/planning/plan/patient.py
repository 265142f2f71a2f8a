"""From a case and its measured visits to what the model is calibrated on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from facialis.anatomy.expressions import Expression
from facialis.measurement.measure import Measure
from facialis.planning.case.case import Case
from facialis.planning.case.treatments import ToxinTreatment
from facialis.planning.case.visits import ClinicianFinding
from facialis.planning.errors import CaseError
from facialis.twin.calibrate import Posterior, calibrate
from facialis.twin.events import ToxinSession
from facialis.twin.junction.parameters import products_with_data
from facialis.twin.present.findings import MuscleFinding, finding_kinds
from facialis.twin.present.visits import Visit, visit_from_measures


@dataclass(frozen=True, eq=False)
class MeasuredVisit:
    """Measures of the photographs of one visit of a case."""

    day: date
    photographs: Sequence[tuple[Expression, Sequence[Measure]]]
    mirrored_known: bool
    """Whether every photograph says that it is mirrored or not."""


@dataclass(frozen=True, eq=False)
class Patient:
    """What is known of a patient's muscles, and from what."""

    posterior: Posterior
    visits: tuple[Visit, ...]
    measured: tuple[MeasuredVisit, ...]
    sessions: tuple[ToxinSession, ...]
    not_simulated: tuple[ToxinTreatment, ...]
    """Earlier treatments whose points or product are not known well enough to be simulated."""


def days_since_onset(case: Case, day: date) -> float:
    """Days from the first weakness."""
    return float((day - case.palsy.onset).days)


def patient_of(case: Case, measured: Sequence[MeasuredVisit]) -> Patient:
    """Calibrate the model on every measured visit of a case.

    Raises
    ------
    CaseError               The palsied side is not one side, nothing was measured, or a measured day is no
                            visit of the case.
    ObservationError        A visit shows nothing, or a finding is none.
    """
    affected = case.palsy.affected_side
    if affected is None:
        raise CaseError(
            "Both sides are affected, so that neither shows how the other should move. No plan can be made; "
            "refer to a facial-nerve specialist."
        )
    if not measured:
        raise CaseError(
            "No visit of the case has measured photographs. Photograph the nine expressions, measure them "
            "with `facialis measure`, and name the file in the visit."
        )
    known = {visit.day: visit for visit in case.visits}
    visits = []
    for one in sorted(measured, key=lambda visit: visit.day):
        if one.day not in known:
            raise CaseError(f"Photographs of {one.day} were measured, but the case has no visit on that day.")
        findings = [muscle_finding(finding) for finding in known[one.day].findings]
        visits.append(visit_from_measures(days_since_onset(case, one.day), one.photographs, findings))
    sessions, rest = _sessions(case)
    posterior = calibrate(visits, sessions, affected)
    return Patient(posterior, tuple(visits), tuple(measured), sessions, rest)


def muscle_finding(finding: ClinicianFinding) -> MuscleFinding:
    """A finding of the case, for the model."""
    value = finding.score if finding.grade is None else finding.grade
    assert value is not None  # noqa: S101  the case holds one of the two
    return MuscleFinding(finding.code, finding.side, float(value), finding.expression)


def known_findings() -> frozenset[str]:
    """Codes of findings that the model understands."""
    return frozenset(finding_kinds())


def _sessions(case: Case) -> tuple[tuple[ToxinSession, ...], tuple[ToxinTreatment, ...]]:
    sessions, rest = [], []
    for treatment in case.treatments:
        if treatment.injections and treatment.product in products_with_data():
            sessions.append(ToxinSession(days_since_onset(case, treatment.day), treatment.injections))
        else:
            rest.append(treatment)
    return tuple(sessions), tuple(rest)
