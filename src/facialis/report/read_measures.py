"""Read the measures of the photographs back from the document of a measurement, for planning.

`read_measurement` gives what a rater would read; a plan needs each measure with the parts of its error.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.measurement.measure import Measure, SdParts
from facialis.measurement.measures import MEASURES
from facialis.measurement.measures.definition import MidlineMeasure
from facialis.measurement.points import Method
from facialis.report.measurement_values import (
    REMEDY,
    UNITS,
    WHOLE,
    MeasurementDocumentError,
    entries_of,
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

FIRST_WITH_PARTS = (1, 2)
"""Version that says where each error comes from."""
ROUNDING = 1e-3
"""By so much more than the documents round may an sd differ from what its parts give."""
MOST_PHOTOGRAPHS = 500
MOST_MEASURES = 500
"""Of one photograph; there are some thirty."""


@dataclass(frozen=True)
class RefusedPhotograph:
    """A photograph that was not measured."""

    file: str
    expression: Expression | None
    why: str


@dataclass(frozen=True, eq=False)
class SetMeasured:
    """What a document says of one set of photographs."""

    photographs: tuple[tuple[Expression, tuple[Measure, ...]], ...]
    """Those whose expression was named, in the order of the file."""
    mirrored_known: bool
    """Whether each of them says that it is mirrored or not."""
    affected: Side | None
    """The palsied side that was named when they were measured."""
    refused: tuple[RefusedPhotograph, ...]
    without_expression: tuple[str, ...]
    """Files that nobody said the expression of: no plan uses them."""
    sha256: str | None = None
    """Of the file; None for a document that was no file."""


def read_measures_file(path: Path) -> SetMeasured:
    """Read the file that `facialis measure --format json --out` wrote.

    Raises
    ------
    CannotReadMeasurementError      The file cannot be read, or is no JSON.
    MeasurementDocumentError        Its content is no measurement, or one without the parts of its errors.
    """
    content = measurement_bytes(path)
    return read_measures(measurement_json(content, path), sha256(content).hexdigest())


def read_measures(document: Any, digest: str | None = None) -> SetMeasured:
    """Turn a document of a measurement into measures.

    Parameters
    ----------
    document : mapping      As `to_document` gives it; keys that are not known are passed over.
    digest : str            SHA-256 of the file that it comes from.

    Raises
    ------
    MeasurementDocumentError
        A wrong version, a missing key, a value of the wrong kind, or an sd that its parts contradict.
        Documents before version 1.2 do not say which errors photographs and sides share; no guess would
        be on the safe side for every difference, so they are refused.
    """
    whole = object_of(document, WHOLE)
    if version_of(whole) < FIRST_WITH_PARTS:
        raise MeasurementDocumentError(
            f"The document has schema_version '{whole['schema_version']}', which does not say where the "
            f"error of each measure comes from; a plan needs 1.2 or later. {REMEDY}"
        )
    photographs: list[tuple[Expression, tuple[Measure, ...]]] = []
    mirrored, refused, nameless = [], [], []
    for number, (place, photo) in enumerate(entries_of(whole, "photos", WHOLE)):
        if number >= MOST_PHOTOGRAPHS:
            raise MeasurementDocumentError(
                f"photos has more than {MOST_PHOTOGRAPHS} entries. Give the result of one visit. {REMEDY}"
            )
        given = key_of(photo, "expression", place)
        expression = None if given is None else word_of(given, Expression, f"{place}.expression")
        if "error" in photo:
            error = object_of(photo["error"], f"{place}.error")
            why = text_of(error, "message", f"{place}.error")
            refused.append(RefusedPhotograph(text_of(photo, "file", place), expression, why))
        elif expression is None:
            nameless.append(text_of(photo, "file", place))
        else:
            photographs.append((expression, _measures(photo, place)))
            mirrored.append(word_of(key_of(photo, "mirrored", place), Mirrored, f"{place}.mirrored"))
    return SetMeasured(
        photographs=tuple(photographs),
        mirrored_known=Mirrored.UNKNOWN not in mirrored,
        affected=_affected(whole),
        refused=tuple(refused),
        without_expression=tuple(nameless),
        sha256=digest,
    )


def _affected(whole: Mapping[str, Any]) -> Side | None:
    photo_set = object_of(key_of(whole, "set", WHOLE), "set")
    synkinesis = object_of(key_of(photo_set, "synkinesis", "set"), "set.synkinesis")
    side = key_of(synkinesis, "affected", "set.synkinesis")
    return None if side is None else word_of(side, Side, "set.synkinesis.affected")


def _measures(photo: Mapping[str, Any], place: str) -> tuple[Measure, ...]:
    found: dict[tuple[str, Side | None], Measure] = {}
    for inner, entry in entries_of(photo, "measures", place):
        measure = _measure(entry, inner)
        if (measure.name, measure.side) in found:
            raise MeasurementDocumentError(
                f"{inner} repeats an earlier measure of its side; allowed is one of each. {REMEDY}"
            )
        found[measure.name, measure.side] = measure
        if len(found) > MOST_MEASURES:
            raise MeasurementDocumentError(
                f"{place}.measures has more than {MOST_MEASURES} entries; allowed are so many. {REMEDY}"
            )
    return tuple(found.values())


def _measure(entry: Mapping[str, Any], place: str) -> Measure:
    value, sd = number_of(entry, "value", place), number_of(entry, "sd", place)
    reason = key_of(entry, "reason", place)
    if (value is None) == (reason is None):
        found = "neither a value nor a reason" if value is None else "both a value and a reason"
        raise MeasurementDocumentError(f"{place} has {found}; allowed is exactly one of them. {REMEDY}")
    ratio, ratio_sd = number_of(entry, "ratio", place), number_of(entry, "ratio_sd", place)
    if (ratio is None) != (ratio_sd is None):
        raise MeasurementDocumentError(
            f"{place} has a ratio or its sd alone; allowed are both or neither. {REMEDY}"
        )
    unit = text_of(entry, "unit", place)
    if unit not in UNITS:
        raise MeasurementDocumentError(
            f"{place}.unit is '{unit[:40]}'; allowed is one of {', '.join(UNITS)}. {REMEDY}"
        )
    name, side = text_of(entry, "name", place), side_of(entry, place)
    definition = MEASURES.get(name)
    if definition is not None and unit != definition.unit:
        raise MeasurementDocumentError(
            f"{place}.unit is '{unit}'; {name} is measured in {definition.unit}. {REMEDY}"
        )
    if definition is not None and isinstance(definition, MidlineMeasure) is not (side is None):
        wanted = "null" if isinstance(definition, MidlineMeasure) else "left or right"
        raise MeasurementDocumentError(f"{place}.side of {name} is wrong; allowed is {wanted}. {REMEDY}")
    return Measure(
        name=name,
        side=side,
        value=value,
        sd=None if value is None else sd,
        unit=unit,
        raw=number_of(entry, "raw", place),
        method=word_of(key_of(entry, "method", place), Method, f"{place}.method"),
        reason=None if reason is None else text_of(entry, "reason", place),
        ratio=ratio,
        ratio_sd=ratio_sd,
        parts=None if value is None else _parts(entry, value, sd, place),
    )


def _parts(entry: Mapping[str, Any], value: float, sd: float | None, place: str) -> SdParts:
    inner = f"{place}.parts"
    plain = object_of(key_of(entry, "parts", place), inner)
    found = SdParts(
        noise=_between(plain, "noise", inner, 0.0, None),
        photo_rel=_between(plain, "photo_rel", inner, 0.0, 1.0),
        common_rel=_between(plain, "common_rel", inner, 0.0, 1.0),
        side_correlation=_between(plain, "side_correlation", inner, -1.0, 1.0),
    )
    expected = found.total(value)
    if sd is None or abs(sd - expected) > ROUNDING * max(1.0, expected):
        given = "null" if sd is None else f"{sd:g}"
        raise MeasurementDocumentError(f"{place}.sd is {given}, and its parts give {expected:.4g}. {REMEDY}")
    return found


def _between(plain: Mapping[str, Any], key: str, place: str, least: float, most: float | None) -> float:
    number = number_of(plain, key, place)
    if number is None or number < least or (most is not None and number > most):
        limits = f"{least:g} or more" if most is None else f"a number from {least:g} to {most:g}"
        raise MeasurementDocumentError(
            f"{place}.{key} is {'null' if number is None else f'{number:g}'}; allowed is {limits}. {REMEDY}"
        )
    return number
