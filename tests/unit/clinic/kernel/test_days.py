"""Days are read as people write them, and never guessed."""

from datetime import date

import pytest
from django.utils.dateformat import format as format_date
from hypothesis import given
from hypothesis import strategies as st

from facialis.clinic.kernel.days import DayError, days_in_words, parse_day, split_days
from facialis.clinic.kernel.fields import DayField

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(days)
def test_what_the_clinic_writes_it_reads_again(day):
    assert parse_day(DayField().prepare_value(day)) == day


@given(days, st.sampled_from(["j.n.Y", "d.m.Y", "Y-m-d", "j M Y", "d-F-Y", "j. F Y"]))
def test_each_way_to_write_a_day_is_read(day, form):
    assert parse_day(format_date(day, form)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17 Mai 1980", date(1980, 5, 17)),
        ("3. März 1980", date(1980, 3, 3)),
        ("1-Okt-1980", date(1980, 10, 1)),
        ("24. Dezember 1980", date(1980, 12, 24)),
        (" 2-MAY-1980 ", date(1980, 5, 2)),
    ],
)
def test_words_of_both_languages_are_months(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text",
    ["02/03/2026", "2026", "17.05.80", "31.02.1980", "17-Foo-1980", "1980-13-01", "tomorrow", "", "0.0.0000"],
)
def test_what_could_be_two_days_or_none_is_refused(text):
    with pytest.raises(DayError):
        parse_day(text)


@given(days)
def test_days_are_taken_out_of_a_search(day):
    found, rest = split_days(f"anna {format_date(day, 'd.m.Y')} müller")
    assert (found, rest.split()) == ([day], ["anna", "müller"])


def test_what_is_no_day_of_the_calendar_stays_in_a_search():
    assert split_days("31.02.1980") == ([], "31.02.1980")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Review from 2026-12-06 to 2026-12-20.", "Review from 06-Dec-2026 to 20-Dec-2026."),
        ("Nothing is dated here: 12-34, 2026.", "Nothing is dated here: 12-34, 2026."),
        ("No day: 2026-13-45.", "No day: 2026-13-45."),
    ],
)
def test_days_of_sentences_name_their_month(sentence, words):
    assert days_in_words(sentence) == words
