"""Read the JSON document of a measurement back, as readings for suggested grades.

The file may come from anywhere: whatever is not as the document promises is refused with a
sentence, and additions of later versions are passed over.
"""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.grading.suggest.readings import Found, NoReading, Reading, Readings, mean_of_repeats

MAJOR_VERSION = "1"
MAX_FILE_BYTES = 32 * 1024 * 1024
"""A set of a hundred photographs has about five megabytes."""
LARGEST = 1e5
"""No number of a face comes near: areas are hundreds of mm2."""
UNITS = ("mm", "mm2", "deg")
EXCURSION = "_excursion"
WHOLE = "The document"
REMEDY = "Measure the photographs again with `facialis measure --format json`."

_Word = TypeVar("_Word", bound=StrEnum)


class MeasurementDocumentError(FacialisError):
    """The document of a measurement is not as it must be."""

    code = "measurement_document_invalid"


class CannotReadMeasurementError(FacialisError):
    """The file is not there, is no JSON, or is far too large."""

    code = "measurement_file_unreadable"


def read_measurement_file(path: Path) -> Readings:
    """Read the file that `facialis measure --format json --out` wrote.

    Raises
    ------
    CannotReadMeasurementError      The file cannot be read, or is no JSON.
    MeasurementDocumentError        Its content is no measurement.
    """
    try:
        with path.open("rb") as stream:  # a device says that it has 0 bytes, and never ends
            content = stream.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise CannotReadMeasurementError(
                f"'{path}' has more than {MAX_FILE_BYTES // 2**20} MiB, the most that is allowed. "
                "Give the result of one patient's photographs."
            )
        text = content.decode("utf-8")
    except OSError as error:
        raise CannotReadMeasurementError(
            f"'{path}' cannot be read ({error.strerror}). Give the JSON file that `facialis measure` wrote."
        ) from error
    except UnicodeDecodeError as error:
        raise CannotReadMeasurementError(
            f"'{path}' is not UTF-8 text. Give the JSON file that `facialis measure` wrote."
        ) from error
    try:
        document = json.loads(text, parse_constant=_no_number, object_pairs_hook=_without_twins)
    except (ValueError, RecursionError) as error:
        raise CannotReadMeasurementError(
            f"'{path}' is not JSON ({error}). Give the file that `facialis measure --format json` wrote."
        ) from error
    return read_measurement(document)


def read_measurement(document: Any) -> Readings:
    """Turn a document of a measurement into readings.

    Parameters
    ----------
    document : mapping
        As `to_document` gives it; keys that are not known are passed over.

    Raises
    ------
    MeasurementDocumentError        A wrong version, a missing key, or a value of the wrong kind.
    """
    whole = _object(document, WHOLE)
    version = _text(whole, "schema_version", WHOLE)
    if version.split(".")[0] != MAJOR_VERSION:
        raise MeasurementDocumentError(
            f"The document has schema_version '{version}'; allowed is {MAJOR_VERSION}.x. {REMEDY}"
        )
    photo_set = _object(_key(whole, "set", WHOLE), "set")
    synkinesis = _object(_key(photo_set, "synkinesis", "set"), "set.synkinesis")
    measures, refused = _photos(whole)
    pairs: dict[tuple[Expression, str], Found] = {}
    for place, entry in _entries(photo_set, "asymmetry", "set"):
        _put(pairs, (_expression(entry, place), _text(entry, "name", place)), _found(entry, place), place)
    excursions: dict[tuple[Expression, str, Side | None], Found] = {}
    for place, entry in _entries(photo_set, "excursions", "set"):
        name = _text(entry, "name", place).removesuffix(EXCURSION)
        _put(excursions, (_expression(entry, place), name, _side(entry, place)), _found(entry, place), place)
    involuntary: dict[tuple[Expression, str, Side | None], Found] = {}
    for place, entry in _entries(synkinesis, "entries", "set.synkinesis"):
        where = (_expression(entry, place), _text(entry, "region", place), _side(entry, place))
        _put(involuntary, where, _found(entry, place, unit="mm"), place)
    affected = _key(synkinesis, "affected", "set.synkinesis")
    return Readings(
        measures=measures,
        excursions=excursions,
        asymmetries={key: found for key, found in pairs.items() if not key[1].endswith(EXCURSION)},
        excursion_asymmetries={
            (expression, name.removesuffix(EXCURSION)): found
            for (expression, name), found in pairs.items()
            if name.endswith(EXCURSION)
        },
        involuntary=involuntary,
        refused={expression: why for expression, why in refused.items() if expression is not None},
        affected=None if affected is None else _word(affected, Side, "set.synkinesis.affected"),
    )


def _photos(
    whole: Mapping[str, Any],
) -> tuple[dict[tuple[Expression, str, Side | None], Found], dict[Expression | None, str]]:
    repeats: dict[tuple[Expression, str, Side | None], list[Found]] = {}
    refused: dict[Expression | None, str] = {}
    for place, photo in _entries(whole, "photos", WHOLE):
        given = _key(photo, "expression", place)
        expression = None if given is None else _word(given, Expression, f"{place}.expression")
        if "error" in photo:
            refused[expression] = _text(
                _object(photo["error"], f"{place}.error"), "message", f"{place}.error"
            )
            continue
        for inner, entry in _entries(photo, "measures", place):
            found = _found(entry, inner)
            if expression is not None:
                key = (expression, _text(entry, "name", inner), _side(entry, inner))
                _add_repeat(repeats.setdefault(key, []), found, inner)
    return {key: mean_of_repeats(found) for key, found in repeats.items()}, refused


def _add_repeat(earlier: list[Found], found: Found, place: str) -> None:
    units = {reading.unit for reading in (*earlier, found) if isinstance(reading, Reading)}
    if len(units) > 1:
        raise MeasurementDocumentError(
            f"{place} and the same measure of an earlier photograph are in {', '.join(sorted(units))}; "
            f"one is allowed. {REMEDY}"
        )
    earlier.append(found)


def _found(entry: Mapping[str, Any], place: str, unit: str | None = None) -> Found:
    """A reading, or the reason of a null."""
    value = _number(entry, "value", place)
    if value is None:
        return NoReading(_text(entry, "reason", place))
    sd = _number(entry, "sd", place)
    if sd is None or sd < 0:
        raise MeasurementDocumentError(
            f"{place}.sd is {'null' if sd is None else f'{sd:g}'}; a value needs an sd of 0 or more. {REMEDY}"
        )
    unit = unit or _text(entry, "unit", place)
    if unit not in UNITS:
        raise MeasurementDocumentError(
            f"{place}.unit is '{unit}'; allowed is one of {', '.join(UNITS)}. {REMEDY}"
        )
    return Reading(value, sd, unit)


def _put(table: dict[Any, Found], key: Any, found: Found, place: str) -> None:
    if key in table:
        raise MeasurementDocumentError(
            f"{place} repeats an earlier entry; allowed is one of each kind. {REMEDY}"
        )
    table[key] = found


def _entries(holder: Mapping[str, Any], key: str, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    name = key if place == WHOLE else f"{place}.{key}"
    entries = _key(holder, key, place)
    if not isinstance(entries, list):
        raise MeasurementDocumentError(f"{name} is {_shown(entries)}; allowed is a list. {REMEDY}")
    for number, entry in enumerate(entries):
        yield f"{name}[{number}]", _object(entry, f"{name}[{number}]")


def _object(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise MeasurementDocumentError(f"{place} is {_shown(value)}; allowed is an object. {REMEDY}")
    return value


def _key(holder: Mapping[str, Any], key: str, place: str) -> Any:
    if key not in holder:
        raise MeasurementDocumentError(f"{place} has no '{key}'. {REMEDY}")
    return holder[key]


def _text(holder: Mapping[str, Any], key: str, place: str) -> str:
    value = _key(holder, key, place)
    if not isinstance(value, str) or not value:
        raise MeasurementDocumentError(
            f"{place}.{key} is {_shown(value)}; allowed is a text that is not empty. {REMEDY}"
        )
    return value


def _number(holder: Mapping[str, Any], key: str, place: str) -> float | None:
    value = _key(holder, key, place)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MeasurementDocumentError(
            f"{place}.{key} is {_shown(value)}; allowed is a number or null. {REMEDY}"
        )
    if not -LARGEST <= value <= LARGEST:
        raise MeasurementDocumentError(
            f"{place}.{key} is {_shown(value)}; allowed is a number from {-LARGEST:g} to {LARGEST:g}. "
            f"{REMEDY}"
        )
    return float(value)


def _expression(entry: Mapping[str, Any], place: str) -> Expression:
    return _word(_key(entry, "expression", place), Expression, f"{place}.expression")


def _side(entry: Mapping[str, Any], place: str) -> Side | None:
    side = _key(entry, "side", place)
    return None if side is None else _word(side, Side, f"{place}.side")


def _word(value: Any, kind: type[_Word], place: str) -> _Word:
    allowed = [member.value for member in kind]
    if not isinstance(value, str) or value not in allowed:
        raise MeasurementDocumentError(
            f"{place} is {_shown(value)}; allowed is one of {', '.join(allowed)}. {REMEDY}"
        )
    return kind(value)


def _shown(value: Any) -> str:
    """A value as part of a sentence: short, and never the whole of a hostile file."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST:
        return "a very large number"
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 40 else f"{text[:40]}..."


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"it holds {word}, which is no number")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"it names {twin!r} more than once in one object")
    return found
