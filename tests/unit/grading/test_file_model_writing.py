"""Written files: the fields and types of the format, and totals by the published rule."""

import json
from decimal import Decimal
from typing import Any

import pytest

from facialis.anatomy import Side
from facialis.grading.eface import EfaceAnswers
from facialis.grading.file_model_writing import NotWritableError, write_file_model
from facialis.grading.file_models import read_file_model
from facialis.grading.grades import Grade
from facialis.grading.sunnybrook import SunnybrookAnswers
from tests.unit.grading.file_model_documents import EFACE_FIELDS, SUNNYBROOK_FIELDS

OWN_FRAME = {"metadata_object_version": "0.1.0", "application_version": "9.9", "application_org": "Facialis"}
ANSWERS = SunnybrookAnswers("unlike_unspecified", "absent", "normal", 1, 2, 3, 4, 5, 0, 1, 2, 3, 3)
SLIDERS = EfaceAnswers(101, 102, 103, 104, 1, 2, 3, 4, 5, 6, 7, None, None, None, None)


def fits_the_format(document: dict[str, Any]) -> bool:
    """Names and types as the format's own classes declare them."""
    timed = all(
        value is None
        or (
            set(value) <= {"key", "value", "time"}
            and value["key"] == field
            and all(isinstance(value.get(name, ""), str) for name in ("key", "time"))
        )
        for field, value in document["sunnybrook"].items()
        if field not in OWN_FRAME
    )
    numbers = all(
        value is None or type(value) is int
        for field, value in document["eface"].items()
        if field not in OWN_FRAME
    )
    totals = all(type(value) is int for key, value in document.items() if key.startswith("sunnybrook_score"))
    return (
        timed
        and numbers
        and totals
        and set(document["sunnybrook"]) == {*OWN_FRAME, *SUNNYBROOK_FIELDS}
        and set(document["eface"]) == {*OWN_FRAME, *EFACE_FIELDS}
        and set(document["houseBrackmann"]) == {*OWN_FRAME, "houseBrackmann"}
        and type(document["houseBrackmann"]["houseBrackmann"]) is int
        and isinstance(document["palsy_side"], str)
    )


def test_everything_that_was_written_is_read_again() -> None:
    written = write_file_model(
        sunnybrook=ANSWERS,
        eface=SLIDERS,
        house_brackmann=Grade.IV,
        affected_side=Side.RIGHT,
        application_version="9.9",
    )
    assert fits_the_format(written.document)
    assert written.left_out == ()
    found = read_file_model(json.loads(json.dumps(written.document)))
    assert (found.sunnybrook, found.eface) == (ANSWERS, SLIDERS)
    assert (found.house_brackmann, found.affected_side) == (Grade.IV, Side.RIGHT)
    assert found.unmapped == ()


def test_totals_follow_the_published_rule() -> None:
    document = write_file_model(sunnybrook=ANSWERS, application_version="9.9").document
    assert {key: value for key, value in document.items() if key.startswith("sunnybrook_score")} == {
        "sunnybrook_score_rest": 15,
        "sunnybrook_score_volu": 60,
        "sunnybrook_score_synk": 9,
        "sunnybrook_score": 36,
    }


def test_file_with_nothing_in_it() -> None:
    written = write_file_model(application_version="9.9")
    assert fits_the_format(written.document)
    assert written.left_out == ()
    assert written.document == {
        **OWN_FRAME,
        "palsy_side": "",
        "sunnybrook": {**OWN_FRAME, **dict.fromkeys(SUNNYBROOK_FIELDS)},
        "eface": {**OWN_FRAME, **dict.fromkeys(EFACE_FIELDS)},
        "houseBrackmann": {**OWN_FRAME, "houseBrackmann": 0},
    }


@pytest.mark.parametrize(
    ("written_at", "time"), [(None, {}), ("2026-11-22 10:00", {"time": "2026-11-22 10:00"})]
)
def test_items_are_written_with_their_name_and_time(written_at: str | None, time: dict[str, str]) -> None:
    document = write_file_model(sunnybrook=ANSWERS, application_version="9.9", written_at=written_at).document
    assert document["sunnybrook"]["rest_cheek"] == {"key": "rest_cheek", "value": 2, **time}
    assert document["sunnybrook"]["rest_mouth"] == {"key": "rest_mouth", "value": 0, **time}
    assert document["sunnybrook"]["lippucker_symmetry"] == {"key": "lippucker_symmetry", "value": 5, **time}
    assert document["sunnybrook"]["frowning_synkinesis"] == {"key": "frowning_synkinesis", "value": 0, **time}


def test_sliders_are_written_as_whole_numbers() -> None:
    document = write_file_model(eface=SLIDERS, application_version="9.9").document
    assert {field: value for field, value in document["eface"].items() if type(value) is int} == {
        "rest_brow": 101,
        "rest_palpebral": 102,
        "rest_nasolabialfold": 103,
        "rest_oral": 104,
        "frowning_brow": 1,
        "gentleeye_dynamic": 2,
        "fulleye_dynamic": 3,
        "dental_nasolabialdepth": 4,
        "dental_nasolabialorientation": 5,
        "dental_oral": 6,
        "snarl_dynamic": 7,
    }


def test_slider_between_whole_numbers_is_refused() -> None:
    with pytest.raises(NotWritableError) as error:
        write_file_model(
            eface=EfaceAnswers(*[None] * 5, Decimal("50.5"), *[None] * 9), application_version="9.9"
        )
    assert error.value.code == "file_cannot_hold_answer"
    assert str(error.value) == (
        "eFACE: the answer to 'gentle_eye_closure' is 50.5; the file format holds whole numbers only. Decide "
        "on one before it is written."
    )


def test_missing_items_leave_their_totals_out() -> None:
    answers = SunnybrookAnswers("normal", None, "normal", 1, 2, 3, 4, 5, 0, 1, 2, 3, 3)
    written = write_file_model(sunnybrook=answers, application_version="9.9")
    assert fits_the_format(written.document)
    assert written.document["sunnybrook"]["rest_cheek"] is None
    assert [key for key in written.document if key.startswith("sunnybrook_score")] == [
        "sunnybrook_score_volu",
        "sunnybrook_score_synk",
    ]
    assert written.left_out == (
        "sunnybrook_score_rest, sunnybrook_score: items are missing; the format's own program will show 0.",
    )


def test_words_that_the_format_cannot_keep_are_named() -> None:
    answers = SunnybrookAnswers("narrow", "more_pronounced", "normal", 1, 2, 3, 4, 5, 0, 1, 2, 3, 3)
    (left_out,) = write_file_model(sunnybrook=answers, application_version="9.9").left_out
    assert left_out == (
        "eye_rest narrow, cheek_rest more_pronounced: the format keeps the points, not which difference was "
        "seen."
    )


def test_sliders_that_the_format_cannot_keep_are_named() -> None:
    answers = EfaceAnswers(*[None] * 11, 100, None, 0, None)
    written = write_file_model(eface=answers, application_version="9.9")
    assert fits_the_format(written.document)
    (left_out,) = written.left_out
    assert left_out == (
        "ocular_synkinesis, mentalis_synkinesis: the format asks for one value for each expression, not for "
        "the whole face."
    )


def test_everything_that_is_left_out_is_named_together() -> None:
    written = write_file_model(
        sunnybrook=SunnybrookAnswers("narrow", *[None] * 12),
        eface=EfaceAnswers(*[None] * 11, 1, *[None] * 3),
        application_version="9.9",
    )
    assert [sentence.split(":")[0] for sentence in written.left_out] == [
        "sunnybrook_score_rest, sunnybrook_score_volu, sunnybrook_score_synk, sunnybrook_score",
        "eye_rest narrow",
        "ocular_synkinesis",
    ]
