"""A plan as a JSON document with all that it was made from; it is a draft, always.

Its schema is `schemas/plan-1.schema.json`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from facialis.errors import FacialisError
from facialis.planning.plan.record import Plan, PlanStatus
from facialis.planning.rules.override import Override
from facialis.report.json_schema import load_json_schema
from facialis.report.json_values import read_day
from facialis.report.plan_consistency import REMEDY
from facialis.report.plan_frame import LONGEST_SENTENCE, maybe
from facialis.report.plan_reading import plan_from
from facialis.report.plan_writing import plan_to_plain
from facialis.report.twin_json import (
    CannotReadTwinFileError,
    NewerVersionError,
    Place,
    TwinFileError,
    check_format,
    read_json_file,
    shown,
)

FAMILY, VERSION = "facialis-plan", 1
STATEMENT = (
    "A proposal, computed from photographs, a model of the face and published doses. It is not active until "
    "a named clinician has signed it. LEFT and RIGHT are the patient's."
)
MOST_BYTES = 4_000_000
MOST_VISITS = 500
LARGEST_SEED = 2**63 - 1

_SHA256 = re.compile(r"[0-9a-f]{64}")


class PlanFileError(FacialisError):
    """A file of a plan holds what it must not."""

    code = "plan_file_invalid"


class CannotReadPlanFileError(FacialisError):
    """A file of a plan is not there, is no JSON, or is far too large."""

    code = "plan_file_unreadable"


class NewerPlanError(PlanFileError):
    """The file was written by a later version of the format."""

    code = "plan_file_newer"


@dataclass(frozen=True)
class PlanInputs:
    """What a plan was made from beside its product, day and weights: the same inputs give the same plan."""

    case_sha256: str
    """Of the file of the case."""
    measurements: tuple[tuple[date, str], ...]
    """Day of each measured visit, and the SHA-256 of its file."""
    seed: int
    time_limit_s: float
    confirmed_by: str | None = None
    """Who stands for published ranges from memory."""
    override: Override | None = None


@dataclass(frozen=True)
class PlanDocument:
    """A plan with its origin."""

    plan: Plan
    inputs: PlanInputs
    software_version: str


def plan_to_document(document: PlanDocument) -> dict[str, Any]:
    """Turn a plan into plain dictionaries, lists, strings and finite numbers."""
    inputs = document.inputs
    override = inputs.override
    return {
        "format": f"{FAMILY}/{VERSION}",
        "status": PlanStatus.DRAFT.value,
        "statement": STATEMENT,
        "software": {"name": "facialis", "version": document.software_version},
        "inputs": {
            "case_sha256": inputs.case_sha256,
            "measurements": [
                {"day": day.isoformat(), "sha256": digest} for day, digest in inputs.measurements
            ],
            "seed": inputs.seed,
            "time_limit_s": inputs.time_limit_s,
            "confirmed_by": inputs.confirmed_by,
            "override": None
            if override is None
            else {"by": override.by, "reason": override.reason, "codes": list(override.codes)},
        },
        "plan": plan_to_plain(document.plan),
    }


def plan_to_json(document: PlanDocument) -> str:
    """Write the document as UTF-8 JSON text, two spaces deep, with a newline at the end."""
    return json.dumps(plan_to_document(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def load_plan_schema() -> dict[str, Any]:
    """Read the committed JSON Schema (draft 2020-12) of the document."""
    return load_json_schema("plan-1")


def read_plan_file(path: Path) -> PlanDocument:
    """Read the file that `facialis plan --out` wrote; raises as `read_plan`, or if it is no JSON."""
    return read_plan(plan_file_value(path, "a plan"))


def plan_file_value(path: Path, what: str) -> Any:
    """The JSON value of a file; raises `CannotReadPlanFileError`."""
    try:
        return read_json_file(path, what, most_bytes=MOST_BYTES)
    except CannotReadTwinFileError as error:
        raise CannotReadPlanFileError(str(error)) from error


def read_plan(document: Any) -> PlanDocument:
    """Turn a document into a plan.

    Raises
    ------
    NewerPlanError              A later Facialis wrote it; nothing of it was taken over.
    PlanFileError               A key is missing or unknown, a value of the wrong kind, a status other than
                                draft, two products, a side that contradicts a role, a sum that is wrong, or
                                a dose outside the limits beside it.
    DoseError, HistoryError     A dose or a point that cannot be.
    """
    try:
        check_format(document, FAMILY, VERSION, "a plan")
        return plan_document_from(Place(document, "", REMEDY))
    except NewerVersionError as error:
        raise NewerPlanError(f"{error} Nothing of the file was read or changed.") from error
    except TwinFileError as error:
        raise PlanFileError(str(error)) from error


def plan_document_from(place: Place) -> PlanDocument:
    """Read a document whose format was checked; raises `TwinFileError`."""
    found = place.keys(("format", "status", "statement", "software", "inputs", "plan"))
    if found["status"].value != PlanStatus.DRAFT.value:
        raise TwinFileError(
            f"{found['status'].where} is {shown(found['status'].value)}; a plan in this format is a draft, "
            "and only a clinician's signature makes it active. Sign it with `facialis sign`."
        )
    found["statement"].text(LONGEST_SENTENCE)
    software = found["software"].keys(("name", "version"))
    if software["name"].value != "facialis":
        software["name"].refuse('"facialis"')
    return PlanDocument(plan_from(found["plan"]), _inputs(found["inputs"]), software["version"].text())


def _inputs(place: Place) -> PlanInputs:
    found = place.keys(("case_sha256", "measurements", "seed", "time_limit_s", "confirmed_by", "override"))
    seed, limit = found["seed"].whole(), found["time_limit_s"].number()
    if not 0 <= seed <= LARGEST_SEED:
        found["seed"].refuse(f"0 to {LARGEST_SEED}")
    if limit < 0:
        found["time_limit_s"].refuse("0 or more")
    return PlanInputs(
        case_sha256=_digest(found["case_sha256"]),
        measurements=tuple(_measurement(entry.keys(("day", "sha256"))) for entry in _visits(found)),
        seed=seed,
        time_limit_s=limit,
        confirmed_by=maybe(found["confirmed_by"], Place.text),
        override=maybe(found["override"], _override),
    )


def _visits(found: Mapping[str, Place]) -> list[Place]:
    return found["measurements"].items(MOST_VISITS)


def _measurement(found: Mapping[str, Place]) -> tuple[date, str]:
    return read_day(found["day"]), _digest(found["sha256"])


def _override(place: Place) -> Override:
    found = place.keys(("by", "reason", "codes"))
    codes = tuple(entry.text() for entry in found["codes"].items(MOST_VISITS, least=1))
    return Override(found["by"].text(), found["reason"].text(), codes)


def _digest(place: Place) -> str:
    if not isinstance(place.value, str) or not _SHA256.fullmatch(place.value):
        place.refuse("64 digits of a SHA-256, in small letters")
    return place.value
