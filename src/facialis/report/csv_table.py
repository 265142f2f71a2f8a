"""The result as a long table (one row a value), RFC 4180, for spreadsheets and statistics programs."""

import csv
import io
from typing import Any

from facialis.report.document import to_document
from facialis.report.model import SetResult

COLUMNS = (
    "kind",
    "file",
    "expression",
    "mirrored",
    "name",
    "side",
    "value",
    "sd",
    "unit",
    "raw",
    "method",
    "ratio",
    "ratio_sd",
    "reason",
    "error_code",
)
"""`kind` says what a row is: a measure of a photo, a refused photo, or a value of the whole set."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes text that begins so for a formula; a file name must never be run."""


def to_csv(result: SetResult) -> str:
    """Write all values as comma-separated text with CRLF line ends and one header row."""
    document = to_document(result)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in [*_photo_rows(document), *_set_rows(document)]:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue()


def _photo_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for photo in document["photos"]:
        common = {key: photo.get(key) for key in ("file", "expression", "mirrored")}
        if "error" in photo:
            error = photo["error"]
            rows.append(
                {"kind": "refused", **common, "reason": error["message"], "error_code": error["code"]}
            )
            continue
        rows += [{"kind": "measure", **common, **measure} for measure in photo["measures"]]
    return rows


def _set_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    whole = document["set"]
    rows = [{"kind": "excursion", **item} for item in whole["excursions"]]
    rows += [{"kind": "asymmetry", **item} for item in whole["asymmetry"]]
    rows += [
        {"kind": "synkinesis", **item, "name": item["region"], "unit": "mm"}
        for item in whole["synkinesis"]["entries"]
    ]
    rows += [
        {"kind": "synkinesis_sub_score", **item, "unit": "mm"} for item in whole["synkinesis"]["sub_scores"]
    ]
    rows.append({"kind": "index", "name": "symmetry_index", **whole["index"], "unit": "0-100"})
    return rows


def _cell(value: Any) -> Any:
    """Disarm text; numbers stay as they are, minus sign and all."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value
