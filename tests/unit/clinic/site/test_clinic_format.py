"""Days, ages, doses, sides and millimetres are written in one way on every page."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone, translation

from facialis.anatomy.lookup import UnknownNameError
from facialis.anatomy.sides import Side
from facialis.clinic.site.templatetags import clinic_format as written
from facialis.toxins.errors import InexactNumberError

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en-gb"):
        yield


def test_a_day_names_its_month():
    assert written.day(date(2026, 3, 2)) == "02-Mar-2026"
    assert written.day(None) == "not recorded"


def test_a_moment_is_written_on_the_calendar_of_the_clinic():
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    with timezone.override("Europe/Berlin"):
        assert written.day(late) == "02-Jul-2026"
        assert written.day_time(late) == "02-Jul-2026 01:30"
        assert written.ago(late, date(2026, 7, 2)) == "today"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 11, 25), "in 3 days"),
        (date(2026, 11, 9), "13 days ago"),
        (date(2026, 11, 8), "2 weeks ago"),
        (date(2026, 8, 30), "12 weeks ago"),
        (date(2026, 8, 31), "11 weeks ago"),
        (date(2027, 2, 14), "in 12 weeks"),
        (date(2025, 5, 20), "18 months ago"),
        (date(2021, 11, 20), "5 years ago"),
    ],
)
def test_time_since_is_never_rounded_up(when, words):
    assert written.ago(when, TODAY) == words


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(1945, 7, 14), "81y"),
        (date(1945, 11, 22), "81y"),
        (date(1945, 11, 23), "80y"),
        (date(2024, 11, 22), "2y"),
        (date(2024, 11, 23), "23m"),
        (date(2026, 11, 22), "0m"),
    ],
)
def test_an_age_changes_on_the_birthday(born, words):
    assert written.age(born, TODAY) == words


def test_nobody_is_born_in_the_future():
    with pytest.raises(ValueError, match="23-Nov-2026 lies after 22-Nov-2026"):
        written.age(date(2026, 11, 23), TODAY)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2.50", "2.5 units"),
        (Decimal("5.0"), "5 units"),
        (Fraction(5, 2), "2.5 units"),
        (20, "20 units"),
        ("1", "1 unit"),
        (Decimal("0.50"), "0.5 units"),
        (Decimal("1E+1"), "10 units"),
        ("0", "0 units"),
        (None, "not recorded"),
    ],
)
def test_a_dose_is_exact_and_has_no_trailing_zero(value, words):
    assert written.units(value) == words


@pytest.mark.parametrize(
    ("doses", "english", "german"),
    [
        ("1", "1 unit", "1 Einheit"),
        ("2 × 1", "2 × 1 units", "2 × 1 Einheiten"),
        ("2.5", "2.5 units", "2.5 Einheiten"),
    ],
)
def test_one_unit_alone_is_singular_in_both_languages(doses, english, german):
    assert written.units_of(doses) == english
    with translation.override("de"):
        assert written.units_of(doses) == german


def test_an_amount_leaves_its_unit_to_the_column():
    assert written.amount(Decimal("2.50")) == "2.5"


@pytest.mark.parametrize("value", [2.5, "2,5", ".5", True])
def test_a_dose_that_is_not_exact_is_refused(value):
    with pytest.raises(InexactNumberError):
        written.units(value)


@pytest.mark.parametrize(
    ("value", "word"), [(Side.LEFT, "LEFT"), ("left", "LEFT"), ("right", "RIGHT"), ("", "")]
)
def test_a_side_is_a_word_in_capitals(value, word):
    assert written.side(value) == word


def test_an_unknown_side_is_refused():
    with pytest.raises(UnknownNameError):
        written.side("l")


def test_a_signed_distance_shows_its_sign_and_its_error():
    assert written.mm(1.24, 0.4) == "+1.2 ± 0.4 mm"
    assert written.mm(-1.25, 0.4) == "−1.2 ± 0.4 mm"
    assert written.mm(-0.01) == "+0.0 mm"
    assert written.mm(None) == "not measured"
    assert written.length_mm(8.2, 0.42) == "8.2 ± 0.4 mm"


@pytest.mark.parametrize(
    ("value", "words"),
    [(96, "96\N{NO-BREAK SPACE}%"), (-31, "−31\N{NO-BREAK SPACE}%"), (0, "0\N{NO-BREAK SPACE}%")],
)
def test_a_share_below_zero_has_a_true_minus(value, words):
    assert written.pct(value) == words
