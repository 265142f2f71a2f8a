"""The drug courses of the trials, ready to be put on a time line."""

from enum import StrEnum

from facialis.evidence import Row, load_rows
from facialis.twin.errors import HistoryError
from facialis.twin.events import AntiviralCourse, CorticosteroidCourse, CorticosteroidStep
from facialis.twin.priors import TABLES


class Drug(StrEnum):
    """What a course consists of."""

    CORTICOSTEROID = "corticosteroid"
    ANTIVIRAL = "antiviral"


def trial_corticosteroid(name: str, start_day: float) -> CorticosteroidCourse:
    """Return a corticosteroid course of a trial, such as `prednisolone_taper`, from a day on.

    Raises
    ------
    HistoryError
        If there is no such course, or the day lies before the onset.
    """
    rows = _rows_of(name, Drug.CORTICOSTEROID)
    return CorticosteroidCourse(
        start_day,
        tuple(CorticosteroidStep(row.number("days"), row.number("dose_mg_per_day")) for row in rows),
    )


def trial_antiviral(name: str, start_day: float) -> AntiviralCourse:
    """Return an antiviral course of a trial, `valaciclovir_7_days`; raises as `trial_corticosteroid`."""
    return AntiviralCourse(start_day, sum(row.number("days") for row in _rows_of(name, Drug.ANTIVIRAL)))


def _rows_of(name: str, drug: Drug) -> list[Row]:
    rows = [row for row in load_rows(TABLES, "treatment_courses").rows if row.choice("drug", Drug) is drug]
    found = [row for row in rows if row.text("course") == name]
    if not found:
        known = ", ".join(dict.fromkeys(row.text("course") for row in rows))
        raise HistoryError(f"'{name}' is no {drug.value} course of a trial. Give one of {known}.")
    return found
