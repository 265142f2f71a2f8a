import json
from decimal import Decimal

import pytest

from facialis.grading.answers import read_answers
from facialis.grading.eface import EfaceAnswers
from facialis.grading.errors import (
    AnswerNotFiniteError,
    AnswerRangeError,
    AnswersDocumentError,
    AnswerStepError,
    AnswerTypeError,
    GradingError,
    MissingItemError,
    UnknownItemError,
    WrongInstrumentError,
    WrongVersionError,
)
from facialis.grading.house_brackmann_measured import INSTRUMENT as MEASURED
from facialis.grading.house_brackmann_measured import HouseBrackmannMeasuredAnswers
from facialis.grading.registry import INSTRUMENTS
from facialis.grading.stennert import INSTRUMENT as STENNERT
from facialis.grading.sunnybrook import INSTRUMENT as SUNNYBROOK
from facialis.grading.sunnybrook import CheekRest

REMEDY = "Correct the answer, or write null if the item was not assessed."
POINTS = "a whole number from 0 to 4 (House85, recall-high)"


def document(**changes):
    return {
        "instrument": "house_brackmann_measured",
        "version": "1",
        "answers": {"brow": 4, "commissure": 3},
        **changes,
    }


def refusal(error, found, instrument=MEASURED):
    with pytest.raises(error) as caught:
        read_answers(instrument, found)
    return str(caught.value)


def with_brow(answer):
    return document(answers={"brow": answer, "commissure": 3})


def test_answers_are_typed():
    answers = read_answers(MEASURED, document())
    assert answers == HouseBrackmannMeasuredAnswers(brow=4, commissure=3)
    assert type(answers.brow) is int


def test_null_is_an_item_that_was_not_assessed():
    answers = read_answers(MEASURED, with_brow(None))
    assert (answers.brow, answers.commissure) == (None, 3)
    assert answers.missing() == ("brow",)
    assert read_answers(MEASURED, document()).missing() == ()


def test_word_becomes_a_member_of_its_enumeration():
    given = dict.fromkeys(item.id for item in SUNNYBROOK.items) | {"cheek_rest": "absent"}
    answers = read_answers(SUNNYBROOK, {"instrument": "sunnybrook", "version": "1", "answers": given})
    assert answers.cheek_rest is CheekRest.ABSENT


@pytest.mark.parametrize("written", [99.9, Decimal("99.9")])
def test_number_with_a_point_is_the_decimal_that_was_written(written):
    given = dict.fromkeys(item.id for item in INSTRUMENTS["eface"].items) | {"brow_rest": written}
    assert EfaceAnswers(**given).brow_rest == Decimal("99.9")


def test_whole_number_on_a_slider_is_a_decimal():
    given = dict.fromkeys(item.id for item in INSTRUMENTS["eface"].items) | {"brow_rest": 100}
    assert isinstance(EfaceAnswers(**given).brow_rest, Decimal)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_document_that_was_written_is_read_back(name):
    instrument = INSTRUMENTS[name]
    examples = {
        "choice": lambda item: item.anchors[1].answer,
        "integer": lambda item: int(item.high),
        "decimal": lambda _: Decimal("12.5"),
        "yes_no": lambda _: True,
    }
    given = {item.id: examples[item.kind](item) for item in instrument.items}
    if name == "house_brackmann":
        given |= {"movement": "clear"}
    if name == "fngs2":
        given |= {"secondary_movement": 0}
    answers = instrument.answers_type(**given)
    written = json.dumps(answers.to_document(), allow_nan=False)
    assert read_answers(instrument, json.loads(written)) == answers
    assert json.loads(written)["instrument"] == name


def test_written_document_keeps_null_and_plain_numbers():
    given = dict.fromkeys(item.id for item in INSTRUMENTS["eface"].items)
    given |= {"brow_rest": Decimal("150.0"), "brow_elevation": Decimal("0.5")}
    written = EfaceAnswers(**given).to_document()
    assert (written["instrument"], written["version"]) == ("eface", "15")
    found = written["answers"]
    assert (found["brow_rest"], found["brow_elevation"], found["full_eye_closure"]) == (150, 0.5, None)
    assert type(found["brow_rest"]) is int


def test_answers_cannot_exist_when_they_are_wrong():
    with pytest.raises(AnswerRangeError):
        HouseBrackmannMeasuredAnswers(brow=5, commissure=0)


@pytest.mark.parametrize(
    ("answer", "error", "shown"),
    [
        (True, AnswerTypeError, "true"),
        (False, AnswerTypeError, "false"),
        ("3", AnswerTypeError, "'3' (a text)"),
        ("x" * 41, AnswerTypeError, f"'{'x' * 40}' (a text)"),
        ("\x1b[2J", AnswerTypeError, r"'\x1b[2J' (a text)"),
        ([1] * 14, AnswerTypeError, "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, "),
        ([3], AnswerTypeError, "[3]"),
        (3.0, AnswerTypeError, "3.0"),
        (Decimal("3.5"), AnswerTypeError, "3.5"),
        (float("nan"), AnswerNotFiniteError, "nan"),
        (float("inf"), AnswerNotFiniteError, "inf"),
        (Decimal("NaN"), AnswerNotFiniteError, "NaN"),
        (-1, AnswerRangeError, "-1"),
        (5, AnswerRangeError, "5"),
        (Decimal("sNaN"), AnswerNotFiniteError, "sNaN"),
        (Decimal("-Infinity"), AnswerNotFiniteError, "-Infinity"),
        (10**30, AnswerRangeError, str(10**30)),
        (10**30 + 1, AnswerRangeError, "a number of more than 30 digits"),
        pytest.param(-(10**5000), AnswerRangeError, "a number of more than 30 digits", id="endless"),
    ],
)
def test_wrong_number_is_refused_with_item_value_range_and_source(answer, error, shown):
    expected = f"House-Brackmann, measured: the answer to 'brow' is {shown}; allowed is {POINTS}. {REMEDY}"
    assert refusal(error, with_brow(answer)) == expected


def slider(answer):
    given = dict.fromkeys(item.id for item in INSTRUMENTS["eface"].items) | {"brow_rest": answer}
    return EfaceAnswers(**given).brow_rest


def test_number_keeps_twenty_digits_after_the_point():
    assert slider(Decimal("0.12345678901234567890")) == Decimal("0.1234567890123456789")


@pytest.mark.parametrize("answer", [Decimal("0.123456789012345678901"), Decimal("1e-999999")])
def test_number_with_endless_digits_is_refused(answer):
    with pytest.raises(AnswerStepError) as refused:
        slider(answer)
    assert str(refused.value) == (
        "eFACE: the answer to 'brow_rest' has more than 20 digits after the point. Round it."
    )


@pytest.mark.parametrize("answer", [1, 0, "yes", 1.0])
def test_sign_is_true_or_false(answer):
    given = dict.fromkeys(item.id for item in STENNERT.items) | {"ectropion": answer}
    shown = "'yes' (a text)" if answer == "yes" else answer
    found = refusal(AnswerTypeError, {"instrument": "stennert", "version": "1", "answers": given}, STENNERT)
    assert found == (
        f"Stennert index: the answer to 'ectropion' is {shown}; allowed is true or false (Stennert77, "
        f"recall-medium). {REMEDY}"
    )


def test_number_is_no_word():
    given = dict.fromkeys(item.id for item in SUNNYBROOK.items) | {"mouth_rest": 1}
    found = refusal(
        AnswerTypeError, {"instrument": "sunnybrook", "version": "1", "answers": given}, SUNNYBROOK
    )
    assert found == (
        "Sunnybrook: the answer to 'mouth_rest' is 1; allowed is normal, corner_drooped, "
        f"corner_pulled_up_or_out, unlike_unspecified (Ross96, recall-high). {REMEDY}"
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([], "no object"),
        (None, "no object"),
        ({}, "keys none"),
        ({"instrument": "house_brackmann_measured", "answers": {}}, "keys instrument, answers"),
        (document(note=""), "keys instrument, version, answers, note"),
    ],
)
def test_document_has_three_keys(found, words):
    assert refusal(AnswersDocumentError, found) == (
        f"House-Brackmann, measured: found {words}; a document of answers is an object with the keys "
        "instrument, version, answers and no others."
    )


def test_answers_are_an_object():
    assert refusal(AnswersDocumentError, document(answers=[1])) == (
        "House-Brackmann, measured: 'answers' is [1]; it must be an object of item ids and answers."
    )


def test_document_of_another_instrument_is_refused():
    assert refusal(WrongInstrumentError, document(instrument="fngs2")) == (
        "The document is for the instrument 'fngs2', not for 'house_brackmann_measured'. Name the "
        "instrument that was used."
    )


@pytest.mark.parametrize("version", ["2", 1, None, "1 "])
def test_document_of_another_version_is_refused(version):
    assert refusal(WrongVersionError, document(version=version)) == (
        f"House-Brackmann, measured: the document has version {version!r}; allowed is '1', as a text. "
        "Answers of another version are not converted."
    )


def test_unknown_item_is_refused():
    assert refusal(UnknownItemError, document(answers={"brow": 1, "commissure": 1, "chin": 1})) == (
        "House-Brackmann, measured has no item 'chin'; its items are brow, commissure. Correct the id, or "
        "take the line out."
    )


def test_item_that_is_not_mentioned_is_refused():
    assert refusal(MissingItemError, document(answers={"brow": 1})) == (
        f"House-Brackmann, measured: no answer to 'commissure'. For 'commissure' allowed is {POINTS}. Write "
        "null for an item that was not assessed."
    )
    assert refusal(MissingItemError, document(answers={})) == (
        f"House-Brackmann, measured: no answer to 'brow', 'commissure'. For 'brow' allowed is {POINTS}. "
        "Write null for an item that was not assessed."
    )


def test_every_error_has_a_code_of_its_own():
    kinds = [
        AnswerNotFiniteError, AnswerRangeError, AnswersDocumentError, AnswerStepError, AnswerTypeError,
        MissingItemError, UnknownItemError, WrongInstrumentError, WrongVersionError,
    ]  # fmt: skip
    assert len({kind.code for kind in kinds} | {GradingError.code}) == len(kinds) + 1
