"""The files that a plan is made from: the case, and the measurements that its visits name."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from facialis.errors import FacialisError
from facialis.planning.case.case import Case
from facialis.planning.case.visits import Visit
from facialis.report.case_json import CannotReadCaseFileError, read_case_file
from facialis.report.case_measurements import remarks_on, require_measurements_of
from facialis.report.measurement_values import CannotReadMeasurementError
from facialis.report.read_measures import SetMeasured, read_measures_file


@dataclass(frozen=True, eq=False)
class VisitFile:
    """The measurement of one visit."""

    day: date
    path: Path
    found: SetMeasured


@dataclass(frozen=True, eq=False)
class CaseFiles:
    """A case with its measurements, as they were read."""

    path: Path
    case: Case
    case_sha256: str
    visits: tuple[VisitFile, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that was read: results are never written over them."""
        return (self.path, *(visit.path for visit in self.visits))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the measurements could not use, in sentences."""
        return remarks_on([(visit.day, visit.found) for visit in self.visits])


def read_case_files(path: Path) -> CaseFiles:
    """Read a case, and the measurement of every visit that has one.

    Raises
    ------
    CannotReadCaseFileError, CaseFileError, CaseError and others
                                As `read_case_file`.
    CannotReadMeasurementError, MeasurementDocumentError
                                As `read_measures_file`; the sentence names the visit.
    MeasurementOfCaseError      A measurement was made for the other palsied side, or stands for two visits.
    """
    case = read_case_file(path)
    visits = [_visit(visit, visit.measurement, path) for visit in case.visits if visit.measurement]
    require_measurements_of(case, [(visit.day, visit.found) for visit in visits])
    return CaseFiles(path, case, _digest(path), tuple(visits))


def _visit(visit: Visit, name: str, case_path: Path) -> VisitFile:
    path = case_path.parent / name
    if path.exists() and not path.is_file():
        raise CannotReadMeasurementError(
            f"The visit of {visit.day} names '{path}', which is no file. Give the JSON file that "
            "`facialis measure` wrote."
        )
    try:
        found = read_measures_file(path)
    except FacialisError as error:
        raise type(error)(f"The visit of {visit.day}: {error}") from error
    return VisitFile(visit.day, path, found)


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise CannotReadCaseFileError(
            f"'{path}' cannot be read any more ({error.strerror}). Give the JSON file of a case."
        ) from error
