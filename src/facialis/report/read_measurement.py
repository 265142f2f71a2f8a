"""Read the JSON document of a measurement back, as readings for suggested grades.

The file may come from anywhere: whatever is not as the document promises is refused with a
sentence, and additions of later versions are passed over.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.readings import Found, NoReading, Reading, Readings, mean_of_repeats
from facialis.report.measurement_values import (
    REMEDY,
    UNITS,
    WHOLE,
    CannotReadMeasurementError,
    MeasurementDocumentError,
    entries_of,
    expression_of,
    key_of,
    measurement_bytes,
    measurement_json,
    number_of,
    object_of,
    side_of,
    text_of,
    version_of,
    word_of,
)

__all__ = [
    "CannotReadMeasurementError",
    "MeasurementDocumentError",
    "read_measurement",
    "read_measurement_file",
]

EXCURSION = "_excursion"


def read_measurement_file(path: Path) -> Readings:
    """Read the file that `facialis measure --format json --out` wrote.

    Raises
    ------
    CannotReadMeasurementError      The file cannot be read, or is no JSON.
    MeasurementDocumentError        Its content is no measurement.
    """
    return read_measurement(measurement_json(measurement_bytes(path), path))


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
    whole = object_of(document, WHOLE)
    version_of(whole)
    photo_set = object_of(key_of(whole, "set", WHOLE), "set")
    synkinesis = object_of(key_of(photo_set, "synkinesis", "set"), "set.synkinesis")
    measures, refused = _photos(whole)
    pairs: dict[tuple[Expression, str], Found] = {}
    for place, entry in entries_of(photo_set, "asymmetry", "set"):
        _put(pairs, (expression_of(entry, place), text_of(entry, "name", place)), _found(entry, place), place)
    excursions: dict[tuple[Expression, str, Side | None], Found] = {}
    for place, entry in entries_of(photo_set, "excursions", "set"):
        name = text_of(entry, "name", place).removesuffix(EXCURSION)
        _put(
            excursions,
            (expression_of(entry, place), name, side_of(entry, place)),
            _found(entry, place),
            place,
        )
    involuntary: dict[tuple[Expression, str, Side | None], Found] = {}
    for place, entry in entries_of(synkinesis, "entries", "set.synkinesis"):
        where = (expression_of(entry, place), text_of(entry, "region", place), side_of(entry, place))
        _put(involuntary, where, _found(entry, place, unit="mm"), place)
    affected = key_of(synkinesis, "affected", "set.synkinesis")
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
        affected=None if affected is None else word_of(affected, Side, "set.synkinesis.affected"),
    )


def _photos(
    whole: Mapping[str, Any],
) -> tuple[dict[tuple[Expression, str, Side | None], Found], dict[Expression | None, str]]:
    repeats: dict[tuple[Expression, str, Side | None], list[Found]] = {}
    refused: dict[Expression | None, str] = {}
    for place, photo in entries_of(whole, "photos", WHOLE):
        given = key_of(photo, "expression", place)
        expression = None if given is None else word_of(given, Expression, f"{place}.expression")
        if "error" in photo:
            refused[expression] = text_of(
                object_of(photo["error"], f"{place}.error"), "message", f"{place}.error"
            )
            continue
        for inner, entry in entries_of(photo, "measures", place):
            found = _found(entry, inner)
            if expression is not None:
                key = (expression, text_of(entry, "name", inner), side_of(entry, inner))
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
    value = number_of(entry, "value", place)
    if value is None:
        return NoReading(text_of(entry, "reason", place))
    sd = number_of(entry, "sd", place)
    if sd is None or sd < 0:
        raise MeasurementDocumentError(
            f"{place}.sd is {'null' if sd is None else f'{sd:g}'}; a value needs an sd of 0 or more. {REMEDY}"
        )
    unit = unit or text_of(entry, "unit", place)
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
