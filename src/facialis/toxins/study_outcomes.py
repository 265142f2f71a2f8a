"""Doses, outcomes and courses of single studies, as far as they were read."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from facialis.anatomy.side_roles import SideRole
from facialis.evidence import Citation, Row
from facialis.toxins.errors import ToxinError
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import optional_fraction, toxin_rows

BOTH = "both"
"""In `side_role`: the two sides together."""


class UnknownStudyError(ToxinError):
    """A study of which nothing stands in the table."""

    code = "study_unknown"


class StudyItem(StrEnum):
    """What a row is about."""

    SAMPLE = "sample"
    DOSE = "dose"
    OUTCOME = "outcome"
    COURSE = "course"
    HARM = "harm"
    STATEMENT = "statement"
    """No number was read."""


class Statistic(StrEnum):
    """What the value is."""

    MEAN = "mean"
    MEDIAN = "median"
    COUNT = "count"
    PERCENTAGE = "percentage"
    SINGLE = "single"
    DIFFERENCE = "difference"
    RANGE = "range"
    NOT_STATED = "not_stated"


@dataclass(frozen=True)
class StudyFinding:
    """One number of one study, or one statement of it."""

    code: str
    item: StudyItem
    quantity: str
    statistic: Statistic
    sides: tuple[SideRole, ...]
    """Sides that the number belongs to; empty where it belongs to the patient."""
    muscles: tuple[str, ...]
    """As the source names them."""
    product: ToxinProduct | None
    """None where what was read names none."""
    after: Fraction | None
    """Time since the injection, in `after_unit`."""
    after_unit: str | None
    value: Fraction | None
    interval: tuple[Fraction, Fraction] | None
    """Lowest and highest of the patients, or the range that the source gives."""
    sd: Fraction | None
    """Between patients."""
    unit: str
    n: int | None
    """Patients studied."""
    citation: Citation


@cache
def study_findings() -> tuple[StudyFinding, ...]:
    """Every row, study by study."""
    return tuple(_finding(row) for row in toxin_rows("study_outcomes"))


def findings_of_study(source_key: str, item: StudyItem | None = None) -> tuple[StudyFinding, ...]:
    """What was read of one study.

    Raises
    ------
    UnknownStudyError
        If the table holds nothing of it.
    """
    found = tuple(f for f in study_findings() if f.citation.source_key == source_key)
    if not found:
        known = ", ".join(dict.fromkeys(f.citation.source_key for f in study_findings()))
        raise UnknownStudyError(f"'{source_key}' is not a study of this table. Give one of {known}.")
    return tuple(f for f in found if item in {None, f.item})


def _finding(row: Row) -> StudyFinding:
    found = StudyFinding(
        code=row.text("code"),
        item=row.choice("kind", StudyItem),
        quantity=row.text("quantity"),
        statistic=row.choice("statistic", Statistic),
        sides=_sides(row),
        muscles=row.words("muscles"),
        product=row.optional_choice("product", ToxinProduct),
        after=optional_fraction(row, "after"),
        after_unit=row.optional_text("after_unit"),
        value=optional_fraction(row, "value"),
        interval=_interval(row),
        sd=optional_fraction(row, "sd"),
        unit=row.text("unit"),
        n=None if row.optional_text("n") is None else row.integer("n"),
        citation=row.citation,
    )
    is_bare = found.value is None and found.interval is None
    if is_bare is not (found.item is StudyItem.STATEMENT):
        raise row.error(f"a {found.item.value} {'lacks its' if is_bare else 'has a'} number.")
    if (found.after is None) is not (found.after_unit is None):
        raise row.error("after and after_unit stand together or not at all.")
    return found


def _sides(row: Row) -> tuple[SideRole, ...]:
    if row.optional_text("side_role") == BOTH:
        return SideRole.AFFECTED, SideRole.HEALTHY
    return row.choices("side_role", SideRole)


def _interval(row: Row) -> tuple[Fraction, Fraction] | None:
    low, high = optional_fraction(row, "low"), optional_fraction(row, "high")
    if low is None and high is None:
        return None
    if low is None or high is None or low > high:
        raise row.error("low and high stand together, and low does not exceed high.")
    return low, high
