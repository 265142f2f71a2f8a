"""JSON about twins as it comes from outside: read whole, strictly, and refused with a sentence."""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from facialis.errors import FacialisError
from facialis.report.strict_json import refuse_constant, refuse_twin_keys

MOST_DIGITS = 40
"""Of a number; no day, dose or share needs as many."""
MOST_SHOWN = 40
"""Characters of a wrong value that a sentence repeats."""


class TwinFileError(FacialisError):
    """A file about a twin holds what it must not."""

    code = "twin_file_invalid"


class CannotReadTwinFileError(FacialisError):
    """A file about a twin is not there, is no JSON, or is far too large."""

    code = "twin_file_unreadable"


class NewerVersionError(TwinFileError):
    """The file was written by a later version of the format."""

    code = "twin_file_newer"


def read_json_file(path: Path, what: str, *, most_bytes: int) -> Any:
    """Read one JSON value; numbers with a point come as exact decimals.

    Parameters
    ----------
    path : Path
    what : str          What the file should be, for messages: "a toxin plan".
    most_bytes : int    The most that it may have.

    Raises
    ------
    CannotReadTwinFileError
        If it cannot be read, has more bytes, is no JSON, names a key twice, or holds NaN or infinity.
    """
    try:
        with path.open("rb") as stream:  # a device says that it has 0 bytes, and never ends
            content = stream.read(most_bytes + 1)
    except OSError as error:
        raise CannotReadTwinFileError(
            f"'{path}' cannot be read ({error.strerror}). Give the JSON file of {what}."
        ) from error
    if len(content) > most_bytes:
        raise CannotReadTwinFileError(
            f"'{path}' has more than {most_bytes // 1000} kB, the most that {what} may have. "
            "Give the right file."
        )
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=refuse_constant,
            object_pairs_hook=lambda pairs: refuse_twin_keys(pairs, shown),
        )
    except UnicodeDecodeError as error:
        raise CannotReadTwinFileError(f"'{path}' is not UTF-8 text. Give the JSON file of {what}.") from error
    except RecursionError as error:
        raise CannotReadTwinFileError(
            f"'{path}' holds lists or objects too deep inside each other. Give the JSON file of {what}."
        ) from error
    except ValueError as error:
        raise CannotReadTwinFileError(f"'{path}' is not JSON ({error}). Give the file of {what}.") from error


class Place:
    """A value of a document and where it stands, for messages; what is wrong is refused there."""

    def __init__(self, value: Any, where: str, remedy: str) -> None:
        self.value = value
        self._path = where
        self._remedy = remedy

    @property
    def where(self) -> str:
        """Where the value stands, as the beginning of a sentence."""
        return self._path or "The file"

    def refuse(self, allowed: str) -> NoReturn:
        """Raise `TwinFileError` with what was found and what is allowed."""
        raise TwinFileError(f"{self.where} is {shown(self.value)}; allowed is {allowed}. {self._remedy}")

    def keys(self, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, "Place"]:
        """The entries of an object that has exactly these keys; optional ones may be absent."""
        if not isinstance(self.value, dict):
            self.refuse(f"an object with {', '.join((*required, *optional))}")
        known = (*required, *optional)
        unknown = [key for key in self.value if key not in known]
        if unknown:
            raise TwinFileError(
                f"{self.where} has the unknown key {shown(unknown[0])}; allowed are {', '.join(known)}. "
                f"{self._remedy}"
            )
        missing = [key for key in required if key not in self.value]
        if missing:
            raise TwinFileError(f"{self.where} has no '{missing[0]}'. {self._remedy}")
        return {key: self._inside(value, key) for key, value in self.value.items()}

    def named_items(self, most: int) -> Iterator[tuple[str, "Place"]]:
        """The entries of an object whose keys are names."""
        if not isinstance(self.value, dict) or len(self.value) > most:
            self.refuse(f"an object with up to {most} names")
        return ((key, self._inside(value, key)) for key, value in self.value.items())

    def items(self, most: int, least: int = 0) -> list["Place"]:
        """The entries of a list."""
        if not isinstance(self.value, list):
            self.refuse("a list")
        if not least <= len(self.value) <= most:
            raise TwinFileError(
                f"{self.where} has {len(self.value)} entries; allowed are {least} to {most}. {self._remedy}"
            )
        return [Place(value, f"{self._path}[{i}]", self._remedy) for i, value in enumerate(self.value)]

    def text(self, most: int = 200) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not 0 < len(self.value) <= most:
            self.refuse(f"a text of 1 to {most} characters")
        return self.value

    def number(self) -> float:
        """A finite number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float | Decimal):
            self.refuse("a number")
        found = float(self.value)
        if not math.isfinite(found):
            self.refuse("a finite number")
        return found

    def whole(self) -> int:
        """A whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.refuse("a whole number")
        return self.value

    def exact(self) -> int | str | Decimal:
        """A number, or its digits as text: exact either way."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | str | Decimal):
            self.refuse('a number or its digits as text, such as "2.5"')
        return self.value if not isinstance(self.value, str) else self.text(MOST_DIGITS)

    def optional(self, read: Callable[["Place"], Any]) -> Any:
        """What ``read`` makes of it; None of null."""
        return None if self.value is None else read(self)

    def _inside(self, value: Any, key: str) -> "Place":
        name = key if len(key) <= MOST_SHOWN else f"{key[:MOST_SHOWN]}..."
        return Place(value, f"{self._path}.{name}" if self._path else name, self._remedy)


def check_format(document: Mapping[str, Any] | Any, family: str, version: int, what: str) -> None:
    """Refuse a document that is not of this family, or of a later version.

    Raises
    ------
    TwinFileError           It says to be something else, or nothing.
    NewerVersionError       It was written by a later Facialis.
    """
    wanted = f"{family}/{version}"
    found = document.get("format") if isinstance(document, dict) else None
    if found == wanted:
        return
    name, _, number = found.partition("/") if isinstance(found, str) else ("", "", "")
    if name == family and number.isascii() and number.isdigit() and int(number[:9]) > version:
        raise NewerVersionError(
            f"The file says '{family}/{number[:9]}'; this version of Facialis reads '{wanted}'. "
            "It was written by a later Facialis: install that one to read it."
        )
    says = f"says {shown(found)}" if isinstance(document, dict) and "format" in document else "has no format"
    raise TwinFileError(f'The file {says}; {what} has "format": "{wanted}". Give the right file.')


def shown(value: Any) -> str:
    """A value as part of a sentence: short, and never the whole of a hostile file."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError(f"it holds a number with {len(text)} digits; {MOST_DIGITS} are allowed")
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > MOST_DIGITS:
        raise ValueError(f"it holds a number with {len(text)} digits; {MOST_DIGITS} are allowed")
    return Decimal(text)
