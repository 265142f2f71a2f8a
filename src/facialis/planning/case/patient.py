"""The person: age, and what concerns pregnancy."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facialis.planning.case.answers import Answer, is_whole
from facialis.planning.dates import years_between
from facialis.planning.errors import CaseError
from facialis.planning.values import plan_value, whole_value


class Sex(StrEnum):
    """As far as a rule asks for it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


@dataclass(frozen=True)
class Patient:
    """One of birth date and age is known."""

    birth_date: date | None = None
    age_years: int | None = None
    """At the day of planning, where the birth date is not given. [years]"""
    sex: Sex | None = None
    pregnancy: Answer = Answer.UNKNOWN
    lactation: Answer = Answer.UNKNOWN

    def __post_init__(self) -> None:
        if (self.birth_date is None) == (self.age_years is None):
            raise CaseError("A patient has a birth date or an age in years: give one of them, not both.")
        if self.age_years is not None:
            _require_age(self.age_years)

    def age_on(self, today: date) -> int:
        """Whole years on a day; raises `CaseError` for a birth date that cannot be. [years]"""
        if self.birth_date is None:
            assert self.age_years is not None  # noqa: S101  refused when the patient was made
            return self.age_years
        if self.birth_date > today:
            raise CaseError(
                f"The birth date {self.birth_date} lies after {today}, the day of planning. Correct one of "
                "them."
            )
        return _require_age(years_between(self.birth_date, today))

    def may_be_pregnant_on(self, today: date) -> bool:
        """Whether the question has to be asked: by age, and unless the sex is male."""
        ages = plan_value("age_to_ask_for_pregnancy").interval
        assert ages is not None  # noqa: S101  the table gives a range
        return self.sex is not Sex.MALE and ages[0] <= self.age_on(today) <= ages[1]


def _require_age(age: int) -> int:
    oldest = whole_value("oldest_age")
    if not is_whole(age) or not 0 <= age <= oldest:
        raise CaseError(f"The age is {age!r} years; it is a whole number from 0 to {oldest}. Correct it.")
    return age
