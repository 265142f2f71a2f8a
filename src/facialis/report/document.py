"""The result as one JSON object. Its schema is `schemas/measurement-1.schema.json`."""

import json
import math
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from facialis import __version__
from facialis.errors import FacialisError
from facialis.measurement.findings import Finding
from facialis.measurement.measure import Measure
from facialis.measurement.scale import Scale
from facialis.report.json_schema import load_json_schema
from facialis.report.model import PhotoResult, SetResult

SCHEMA_VERSION = "1.2"
"""Raised in its first part when a reader of an older document would be misled."""

EVIDENCE = (
    "measurement/norms",
    "measurement/symmetry_index",
    "measurement/synkinesis_movements",
    "vision/gain_and_noise",
)
"""Tables that a measurement rests on; `facialis cite RESULT.json` prints their sources."""

VALUE_DECIMALS = 4
"""A tenth of a micrometre: far below every error, and the same text on every machine."""

SCALE_DECIMALS = 7
PART_DECIMALS = 7
"""Relative errors are small numbers."""


class NotANumberError(FacialisError):
    """A result holds NaN or infinity: a fault of the software, never written."""

    code = "not_a_number"


def to_document(result: SetResult) -> dict[str, Any]:
    """Turn a result into plain dictionaries, lists, strings and finite numbers.

    Raises
    ------
    NotANumberError     A value is NaN or infinite.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "software": {
            "name": "facialis",
            "version": __version__,
            "backends": [
                {"name": backend.name, "version": backend.version, "model_sha256": backend.model_sha256}
                for backend in result.backends
            ],
        },
        "photos": [_photo(photo) for photo in result.photos],
        "set": to_plain(result.photo_set),
        "evidence": list(EVIDENCE),
    }


def to_json(result: SetResult) -> str:
    """Write the document as UTF-8 JSON text, two spaces deep, with a newline at the end."""
    return json.dumps(to_document(result), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def load_schema() -> dict[str, Any]:
    """Read the committed JSON Schema (draft 2020-12) of the document."""
    return load_json_schema("measurement-1")


def to_plain(value: Any, decimals: int = VALUE_DECIMALS) -> Any:
    """Dataclasses, enums, tuples and mappings to what JSON knows; numbers rounded and finite."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NotANumberError("A result is not a number; it should be None with a reason. Report this.")
        # Adding zero turns -0.0 into 0.0.
        return round(value, decimals) + 0.0
    if is_dataclass(value):
        return {item.name: to_plain(getattr(value, item.name), decimals) for item in fields(value)}
    if isinstance(value, dict):
        return {to_plain(key): to_plain(item, decimals) for key, item in value.items()}
    return [to_plain(item, decimals) for item in value]


def _photo(photo: PhotoResult) -> dict[str, Any]:
    quality = [_finding(finding) for finding in photo.findings]
    if photo.error is not None:
        return {
            "file": photo.file,
            "expression": to_plain(photo.expression),
            "quality": quality,
            "error": {"code": photo.error.code, "message": photo.error.message},
        }
    scale = photo.scale if isinstance(photo.scale, Scale) else None
    return {
        "file": photo.file,
        "expression": to_plain(photo.expression),
        "backend": photo.backend,
        "mirrored": photo.mirrored.value,
        "mm_per_px": to_plain(scale.mm_per_px if scale else None, SCALE_DECIMALS),
        "mm_per_px_sd": to_plain(scale.mm_per_px_sd if scale else None, SCALE_DECIMALS),
        "scale_source": to_plain(scale.source if scale else None),
        "pose": to_plain(photo.pose),
        "quality": quality,
        "measures": [measure_to_plain(measure) for measure in photo.measures],
    }


def measure_to_plain(measure: Measure) -> dict[str, Any]:
    """One measure with the names of the document."""
    return {
        "name": measure.name,
        "side": to_plain(measure.side),
        "value": to_plain(measure.value),
        "sd": to_plain(measure.sd),
        "unit": measure.unit,
        "raw": to_plain(measure.raw),
        "method": to_plain(measure.method),
        "reason": measure.reason,
        "ratio": to_plain(measure.ratio),
        "ratio_sd": to_plain(measure.ratio_sd),
        "parts": None if measure.parts is None else to_plain(measure.parts, PART_DECIMALS),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(finding)
    return plain
