"""Whether measurements fit the case that they are said to be of."""

from collections.abc import Sequence
from datetime import date

from facialis.errors import FacialisError
from facialis.planning.case.case import Case
from facialis.report.read_measures import SetMeasured


class MeasurementOfCaseError(FacialisError):
    """A measurement does not fit the case that names it."""

    code = "measurement_contradicts_case"


def require_measurements_of(case: Case, measured: Sequence[tuple[date, SetMeasured]]) -> None:
    """Refuse a measurement of the other palsied side, and one that stands for two visits.

    Parameters
    ----------
    measured : sequence     Day of each visit, and its measurement with the SHA-256 of its file.

    Raises
    ------
    MeasurementOfCaseError
    """
    side = case.palsy.affected_side
    for number, (day, found) in enumerate(measured):
        if found.affected is not None and side is not None and found.affected is not side:
            raise MeasurementOfCaseError(
                f"The measurement of {day} was made for a palsy on the {found.affected.label}, and the "
                f"case says {side.label}. Correct the side in one of them; measure again with --affected."
            )
        twin = next((other for other, one in measured[:number] if one.sha256 == found.sha256), None)
        if twin is not None:
            raise MeasurementOfCaseError(
                f"The visits of {twin} and {day} name the same measurement. Photographs are of "
                "one day: name each visit's own."
            )


def remarks_on(measured: Sequence[tuple[date, SetMeasured]]) -> tuple[str, ...]:
    """What the measurements could not use, in sentences."""
    found = []
    for day, one in measured:
        found += [f"{day}: {photo.file} was not measured. {photo.why}" for photo in one.refused]
        found += [
            f"{day}: nobody said which expression {file} shows, so it is not used."
            for file in one.without_expression
        ]
    return tuple(found)
