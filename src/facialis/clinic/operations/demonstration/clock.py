"""Another day for a while, so that a demonstration has a past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def clinic_day(day: date, hour: int, minute: int = 0) -> Iterator[datetime]:
    """Let the clinic believe that it is that day, in this process and this block; time goes on from there."""
    began = timezone.now()
    there = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    with patch("django.utils.timezone.now", lambda _now=timezone.now: there + (_now() - began)):
        yield there
