"""Days as people write them; an order of numbers that could mean two days is refused."""

import re
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
    "maer": 3, "mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12,
}  # fmt: skip
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DOTS = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
_WORD = re.compile(r"(?P<day>\d{1,2})[-.\s]{1,2}(?P<word>[^\W\d_]{3,9})\.?[-\s]{1,2}(?P<year>\d{4})")
_ISO_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_FORMS = (_YEAR_FIRST, _DOTS, _WORD)


class DayError(ValueError):
    """A text that is no day; the message says what is allowed."""


def parse_day(text: str) -> date:
    """Read 17-May-1980, 17.05.1980 or 1980-05-17; raises `DayError`."""
    stripped = text.strip()
    for form in _FORMS:
        found = form.fullmatch(stripped)
        if found is not None:
            return _day_of(found)
    raise DayError(
        _("“%(text)s” cannot be read as a day. Write it as 17-May-1980, 17.05.1980 or 1980-05-17.")
        % {"text": stripped[:40]}
    )


def split_days(text: str) -> tuple[list[date], str]:
    """Take the days out of a text, such as a search; what is no day of the calendar stays in the text."""
    days = []
    for form in _FORMS:
        for found in form.finditer(text):
            try:
                days.append(_day_of(found))
            except DayError:
                continue
            text = text.replace(found.group(), " ")
    return days, text


def days_in_words(sentence: str) -> str:
    """The sentence with its days, which planning writes as 2026-11-22, written 22-Nov-2026."""
    return _ISO_DAY.sub(lambda found: _in_words(found.group(1)), sentence)


def _in_words(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text), "d-M-Y")
    except ValueError:
        return text


def _day_of(found: re.Match[str]) -> date:
    parts = found.groupdict()
    month = _month_of(parts["word"]) if "word" in parts else int(parts["month"])
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        raise DayError(
            _("“%(text)s” is no day of the calendar. Check day and month.") % {"text": found.group()}
        ) from None


def _month_of(word: str) -> int:
    folded = word.casefold()
    return next((number for begin, number in _MONTHS.items() if folded.startswith(begin)), 0)
