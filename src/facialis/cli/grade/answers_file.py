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
        with path.open("rb") as stream:  # a device says that it has 0 bytes, and never ends
            content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise AnswersFileError(
                f"'{path}' has more than {MAX_BYTES} bytes, the most that a file of answers may have. "
                "Name the right file."
            )
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal, object_pairs_hook=_without_twins)
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
