"""When to see the patient again, and when to treat again."""

from datetime import date

import pytest

from facialis.planning.schedule import follow_up
from facialis.toxins import ToxinProduct

# session, product, review from, review to, not before, about
DATES = """
2026-01-05 onabotulinumtoxinA   2026-01-19 2026-02-02 2026-04-05 2026-05-05
2026-01-05 abobotulinumtoxinA   2026-01-19 2026-02-02 2026-03-30 2026-05-05
2026-10-31 incobotulinumtoxinA  2026-11-14 2026-11-28 2027-01-23 2027-02-28
2023-11-30 daxibotulinumtoxinA  2023-12-14 2023-12-28 2024-02-22 2024-03-30
"""


@pytest.mark.parametrize("line", DATES.strip().splitlines())
def test_dates(line):
    session, product, *expected = line.split()
    found = follow_up(date.fromisoformat(session), ToxinProduct(product))
    shown = (found.review_from, found.review_to, found.earliest_repeat, found.repeat)
    assert [day.isoformat() for day in shown] == expected
    assert {citation.source_key for citation in found.citations} >= {"PracticeNotes"}


@pytest.mark.parametrize("product", ToxinProduct)
def test_nothing_is_repeated_before_twelve_weeks(product):
    found = follow_up(date(2026, 1, 5), product)
    assert (found.earliest_repeat - found.session).days >= 84
    assert found.repeat >= found.earliest_repeat > found.review_to


def test_long_interval_of_a_label_pushes_the_repeat(monkeypatch):
    monkeypatch.setattr("facialis.planning.schedule.whole_value", lambda _: 2)
    found = follow_up(date(2026, 1, 5), ToxinProduct.ONABOTULINUMTOXIN_A)
    assert found.repeat == found.earliest_repeat == date(2026, 4, 5)
