"""JSON and CSV: whole, strict, finite and safe to open."""

import csv
import io
import json
from dataclasses import replace

import jsonschema
import pytest

from facialis.anatomy.expressions import Expression
from facialis.measurement.findings import Finding, Severity
from facialis.report.csv_table import COLUMNS, to_csv
from facialis.report.document import NotANumberError, load_schema, to_json
from tests.factories.results import photo_result, refused_result, set_result

REST, SMILE = photo_result(Expression.REST), photo_result(Expression.OPEN_SMILE)
CLOSED, ALONE = photo_result(Expression.GENTLE_EYE_CLOSURE), photo_result(None, file="IMG 1.jpg")

RESULTS = {
    "a set": set_result(REST, SMILE, CLOSED, refused_result()),
    "a single photograph": set_result(ALONE),
    "nothing measured": set_result(refused_result()),
    "no photographs": set_result(),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS.keys())
def test_document_fits_its_schema(result):
    jsonschema.Draft202012Validator.check_schema(load_schema())
    document = json.loads(to_json(result))
    jsonschema.validate(document, load_schema())
    assert list(document["set"]) == ["excursions", "asymmetry", "synkinesis", "index"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.update(patient="Dana"),
        lambda d: d["photos"][0].update(gps="48.1 N"),
        lambda d: d["photos"][0].pop("mm_per_px"),
        lambda d: d["photos"][0]["measures"][0].update(side="L"),
        lambda d: d["photos"][-1]["error"].pop("code"),
    ],
)
def test_schema_refuses_anything_else(spoil):
    document = json.loads(to_json(RESULTS["a set"]))
    spoil(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, load_schema())


def test_photos_keep_the_order_of_the_input():
    document = json.loads(to_json(set_result(SMILE, refused_result(), REST)))
    assert [photo["file"] for photo in document["photos"]] == ["open_smile.jpg", "empty.jpg", "rest.jpg"]
    assert document["photos"][1]["error"]["code"] == "empty_file"


def test_same_result_gives_the_same_text():
    assert to_json(RESULTS["a set"]) == to_json(RESULTS["a set"])


def test_not_a_number_is_never_written():
    spoilt = replace(REST, findings=(Finding("blur", Severity.WARN, "Blurred.", float("nan")),))
    with pytest.raises(NotANumberError):
        to_json(set_result(spoilt))


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_holds_every_value_of_the_document():
    result = RESULTS["a set"]
    text = to_csv(result)
    rows = _rows(text)
    assert tuple(rows[0]) == COLUMNS
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1
    measures = [row for row in rows if row["kind"] == "measure"]
    assert len(measures) == sum(len(photo.measures) for photo in result.photos)
    assert {row["kind"] for row in rows} == {
        "measure", "refused", "excursion", "asymmetry", "synkinesis", "synkinesis_sub_score", "index",
    }  # fmt: skip
    brow = next(row for row in measures if row["name"] == "brow_height" and row["side"] == "left")
    assert float(brow["value"]) == pytest.approx(22.0, abs=0.01)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_file_name_is_never_a_formula(start):
    (row,) = [
        row
        for row in _rows(to_csv(set_result(refused_result(f"{start}cmd.jpg"))))
        if row["kind"] == "refused"
    ]
    assert row["file"] == f"'{start}cmd.jpg"


def test_negative_numbers_stay_numbers():
    rows = _rows(to_csv(RESULTS["a set"]))
    assert any(float(row["value"]) < 0 for row in rows if row["name"] == "commissure_height")
