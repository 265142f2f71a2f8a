"""One JSON object a line: a request there, an answer back; strict, versioned and of bounded size."""

import json
import math
from typing import Any, NoReturn

from facialis.clinic.planner.answers import ANSWERS, Answer
from facialis.clinic.planner.plain import MessageError, from_plain, to_plain
from facialis.clinic.planner.requests import REQUESTS, Request
from facialis.report.strict_json import refuse_twin_keys

NAME = "facialis-planner"
VERSION = 1
"""Rises with every change of a message: clinic and planner are always of one installation."""
MOST_BYTES = 32_000_000
"""Of one line."""
MOST_DIGITS = 40
UNKNOWN_KEY = "unknown_key"
"""Code of the refusal of a `Judge` whose plan is not remembered and whose question is not given."""

_WORD_OF_REQUEST = {kind: word for word, kind in REQUESTS.items()}
_WORD_OF_ANSWER = {kind: word for word, kind in ANSWERS.items()}


class TooLongError(MessageError):
    """A line is longer than any message."""

    code = "planner_message_too_long"


class OtherVersionError(MessageError):
    """The other side speaks another version."""

    code = "planner_version"


def request_line(request: Request) -> bytes:
    """A request as the bytes of one line."""
    return _line("ask", _WORD_OF_REQUEST[type(request)], request)


def answer_line(answer: Answer) -> bytes:
    """An answer as the bytes of one line."""
    return _line("answer", _WORD_OF_ANSWER[type(answer)], answer)


def read_request(line: bytes) -> Request:
    """The request of a line; raises `MessageError`."""
    word, content = _opened(line, "ask", tuple(REQUESTS))
    return from_plain(REQUESTS[word], content, f"The request {word}")


def read_answer(line: bytes) -> Answer:
    """The answer of a line; raises `MessageError`."""
    word, content = _opened(line, "answer", tuple(ANSWERS))
    return from_plain(ANSWERS[word], content, f"The answer {word}")


def _line(verb: str, word: str, message: Any) -> bytes:
    whole = {NAME: VERSION, verb: word, "with": to_plain(message)}
    found = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"
    if len(found) > MOST_BYTES:
        raise TooLongError(
            f"The message has {len(found) // 1000} kB; one may have {MOST_BYTES // 1000} kB. Send the "
            "measurements of fewer visits."
        )
    return found


def _opened(line: bytes, verb: str, words: tuple[str, ...]) -> tuple[str, Any]:
    if len(line) > MOST_BYTES:
        raise TooLongError(f"The line is longer than {MOST_BYTES // 1000} kB, the most that a message has.")
    try:
        whole = json.loads(
            line,
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_constant,
            object_pairs_hook=refuse_twin_keys,
        )
    except RecursionError as error:
        raise MessageError("The line holds lists or objects too deep inside each other.") from error
    except ValueError as error:  # of JSON or of UTF-8; its words may repeat what a patient's record holds
        raise MessageError("The line is not one JSON object in UTF-8 with finite numbers.") from error
    if not isinstance(whole, dict) or NAME not in whole:
        raise MessageError(f'The line is no message: it has no "{NAME}" with the version.')
    if whole[NAME] != VERSION or isinstance(whole[NAME], bool):
        raise OtherVersionError(
            f"The message is of another version than {VERSION}. Restart the clinic and its planner, so that "
            "both are of the same installation."
        )
    if set(whole) != {NAME, verb, "with"} or whole[verb] not in words:
        raise MessageError(f'The message has to have "{verb}" (one of {", ".join(words)}) and "with".')
    return whole[verb], whole["with"]


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError("it holds a number with too many digits")
    return int(text)


def _finite(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise ValueError("it holds a number that is not finite")
    return found


def _constant(word: str) -> NoReturn:
    raise ValueError(f"it holds {word}, which is no number")
