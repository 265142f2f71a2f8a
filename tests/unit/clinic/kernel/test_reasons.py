"""A reason that is read years later says something."""

import pytest

from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.kernel.reasons import told_correction, told_reason


@pytest.mark.parametrize(
    "text", ["x", "", "ok ok ok ok ok", "xxxxxxxxxxxxxxx", "see notes", "1234567890 123"]
)
def test_what_tells_nothing_is_refused(text):
    with pytest.raises(FieldsError, match="at least 10 characters"):
        told_reason(text)


@pytest.mark.parametrize("text", ["It is known.", "Größere Muskeln als üblich"])
def test_a_few_words_are_a_reason(text):
    assert told_reason(f"  {text} ") == text


@pytest.mark.parametrize("text", ["", " ", "x", "oops", "wrong", "no no no no no"])
def test_a_correction_says_something_too(text):
    with pytest.raises(FieldsError, match="two different words"):
        told_correction(text)


def test_the_reason_of_a_correction_is_kept_as_it_was_written():
    assert told_correction("  of another patient ") == "of another patient"


def test_a_correction_that_is_too_long_is_refused_and_not_cut():
    longest = "of another patient" + "." * 382
    assert told_correction(longest) == longest
    with pytest.raises(FieldsError, match="up to 400 characters"):
        told_correction(longest + ".")
