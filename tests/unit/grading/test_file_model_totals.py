"""Stored totals: compared with the published rule, refused where they contradict it."""

import pytest

from facialis.grading.file_model_totals import StoredTotalsError, check_stored_totals, published_totals
from facialis.grading.file_model_values import FileValueError
from facialis.grading.sunnybrook import SunnybrookAnswers

ANSWERS = SunnybrookAnswers("narrow", "absent", "normal", 1, 2, 3, 4, 5, 0, 1, 2, 3, 3)
NO_SYNKINESIS = SunnybrookAnswers("normal", "normal", "normal", *[5] * 5, *[0] * 5)
REST_MISSING = SunnybrookAnswers("narrow", "absent", None, 1, 2, 3, 4, 5, 0, 1, 2, 3, 3)
MOVEMENT_MISSING = SunnybrookAnswers("narrow", "absent", "normal", 1, 2, 3, 4, None, 0, 1, 2, 3, 3)
SYNKINESIS_MISSING = SunnybrookAnswers("narrow", "absent", "normal", 1, 2, 3, 4, 5, 0, 1, 2, 3, None)
RIGHT = {
    "sunnybrook_score_rest": 15,
    "sunnybrook_score_volu": 60,
    "sunnybrook_score_synk": 9,
    "sunnybrook_score": 36,
}
RULE = "because rest counts five times, movement four times and synkinesis once (Ross96)"
REMEDY = "Read the items and drop the stored totals (ignore_stored_totals), or correct them in the file."


def test_totals_by_the_published_rule() -> None:
    assert published_totals(ANSWERS) == RIGHT
    assert published_totals(REST_MISSING) == RIGHT | {"sunnybrook_score_rest": None, "sunnybrook_score": None}


@pytest.mark.parametrize(
    "stored", [RIGHT, {}, {"sunnybrook_score": "36"}, dict.fromkeys(RIGHT, 0), dict.fromkeys(RIGHT)]
)
@pytest.mark.parametrize("ignore", [True, False])
def test_totals_that_agree_or_were_never_filled_in_are_passed(
    stored: dict[str, object], ignore: bool
) -> None:
    assert check_stored_totals(stored, ANSWERS, ignore=ignore) == ()


@pytest.mark.parametrize(
    ("field", "total", "right", "why", "code"),
    [
        (
            "sunnybrook_score_synk",
            36,
            9,
            "The file counts synkinesis four times",
            "file_totals_synkinesis_times_four",
        ),
        (
            "sunnybrook_score",
            9,
            36,
            "The file counts synkinesis four times",
            "file_totals_synkinesis_times_four",
        ),
        (
            "sunnybrook_score_synk",
            35,
            9,
            "The stored total does not follow from the items",
            "file_totals_disagree",
        ),
        (
            "sunnybrook_score",
            10,
            36,
            "The stored total does not follow from the items",
            "file_totals_disagree",
        ),
        (
            "sunnybrook_score_rest",
            3,
            15,
            "The stored total does not follow from the items",
            "file_totals_disagree",
        ),
        (
            "sunnybrook_score_volu",
            15,
            60,
            "The stored total does not follow from the items",
            "file_totals_disagree",
        ),
    ],
)
def test_total_that_contradicts_the_items_is_refused(
    field: str, total: int, right: int, why: str, code: str
) -> None:
    with pytest.raises(StoredTotalsError) as error:
        check_stored_totals(RIGHT | {field: total}, ANSWERS, ignore=False)
    assert error.value.code == code
    assert str(error.value) == f"'{field}' is {total}; the same items give {right}, {RULE}. {why}. {REMEDY}"
    assert check_stored_totals(RIGHT | {field: total}, ANSWERS, ignore=True) == (
        f"'{field}' {total} was dropped: the published rule gives {right} from the same items.",
    )


def test_zero_beside_totals_that_were_filled_in_is_a_total() -> None:
    with pytest.raises(StoredTotalsError, match=r"^'sunnybrook_score_synk' is 0; the same items give 9,"):
        check_stored_totals(RIGHT | {"sunnybrook_score_synk": 0}, ANSWERS, ignore=False)


def test_weight_four_is_named_before_other_faults() -> None:
    stored = {"sunnybrook_score_rest": 0, "sunnybrook_score_synk": 36, "sunnybrook_score": 9}
    with pytest.raises(
        StoredTotalsError, match=r"^'sunnybrook_score_synk' is 36; the same items give 9,"
    ) as error:
        check_stored_totals(stored, ANSWERS, ignore=False)
    assert error.value.code == "file_totals_synkinesis_times_four"


def test_first_of_several_faults_is_named() -> None:
    stored = {"sunnybrook_score_rest": 1, "sunnybrook_score_volu": 1}
    with pytest.raises(StoredTotalsError, match=r"^'sunnybrook_score_rest' is 1;") as error:
        check_stored_totals(stored, ANSWERS, ignore=False)
    assert error.value.code == "file_totals_disagree"


def test_weight_of_synkinesis_does_not_matter_without_any() -> None:
    stored = {"sunnybrook_score_rest": 0, "sunnybrook_score_volu": 100, "sunnybrook_score_synk": 0}
    assert check_stored_totals({**stored, "sunnybrook_score": 100}, NO_SYNKINESIS, ignore=False) == ()


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        (REST_MISSING, "sunnybrook_score_rest"),
        (MOVEMENT_MISSING, "sunnybrook_score_volu"),
        (SYNKINESIS_MISSING, "sunnybrook_score_synk"),
    ],
)
def test_total_that_cannot_be_checked_is_dropped(answers: SunnybrookAnswers, part: str) -> None:
    assert check_stored_totals(RIGHT, answers, ignore=False) == tuple(
        f"'{field}' {RIGHT[field]} was dropped: items are missing, so it cannot be checked."
        for field in (part, "sunnybrook_score")
    )


@pytest.mark.parametrize("answers", [REST_MISSING, MOVEMENT_MISSING])
def test_synkinesis_times_four_is_seen_with_other_items_missing(answers: SunnybrookAnswers) -> None:
    with pytest.raises(StoredTotalsError) as error:
        check_stored_totals({"sunnybrook_score_synk": 36}, answers, ignore=False)
    assert error.value.code == "file_totals_synkinesis_times_four"


def test_totals_without_any_item_are_dropped() -> None:
    assert check_stored_totals({"sunnybrook_score": 36, "sunnybrook_score_rest": 0}, None, ignore=False) == (
        "'sunnybrook_score_rest' 0 was dropped: items are missing, so it cannot be checked.",
        "'sunnybrook_score' 36 was dropped: items are missing, so it cannot be checked.",
    )


def test_total_that_is_no_number_is_refused() -> None:
    with pytest.raises(FileValueError, match=r"^'sunnybrook_score' is 36.5; allowed is a whole number"):
        check_stored_totals({"sunnybrook_score": 36.5}, ANSWERS, ignore=True)


def test_other_totals_are_checked_without_synkinesis() -> None:
    with pytest.raises(StoredTotalsError, match=r"^'sunnybrook_score_rest' is 3;") as error:
        check_stored_totals(
            {"sunnybrook_score_rest": 3, "sunnybrook_score": 9}, SYNKINESIS_MISSING, ignore=False
        )
    assert error.value.code == "file_totals_disagree"
