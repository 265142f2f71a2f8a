"""Parameters of a patient and of a face as JSON: by name, with unit, and as overrides of the typical ones."""

from pathlib import Path
from typing import Any

import numpy as np

from facialis.anatomy.lookup import UnknownNameError
from facialis.report.twin_json import Place, check_format, read_json_file, shown
from facialis.twin.face.parameters import FaceParameters, typical_face
from facialis.twin.forecast_case import face_with_values, with_values
from facialis.twin.parameters import TwinParameters, all_priors, named, typical_parameters
from facialis.twin.priors import Prior, priors_of

FAMILY, VERSION = "facialis-twin-parameters", 1
MOST_BYTES = 100_000
REMEDY = "Correct the file of parameters; `facialis cite twin/nerve_parameters` lists names and units."


def face_priors() -> tuple[Prior, ...]:
    """What differs between faces."""
    return priors_of("face_parameters")


def read_overrides(path: Path) -> dict[str, float]:
    """Read parameters that take the place of typical ones, by name.

    Raises
    ------
    CannotReadTwinFileError     The file cannot be read or is no JSON.
    TwinFileError               It is no file of parameters, or a value is no number.
    UnknownNameError            There is no parameter of that name.
    """
    document = read_json_file(path, "parameters of a twin", most_bytes=MOST_BYTES)
    check_format(document, FAMILY, VERSION, "a file of parameters")
    found = Place(document, "", REMEDY).keys(("format", "parameters"))
    known = [prior.name for prior in (*all_priors(), *face_priors())]
    values = {}
    for name, place in found["parameters"].named_items(len(known)):
        if name not in known:
            raise UnknownNameError(
                f"{shown(name)} is no parameter of a twin. Give one of {', '.join(known)}.",
                code="unknown_parameter",
            )
        values[name] = place.number()
    return values


def patient_with(values: dict[str, float]) -> tuple[TwinParameters, FaceParameters]:
    """The typical patient and face with some parameters as given."""
    of_face = {prior.name for prior in face_priors()}
    return (
        with_values(typical_parameters(), {name: v for name, v in values.items() if name not in of_face}),
        face_with_values(typical_face(), {name: v for name, v in values.items() if name in of_face}),
    )


def parameters_to_plain(parameters: TwinParameters) -> list[dict[str, Any]]:
    """Every parameter with its unit, to the last digit."""
    values = named(parameters)
    return [
        {"name": prior.name, "value": float(np.asarray(values[prior.name])), "unit": prior.unit}
        for prior in all_priors()
    ]


def face_to_plain(face: FaceParameters) -> list[dict[str, Any]]:
    """Every parameter of a face with its unit, to the last digit."""
    return [
        {"name": prior.name, "value": float(np.asarray(getattr(face, prior.name))), "unit": prior.unit}
        for prior in face_priors()
    ]


def values_from(place: Place, priors: tuple[Prior, ...]) -> dict[str, float]:
    """Read every parameter of a table once, in its unit; raises `TwinFileError`."""
    units = {prior.name: prior.unit for prior in priors}
    values: dict[str, float] = {}
    for entry in place.items(len(units), len(units)):
        found = entry.keys(("name", "value", "unit"))
        name = found["name"].text()
        if name not in units or name in values:
            found["name"].refuse("each parameter of this version of Facialis, once")
        if found["unit"].text() != units[name]:
            found["unit"].refuse(f"'{units[name]}'")
        values[name] = found["value"].number()
    return values
