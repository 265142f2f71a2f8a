"""Values of other people's files: read with care, whatever they are."""

import sys
from decimal import Decimal
from typing import Any

import pytest

from facialis.grading.file_model_values import (
    FileModelError,
    FileValueError,
    object_in,
    shown,
    timed_number,
    unpacked,
    whole_number,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (True, "True"),
        ("x", "'x'"),
        (None, "None"),
        ("x" * 38, "'" + "x" * 38 + "'"),
        ("x" * 39, "'" + "x" * 39 + "..."),
        ([1, 2], "a list of 2"),
        ((1,), "a list of 1"),
        ({"a": 1}, "an object"),
        (10**40, "1" + "0" * 39 + "..."),
        (10**40 + 1, "an enormous number"),
        (-(10**40) - 1, "an enormous number"),
        (float("nan"), "nan"),
        (Decimal("3.50"), "3.50"),
    ],
)
def test_values_are_shown_short(value: object, text: str) -> None:
    assert shown(value) == text


def test_number_with_too_many_digits_for_a_text_is_shown() -> None:
    assert shown(10 ** (sys.get_int_max_str_digits() + 1)) == "an enormous number"


def test_deeply_nested_value_is_not_looked_into() -> None:
    nest: list[Any] = []
    for _ in range(100_000):
        nest = [nest]
    assert shown(nest) == "a list of 1"
    with pytest.raises(FileValueError, match="a list of 1"):
        whole_number("eface.rest_brow", nest)


@pytest.mark.parametrize(
    ("value", "inner"),
    [
        ([3], 3),
        (["null"], None),
        ("null", None),
        ("nill", None),
        (None, None),
        ("none", "none"),
        ([], []),
        ([1, 2], [1, 2]),
        (0, 0),
    ],
)
def test_quirks_are_undone(value: Any, inner: Any) -> None:
    assert unpacked(value) == inner


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0),
        (999, 999),
        (-999, -999),
        ("0", 0),
        ("999", 999),
        ([7], 7),
        (["7"], 7),
        ("nill", None),
        (None, None),
    ],
)
def test_whole_numbers_and_their_digits_are_read(value: Any, number: int | None) -> None:
    assert whole_number("field", value) == number


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (True, "True"),
        (1000, "1000"),
        (-1000, "-1000"),
        (3.0, "3.0"),
        ("1000", "'1000'"),
        ("-1", "'-1'"),
        ("3 ", "'3 '"),
        ("٣", "'٣'"),
        ("", "''"),
        ([1, 2], "a list of 2"),
        ({}, "an object"),
        (float("inf"), "inf"),
    ],
)
def test_anything_else_is_refused_as_a_number(wrong: Any, told: str) -> None:
    with pytest.raises(FileValueError) as error:
        whole_number("eface.rest_brow", wrong)
    assert str(error.value) == (
        f"'eface.rest_brow' is {told}; allowed is a whole number of at most three digits, or null. Correct "
        "the file."
    )


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ({"key": "rest_eye", "value": 1, "time": "now"}, 1),
        ({"value": "1"}, 1),
        ([{"value": 1}], 1),
        ({"value": None}, None),
        ({"value": "null"}, None),
        ("null", None),
        (None, None),
    ],
)
def test_timed_numbers_are_read(value: Any, number: int | None) -> None:
    assert timed_number("sunnybrook.rest_eye", value) == number


@pytest.mark.parametrize(
    ("wrong", "told"),
    [(1, "1"), ({"key": "rest_eye"}, "an object"), ("value", "'value'"), ([], "a list of 0")],
)
def test_number_without_its_object_is_refused(wrong: Any, told: str) -> None:
    with pytest.raises(FileValueError) as error:
        timed_number("sunnybrook.rest_eye", wrong)
    assert str(error.value) == (
        f"'sunnybrook.rest_eye' is {told}; allowed is an object with key, value and time, or null. "
        "Correct the file."
    )


def test_wrong_value_inside_its_object_is_refused() -> None:
    with pytest.raises(FileValueError, match=r"^'sunnybrook.rest_eye.value' is 1.5; allowed is"):
        timed_number("sunnybrook.rest_eye", {"value": 1.5})


def test_object_is_returned_as_it_is() -> None:
    document = {str(n): n for n in range(200)}
    assert object_in("The file", document) is document


@pytest.mark.parametrize(
    "wrong", [{str(n): n for n in range(201)}, {**{str(n): n for n in range(200)}, 1: 1}]
)
def test_enormous_object_is_refused(wrong: Any) -> None:
    with pytest.raises(FileModelError) as error:
        object_in("'eface'", wrong)
    assert str(error.value) == (
        "'eface' has 201 keys; the format has no object of more than 200, and every key is a text. Check "
        "that it is the right file."
    )


def test_key_that_is_no_text_is_refused() -> None:
    with pytest.raises(FileModelError, match=r"^The file has 2 keys;"):
        object_in("The file", {"a": 1, 2: 2})
