"""Calendar arithmetic on given days; nothing here asks for today."""

from calendar import monthrange
from datetime import date, timedelta

MONTHS_IN_YEAR = 12
DAYS_IN_WEEK = 7


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or earlier for a negative number.

    A month that is too short gives its last day: one month after 31 January is the last of February.
    """
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weeks_after(day: date, weeks: int) -> date:
    """So many weeks later."""
    return day + timedelta(days=weeks * DAYS_IN_WEEK)


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another; negative when the second lies before. [months]"""
    months = (last.year - first.year) * MONTHS_IN_YEAR + last.month - first.month
    return months if months_after(first, months) <= last else months - 1


def years_between(first: date, last: date) -> int:
    """Whole years from one day to another. [years]"""
    return months_between(first, last) // MONTHS_IN_YEAR
