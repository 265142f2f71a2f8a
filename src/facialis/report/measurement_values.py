"""Values of the document of a measurement, taken from JSON; what is not as promised is refused."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.report.strict_json import refuse_constant, refuse_twin_keys

MAJOR_VERSION = "1"
MAX_FILE_BYTES = 32 * 1024 * 1024
"""A set of a hundred photographs has about five megabytes."""
LARGEST = 1e5
"""No number of a face comes near: areas are hundreds of mm2."""
UNITS = ("mm", "mm2", "deg")
WHOLE = "The document"
REMEDY = "Measure the photographs again with `facialis measure --format json`."

_Word = TypeVar("_Word", bound=StrEnum)


class MeasurementDocumentError(FacialisError):
    """The document of a measurement is not as it must be."""

    code = "measurement_document_invalid"


class CannotReadMeasurementError(FacialisError):
    """The file is not there, is no JSON, or is far too large."""

    code = "measurement_file_unreadable"


def measurement_bytes(path: Path) -> bytes:
    """Read the file of a measurement.

    Raises
    ------
    CannotReadMeasurementError      It cannot be read, or is far too large.
    """
    try:
        with path.open("rb") as stream:  # a device says that it has 0 bytes, and never ends
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise CannotReadMeasurementError(
            f"'{path}' cannot be read ({error.strerror}). Give the JSON file that `facialis measure` wrote."
        ) from error
    if len(content) > MAX_FILE_BYTES:
        raise CannotReadMeasurementError(
            f"'{path}' has more than {MAX_FILE_BYTES // 2**20} MiB, the most that is allowed. "
            "Give the result of one patient's photographs."
        )
    return content


def measurement_json(content: bytes, path: Path) -> Any:
    """The one JSON value of a file; ``path`` names it in messages.

    Raises
    ------
    CannotReadMeasurementError      It is no JSON.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotReadMeasurementError(
            f"'{path}' is not UTF-8 text. Give the JSON file that `facialis measure` wrote."
        ) from error
    try:
        return json.loads(text, parse_constant=refuse_constant, object_pairs_hook=refuse_twin_keys)
    except (ValueError, RecursionError) as error:
        raise CannotReadMeasurementError(
            f"'{path}' is not JSON ({error}). Give the file that `facialis measure --format json` wrote."
        ) from error


def version_of(whole: Mapping[str, Any]) -> tuple[int, ...]:
    """The version of a document, of the one major version that is known.

    Raises
    ------
    MeasurementDocumentError        Another version, or none.
    """
    version = text_of(whole, "schema_version", WHOLE)
    parts = version.split(".")
    if parts[0] != MAJOR_VERSION:
        raise MeasurementDocumentError(
            f"The document has schema_version '{version}'; allowed is {MAJOR_VERSION}.x. {REMEDY}"
        )
    return tuple(int(part) for part in parts if part.isascii() and part.isdigit())


def entries_of(holder: Mapping[str, Any], key: str, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Entries of a list, each an object, with where it stands."""
    name = key if place == WHOLE else f"{place}.{key}"
    entries = key_of(holder, key, place)
    if not isinstance(entries, list):
        raise MeasurementDocumentError(f"{name} is {shown(entries)}; allowed is a list. {REMEDY}")
    for number, entry in enumerate(entries):
        yield f"{name}[{number}]", object_of(entry, f"{name}[{number}]")


def object_of(value: Any, place: str) -> Mapping[str, Any]:
    """The value, if it is an object."""
    if not isinstance(value, dict):
        raise MeasurementDocumentError(f"{place} is {shown(value)}; allowed is an object. {REMEDY}")
    return value


def key_of(holder: Mapping[str, Any], key: str, place: str) -> Any:
    """The value of a key that has to be there."""
    if key not in holder:
        raise MeasurementDocumentError(f"{place} has no '{key}'. {REMEDY}")
    return holder[key]


def text_of(holder: Mapping[str, Any], key: str, place: str) -> str:
    """A text that is not empty."""
    value = key_of(holder, key, place)
    if not isinstance(value, str) or not value:
        raise MeasurementDocumentError(
            f"{place}.{key} is {shown(value)}; allowed is a text that is not empty. {REMEDY}"
        )
    return value


def number_of(holder: Mapping[str, Any], key: str, place: str) -> float | None:
    """A finite number of a plausible size, or None of null."""
    value = key_of(holder, key, place)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MeasurementDocumentError(
            f"{place}.{key} is {shown(value)}; allowed is a number or null. {REMEDY}"
        )
    if not -LARGEST <= value <= LARGEST:
        raise MeasurementDocumentError(
            f"{place}.{key} is {shown(value)}; allowed is a number from {-LARGEST:g} to {LARGEST:g}. {REMEDY}"
        )
    return float(value)


def expression_of(entry: Mapping[str, Any], place: str) -> Expression:
    """The expression of an entry."""
    return word_of(key_of(entry, "expression", place), Expression, f"{place}.expression")


def side_of(entry: Mapping[str, Any], place: str) -> Side | None:
    """The side of an entry; None for the midline."""
    side = key_of(entry, "side", place)
    return None if side is None else word_of(side, Side, f"{place}.side")


def word_of(value: Any, kind: type[_Word], place: str) -> _Word:
    """One of the words of a kind."""
    allowed = [member.value for member in kind]
    if not isinstance(value, str) or value not in allowed:
        raise MeasurementDocumentError(
            f"{place} is {shown(value)}; allowed is one of {', '.join(allowed)}. {REMEDY}"
        )
    return kind(value)


def shown(value: Any) -> str:
    """A value as part of a sentence: short, and never the whole of a hostile file."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST:
        return "a very large number"
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 40 else f"{text[:40]}..."
