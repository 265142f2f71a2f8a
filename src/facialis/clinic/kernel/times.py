"""The clock of the clinic, in one place so that tests can set it."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, with its zone."""
    return timezone.now()


def today() -> date:
    """The calendar day in the clinic's time zone."""
    return timezone.localdate()
