"""Calendar arithmetic."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facialis.planning.dates import months_after, months_between, weeks_after, years_between

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 1, 5), -1, date(2025, 12, 5)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
    ],
)
def test_months_after(day, months, expected):
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 5), date(2026, 4, 4), 2),
        (date(2026, 1, 5), date(2026, 4, 5), 3),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 4, 5), date(2026, 4, 4), -1),
    ],
)
def test_months_between(first, last, months):
    assert months_between(first, last) == months


@given(first=DAYS, last=DAYS)
def test_whole_months_never_pass_the_last_day(first, last):
    months = months_between(first, last)
    assert months_after(first, months) <= last < months_after(first, months + 1)


def test_weeks_and_years():
    assert weeks_after(date(2026, 1, 5), 12) == date(2026, 3, 30)
    assert years_between(date(2000, 2, 29), date(2018, 2, 28)) == 18
