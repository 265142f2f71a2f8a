"""A signed plan as JSON: the whole draft, who signed it, on which day, and a reason for each warning.

Its schema is `schemas/signed-plan-1.schema.json`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from facialis.planning.plan.record import PlanStatus
from facialis.planning.plan.sign import SignedPlan, sign
from facialis.report.json_schema import load_json_schema
from facialis.report.json_values import read_day
from facialis.report.plan_frame import LONGEST_SENTENCE
from facialis.report.plan_json import (
    FAMILY as PLAN_FAMILY,
)
from facialis.report.plan_json import (
    VERSION as PLAN_VERSION,
)
from facialis.report.plan_json import (
    NewerPlanError,
    PlanDocument,
    PlanFileError,
    plan_document_from,
    plan_file_value,
    plan_to_document,
)
from facialis.report.twin_json import NewerVersionError, Place, TwinFileError, check_format

FAMILY, VERSION = "facialis-signed-plan", 1
STATEMENT = (
    "A plan that the named clinician stands for. The file is a record, and no proof of who wrote it: that is "
    "the work of the system that keeps it."
)
REMEDY = "Sign the plan again with `facialis sign`."
MOST_REASONS = 300


@dataclass(frozen=True)
class SignedPlanDocument:
    """A draft with its origin, and its signature."""

    draft: PlanDocument
    signed: SignedPlan
    software_version: str
    """Of the software with which it was signed."""


def signed_plan_to_document(document: SignedPlanDocument) -> dict[str, Any]:
    """Turn a signed plan into plain dictionaries, lists, strings and finite numbers."""
    signed = document.signed
    return {
        "format": f"{FAMILY}/{VERSION}",
        "status": PlanStatus.ACTIVE.value,
        "statement": STATEMENT,
        "software": {"name": "facialis", "version": document.software_version},
        "by": signed.by,
        "day": signed.day.isoformat(),
        "reasons": dict(signed.reasons),
        "draft": plan_to_document(document.draft),
    }


def signed_plan_to_json(document: SignedPlanDocument) -> str:
    """Write the document as UTF-8 JSON text, two spaces deep, with a newline at the end."""
    plain = signed_plan_to_document(document)
    return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def load_signed_plan_schema() -> dict[str, Any]:
    """Read the committed JSON Schema (draft 2020-12) of the document; the draft has its own."""
    return load_json_schema("signed-plan-1")


def read_signed_plan_file(path: Path) -> SignedPlanDocument:
    """Read the file that `facialis sign` wrote; raises as `read_signed_plan`, or if it is no JSON."""
    return read_signed_plan(plan_file_value(path, "a signed plan"))


def read_signed_plan(document: Any) -> SignedPlanDocument:
    """Turn a document into a signed plan.

    Raises
    ------
    NewerPlanError, PlanFileError   As `read_plan`, of the document and of the draft in it.
    CannotSignError                 The plan could not have been signed so.
    """
    try:
        check_format(document, FAMILY, VERSION, "a signed plan")
        found = Place(document, "", REMEDY).keys(
            ("format", "status", "statement", "software", "by", "day", "reasons", "draft")
        )
        if found["status"].value != PlanStatus.ACTIVE.value:
            found["status"].refuse(f'"{PlanStatus.ACTIVE.value}"')
        found["statement"].text(LONGEST_SENTENCE)
        software = found["software"].keys(("name", "version"))
        if software["name"].value != "facialis":
            software["name"].refuse('"facialis"')
        check_format(found["draft"].value, PLAN_FAMILY, PLAN_VERSION, "the draft of a signed plan")
        draft = plan_document_from(found["draft"])
        reasons = {
            code: entry.text(LONGEST_SENTENCE) for code, entry in found["reasons"].named_items(MOST_REASONS)
        }
        by, day = found["by"].text(), read_day(found["day"])
        version = software["version"].text()
    except NewerVersionError as error:
        raise NewerPlanError(f"{error} Nothing of the file was read or changed.") from error
    except TwinFileError as error:
        raise PlanFileError(str(error)) from error
    return SignedPlanDocument(draft, sign(draft.plan, by=by, day=day, reasons=reasons), version)
