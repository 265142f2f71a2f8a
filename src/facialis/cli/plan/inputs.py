"""The files that a plan is made from: the case, and the measurements that its visits name."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from facialis.errors import FacialisError
from facialis.planning.case.case import Case
from facialis.planning.case.visits import Visit
from facialis.report.case_json import CannotReadCaseFileError, read_case_file
from facialis.report.measurement_values import CannotReadMeasurementError
from facialis.report.read_measures import SetMeasured, read_measures_file


class MeasurementOfCaseError(FacialisError):
    """A measurement does not fit the case that names it."""

    code = "measurement_contradicts_case"


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
        found = []
        for visit in self.visits:
            found += [f"{visit.day}: {one.file} was not measured. {one.why}" for one in visit.found.refused]
            found += [
                f"{visit.day}: nobody said which expression {file} shows, so it is not used."
                for file in visit.found.without_expression
            ]
        return tuple(found)


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
    visits = [_visit(visit, visit.measurement, path, case) for visit in case.visits if visit.measurement]
    for number, one in enumerate(visits):
        earlier = next((other for other in visits[:number] if other.found.sha256 == one.found.sha256), None)
        if earlier is not None:
            raise MeasurementOfCaseError(
                f"The visits of {earlier.day} and {one.day} name the same measurement. Photographs are of "
                "one day: name each visit's own."
            )
    return CaseFiles(path, case, _digest(path), tuple(visits))


def _visit(visit: Visit, name: str, case_path: Path, case: Case) -> VisitFile:
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
    side = case.palsy.affected_side
    if found.affected is not None and side is not None and found.affected is not side:
        raise MeasurementOfCaseError(
            f"The measurement of {visit.day} was made for a palsy on the {found.affected.label}, and the "
            f"case says {side.label}. Correct the side in one of them; measure again with --affected."
        )
    return VisitFile(visit.day, path, found)


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise CannotReadCaseFileError(
            f"'{path}' cannot be read any more ({error.strerror}). Give the JSON file of a case."
        ) from error
