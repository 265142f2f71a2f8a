"""The course of a twin as one JSON document: all that went in, so that any day can be computed again.

Its schema is `schemas/twin-course-1.schema.json`.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from facialis.anatomy.expressions import Expression
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.grading.grades import Grade
from facialis.report.document import to_plain
from facialis.report.json_schema import load_json_schema
from facialis.report.twin_history import history_from, history_to_plain
from facialis.report.twin_json import Place, TwinFileError, check_format, read_json_file
from facialis.report.twin_parameters import (
    face_priors,
    face_to_plain,
    parameters_to_plain,
    patient_with,
    values_from,
)
from facialis.twin.forecast import Forecast
from facialis.twin.forecast_case import Comparison, TwinCase
from facialis.twin.forecast_curves import QUANTILES, Axis, Curve, CurveName, Quantity, Values
from facialis.twin.forecast_grades import DayGrades
from facialis.twin.parameters import all_priors

FAMILY, VERSION = "facialis-twin-course", 1
STATEMENT = (
    "A model of an invented patient. No parameter was measured in a person, and no course here is a "
    "prognosis for one."
)
REMEDY = "Make the course again with `facialis twin simulate`."
MOST_BYTES = 20_000_000
MOST_CURVES = 1000
MOST_DAYS = 2000
LARGEST_SEED = 2**63 - 1
INPUTS = (
    "history",
    "parameters",
    "face_parameters",
    "held",
    "last_day",
    "patients",
    "seed",
    "identity_seed",
)
CURVE_KEYS = (
    "quantity",
    "axis",
    "unit",
    "side",
    "part",
    "expression",
    "typical",
    "comparisons",
    "quantiles",
    "reason",
)
PARTS: dict[Quantity, type[StrEnum]] = {
    **dict.fromkeys(
        (
            Quantity.DRIVE,
            Quantity.ABERRANT_DRIVE,
            Quantity.HYPERTONIA,
            Quantity.CONTRACTURE,
            Quantity.ATROPHY,
        ),
        NerveBranch,
    ),
    Quantity.TOXIN_BLOCK: Muscle,
}
"""What a part must be the name of."""
GRADE_NUMBERS = ("symmetry_index", "sunnybrook", "rest_symmetry", "voluntary_movement", "synkinesis")


@dataclass(frozen=True, eq=False)
class TwinCourse:
    """A forecast with everything that it was computed from."""

    case: TwinCase
    seed: int
    """Of the patients who were drawn for the bands."""
    identity_seed: int
    """Of the person whom photographs show."""
    software_version: str
    forecast: Forecast


def course_to_document(course: TwinCourse) -> dict[str, Any]:
    """Turn a course into plain dictionaries, lists, strings and finite numbers.

    Raises
    ------
    NotANumberError     A value is NaN or infinite.
    """
    case, forecast = course.case, course.forecast
    return {
        "format": f"{FAMILY}/{VERSION}",
        "statement": STATEMENT,
        "software": {"name": "facialis", "version": course.software_version},
        "inputs": {
            "history": history_to_plain(case.history),
            "parameters": parameters_to_plain(case.parameters),
            "face_parameters": face_to_plain(case.face),
            "held": sorted(case.held),
            "last_day": case.last_day,
            "patients": case.patients,
            "seed": course.seed,
            "identity_seed": course.identity_seed,
        },
        "forecast": {
            "affected": to_plain(forecast.affected),
            "days": {axis.value: list(forecast.days[axis]) for axis in Axis},
            "curves": [_curve(curve) for curve in forecast.curves],
            "grades": [_grades(day) for day in forecast.grades],
            "house_brackmann_1_frac": to_plain(forecast.house_brackmann_1_frac),
        },
    }


def course_to_json(course: TwinCourse) -> str:
    """Write the document as JSON text; a curve takes one line, so that people can find it."""
    document = course_to_document(course)
    forecast = document["forecast"]
    curves = ",\n".join(f"   {_line(curve)}" for curve in forecast.pop("curves"))
    grades = ",\n".join(f"   {_line(day)}" for day in forecast.pop("grades"))
    head = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    opening = head.index('"forecast": {') + len('"forecast": {')
    return f'{head[:opening]}\n  "curves": [\n{curves}\n  ],\n  "grades": [\n{grades}\n  ],{head[opening:]}\n'


def load_course_schema() -> dict[str, Any]:
    """Read the committed JSON Schema (draft 2020-12) of the document."""
    return load_json_schema("twin-course-1")


def read_course_file(path: Path) -> TwinCourse:
    """Read the file that `facialis twin simulate` wrote; raises as `read_course`, or if it is no JSON."""
    return read_course(read_json_file(path, "the course of a twin", most_bytes=MOST_BYTES))


def read_course(document: Any) -> TwinCourse:
    """Turn a document back into a course; every input is checked as if it were new.

    Raises
    ------
    NewerVersionError           A later Facialis wrote it.
    TwinFileError               A key is missing or unknown, or a value of the wrong kind.
    HistoryError, ParameterError, CourseRequestError and others
                                What went in is not what a patient can have.
    """
    check_format(document, FAMILY, VERSION, "the course of a twin")
    whole = Place(document, "", REMEDY).keys(("format", "statement", "software", "inputs", "forecast"))
    software = whole["software"].keys(("name", "version"))
    inputs = whole["inputs"].keys(INPUTS)
    values = values_from(inputs["parameters"], all_priors())
    values |= values_from(inputs["face_parameters"], face_priors())
    parameters, face = patient_with(values)
    case = TwinCase(
        history=history_from(inputs["history"]),
        parameters=parameters,
        face=face,
        held=_held(inputs["held"], values),
        last_day=inputs["last_day"].number(),
        patients=inputs["patients"].whole(),
    )
    return TwinCourse(
        case,
        _seed(inputs["seed"]),
        _seed(inputs["identity_seed"]),
        software["version"].text(),
        _forecast(whole["forecast"], case),
    )


def _curve(curve: Curve) -> dict[str, Any]:
    name = curve.name
    return {
        "quantity": name.quantity.value,
        "axis": name.axis.value,
        "unit": name.unit,
        "side": to_plain(name.side),
        "part": name.part,
        "expression": to_plain(name.expression),
        "typical": to_plain(curve.typical),
        "comparisons": {which.value: to_plain(values) for which, values in curve.comparisons.items()},
        "quantiles": {f"{q:g}": to_plain(values) for q, values in curve.quantiles.items()},
        "reason": curve.reason,
    }


def _grades(day: DayGrades) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(day)
    return plain


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def _held(place: Place, known: dict[str, float]) -> frozenset[str]:
    names = [entry.text() for entry in place.items(len(known))]
    for entry, name in zip(place.items(len(known)), names, strict=True):
        if name not in known:
            entry.refuse("the name of a parameter")
    return frozenset(names)


def _seed(place: Place) -> int:
    found = place.whole()
    if not 0 <= found <= LARGEST_SEED:
        place.refuse(f"a whole number from 0 to {LARGEST_SEED}")
    return found


def _forecast(place: Place, case: TwinCase) -> Forecast:
    found = place.keys(("affected", "days", "curves", "grades", "house_brackmann_1_frac"))
    affected = found["affected"].optional(_side)
    if affected is not case.affected:
        found["affected"].refuse("the side of the onset in the history")
    days = {Axis(name): _days(entry) for name, entry in found["days"].keys(tuple(Axis)).items()}
    frac = found["house_brackmann_1_frac"].optional(lambda entry: _values(entry, len(days[Axis.FACES])))
    if frac is not None and None in frac:
        found["house_brackmann_1_frac"].refuse("a list without null")
    return Forecast(
        affected,
        days,
        tuple(_read_curve(entry, days, case) for entry in found["curves"].items(MOST_CURVES)),
        tuple(_read_grades(entry) for entry in found["grades"].items(MOST_DAYS)),
        frac,
    )


def _days(place: Place) -> tuple[float, ...]:
    days = tuple(entry.number() for entry in place.items(MOST_DAYS, 1))
    if days[0] < 0 or any(later <= earlier for earlier, later in pairwise(days)):
        raise TwinFileError(f"{place.where} does not ascend from 0 or later. {REMEDY}")
    return days


def _read_curve(place: Place, days: dict[Axis, tuple[float, ...]], case: TwinCase) -> Curve:
    found = place.keys(CURVE_KEYS)
    axis = _word(found["axis"], Axis)
    length = len(days[axis])
    quantity = _word(found["quantity"], Quantity)
    kind = PARTS.get(quantity)
    name = CurveName(
        quantity,
        axis,
        found["unit"].text(),
        found["side"].optional(_side),
        found["part"].optional(Place.text) if kind is None else _word(found["part"], kind).value,
        found["expression"].optional(lambda entry: _word(entry, Expression)),
    )
    quantiles = found["quantiles"].keys(tuple(f"{q:g}" for q in QUANTILES))
    comparisons = found["comparisons"].keys(tuple(which.value for which in case.comparisons))
    return Curve(
        name,
        _values(found["typical"], length),
        {Comparison(which): _values(entry, length) for which, entry in comparisons.items()},
        {q: _values(quantiles[f"{q:g}"], length) for q in QUANTILES},
        found["reason"].optional(Place.text),
    )


def _read_grades(place: Place) -> DayGrades:
    found = place.keys(("day", *GRADE_NUMBERS, "house_brackmann", "reason"))
    numbers = {name: found[name].optional(Place.number) for name in GRADE_NUMBERS}
    range_of = found["house_brackmann"].optional(
        lambda entry: tuple(_grade(grade) for grade in entry.items(2, 2))
    )
    return DayGrades(
        day=found["day"].number(),
        house_brackmann=range_of,
        reason=found["reason"].optional(lambda entry: entry.text(2000)),
        **numbers,
    )


def _grade(place: Place) -> str:
    if place.value not in Grade.__members__:
        place.refuse(f"one of {', '.join(Grade.__members__)}")
    return str(place.value)


def _values(place: Place, length: int) -> Values:
    return tuple(entry.optional(Place.number) for entry in place.items(length, length))


def _side(place: Place) -> Side:
    side: Side = _word(place, Side)
    return side


def _word(place: Place, kind: Any) -> Any:
    words = [member.value for member in kind]
    if place.value not in words:
        place.refuse(f"one of {', '.join(words)}")
    return kind(place.value)
