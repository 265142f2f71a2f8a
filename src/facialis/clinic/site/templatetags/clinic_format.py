"""How the clinic writes days, ages, doses, sides and millimetres; ``{% load clinic_format %}``."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, ngettext

from facialis.anatomy.lookup import find_member
from facialis.anatomy.sides import Side
from facialis.toxins.exact import exact_number, number_text

register = template.Library()

MINUS = "−"
DAYS_SAID_AS_DAYS = 14
WEEKS_SAID_AS_WEEKS = 52
MONTHS_SAID_AS_MONTHS = 24
DAYS_PER_MONTH = 365.2425 / 12


@register.filter
def day(value: date | datetime | None) -> str:
    """22-Nov-2026; a moment is the day on the clinic's own calendar."""
    return gettext("not recorded") if value is None else format_date(_local(value), "d-M-Y")


@register.filter
def day_time(value: datetime | None) -> str:
    """22-Nov-2026 14:05, in the clinic's time zone."""
    return gettext("not recorded") if value is None else format_date(_local(value), "d-M-Y H:i")


@register.filter
def ago(value: date | datetime | None, on: date | datetime | None = None) -> str:
    """'12 weeks ago', 'today' or 'in 3 days', counted to ``on`` or today; beside the day, never alone."""
    if value is None:
        return ""
    days = (_as_date(on) - _as_date(value)).days
    if days == 0:
        return gettext("today")
    if days in {1, -1}:
        return gettext("yesterday") if days == 1 else gettext("tomorrow")
    span = _span(abs(days))
    return gettext("%(span)s ago") % {"span": span} if days > 0 else gettext("in %(span)s") % {"span": span}


@register.filter
def age(born: date | None, on: date | datetime | None = None) -> str:
    """'81y'; below two years in months, '14m'. Counted to ``on`` or today."""
    if born is None:
        return gettext("age not recorded")
    at = _as_date(on)
    if born > at:
        raise ValueError(
            f"The date of birth {day(born)} lies after {day(at)}; an age is 0 or more. "
            "Correct the date of birth."
        )
    months = (at.year - born.year) * 12 + at.month - born.month - (at.day < born.day)
    years = months // 12
    if years >= 2:
        return gettext("%(count)dy") % {"count": years}
    return gettext("%(count)dm") % {"count": months}


@register.filter
def units(value: str | Decimal | Fraction | int | None) -> str:
    """'2.5 units': exact, without a trailing zero; a float is refused, for it is not exact."""
    if value is None or value == "":
        return gettext("not recorded")
    amount = exact_number(value, "The dose")
    return ngettext("%(amount)s unit", "%(amount)s units", 1 if amount == 1 else 2) % {
        "amount": number_text(amount)
    }


@register.filter
def units_of(words: str) -> str:
    """The same for doses in words: '2 × 2.5 units', and '1 unit' for that alone."""
    return ngettext("%(amount)s unit", "%(amount)s units", 1 if words == "1" else 2) % {"amount": words}


@register.filter
def amount(value: str | Decimal | Fraction | int | None) -> str:
    """'2.5': a dose's number where the column or the field already names the unit."""
    return "" if value is None or value == "" else number_text(exact_number(value, "The dose"))


@register.filter
def pct(value: int) -> str:
    """'96 %', '−31 %': with a true minus, and with a space that no line breaks at."""
    return f"{value}\N{NO-BREAK SPACE}%".replace("-", MINUS)


@register.filter
def side(value: Side | str | None) -> str:
    """LEFT or RIGHT, the patient's; nothing for the midline, which has no side."""
    if value is None or value == "":
        return ""
    found = find_member(Side, value, thing="side")
    return gettext("LEFT") if found is Side.LEFT else gettext("RIGHT")


@register.filter
def mm(value: float | None, sd: float | None = None) -> str:
    """'+1.2 ± 0.4 mm': a signed distance with its standard deviation."""
    return gettext("not measured") if value is None else f"{_tenths(value, '+')}{_sd(sd)} mm"


@register.filter
def length_mm(value: float | None, sd: float | None = None) -> str:
    """'8.2 ± 0.4 mm': a length, which has no sign."""
    return gettext("not measured") if value is None else f"{_tenths(value, '-')}{_sd(sd)} mm"


def _local(value: date | datetime) -> date | datetime:
    is_moment = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if is_moment and isinstance(value, datetime) else value


def _as_date(value: date | datetime | None) -> date:
    if value is None or value == "":
        return timezone.localdate()
    found = _local(value)
    return found.date() if isinstance(found, datetime) else found


def _span(days: int) -> str:
    if days < DAYS_SAID_AS_DAYS:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    weeks = days // 7
    if weeks <= WEEKS_SAID_AS_WEEKS:
        return ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks}
    months = int(days / DAYS_PER_MONTH)
    if months < MONTHS_SAID_AS_MONTHS:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    years = months // 12
    return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}


def _tenths(value: float, sign: str) -> str:
    # Rounded first, so that a small negative number is not written as -0.0.
    return f"{round(value, 1) + 0.0:{sign}.1f}".replace("-", MINUS)


def _sd(sd: float | None) -> str:
    return "" if sd is None else f" ± {sd:.1f}"
