"""A patient's case as JSON: written whole, read strictly; what is absent was not asked."""

import json
from pathlib import Path
from typing import Any

from facialis.errors import FacialisError
from facialis.planning.case.case import Case
from facialis.report.case_reading import FAMILY, VERSION, case_from
from facialis.report.case_writing import case_to_plain
from facialis.report.json_schema import load_json_schema
from facialis.report.twin_json import (
    CannotReadTwinFileError,
    NewerVersionError,
    Place,
    TwinFileError,
    check_format,
    read_json_file,
)

MOST_BYTES = 2_000_000
"""More than every visit and treatment that a case may hold."""
REMEDY = "Correct the file; the manual lists every key under 'The case'."


class CaseFileError(FacialisError):
    """A file of a case holds what it must not."""

    code = "case_file_invalid"


class CannotReadCaseFileError(FacialisError):
    """A file of a case is not there, is no JSON, or is far too large."""

    code = "case_file_unreadable"


class NewerCaseError(CaseFileError):
    """The file was written by a later version of the format."""

    code = "case_file_newer"


def case_to_json(case: Case) -> str:
    """Write a case as UTF-8 JSON text, two spaces deep, with a newline at the end."""
    return json.dumps(case_to_plain(case), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def load_case_schema() -> dict[str, Any]:
    """Read the committed JSON Schema (draft 2020-12) of the document."""
    return load_json_schema("case-1")


def read_case_file(path: Path) -> Case:
    """Read the file of a case; raises as `read_case`, and `CannotReadCaseFileError` if it is no JSON."""
    try:
        document = read_json_file(path, "a case", most_bytes=MOST_BYTES)
    except CannotReadTwinFileError as error:
        raise CannotReadCaseFileError(str(error)) from error
    return read_case(document)


def read_case(document: Any) -> Case:
    """Turn a document into a case.

    Raises
    ------
    NewerCaseError              A later Facialis wrote it; nothing of it was taken over.
    CaseFileError               A key is missing or unknown, or a value of the wrong kind.
    CaseError, HistoryError and others
                                The case contradicts itself, or an injection cannot have been.
    """
    try:
        check_format(document, FAMILY, VERSION, "a case")
        return case_from(Place(document, "", REMEDY))
    except NewerVersionError as error:
        raise NewerCaseError(f"{error} Nothing of the file was read or changed.") from error
    except TwinFileError as error:
        raise CaseFileError(str(error)) from error
