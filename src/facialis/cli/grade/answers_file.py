"""A file of answers as JSON, read so that no number is rounded and no key is lost."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from facialis.grading.errors import GradingError

MAX_BYTES = 1_000_000
"""Far more than any form needs."""


class AnswersFileError(GradingError):
    """The file cannot be read as one JSON value."""

    code = "answers_file_invalid"


def read_json(path: Path) -> Any:
    """Read a JSON file; numbers with a point stay exact decimals.

    Raises
    ------
    AnswersFileError
        If the file cannot be read, is too large, is no JSON, or names a key twice.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AnswersFileError(
                f"'{path}' has {path.stat().st_size} bytes; a file of answers has at most {MAX_BYTES}. Name "
                "the right file."
            )
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_without_twins)
    except OSError as error:
        raise AnswersFileError(
            f"'{path}' cannot be read ({error.strerror}). Name a file of answers."
        ) from error
    except (ValueError, RecursionError) as error:
        raise AnswersFileError(
            f"'{path}' is not JSON ({error}). `facialis grade form INSTRUMENT` prints an empty form."
        ) from error


def _without_twins(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise AnswersFileError(
            f"The file names {', '.join(map(repr, twins))} more than once in one object. Keep one."
        )
    return dict(pairs)
