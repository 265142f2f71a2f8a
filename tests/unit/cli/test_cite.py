"""`facialis cite` leads from a number, a table, a source or a result to the references."""

import json

import pytest
from typer.testing import CliRunner

from facialis.cli import cite as verb
from facialis.cli.cite import ResultFileError, app, look_up
from facialis.evidence import UnknownReferenceError
from facialis.evidence.sources import parse_sources, sources

runner = CliRunner()


def cite(*arguments):
    outcome = runner.invoke(app, list(arguments))
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_number_is_printed_with_unit_population_place_and_tag():
    words = " ".join(cite("iris_diameter").split())
    assert "measurement/norms: Normal values" in words
    assert "11.71 sd 0.42 mm" in words
    assert "[recall-medium]" in words
    assert "Rüfer F. Cornea 2005;24:259–261." in words
    assert words.endswith("A clinician confirms it before it is used.")


def test_table_row_and_source_are_found():
    rows = json.loads(cite("measurement/symmetry_index", "--format", "json"))["rows"]
    one = json.loads(cite(f"measurement/symmetry_index:{rows[0]['key']}", "--format", "json"))
    assert one["rows"] == rows[:1]
    assert one["rows"][0]["units"] == {"weight": "1", "full_asymmetry_mm": "mm"}
    assert [entry["key"] for entry in one["sources"]] == ["Facialis"]
    of_source = json.loads(cite("Rufer05", "--format", "json"))
    assert {row["source"] for row in of_source["rows"]} == {"Rufer05"}
    assert of_source["sources"][0]["note"].startswith("On the horizontal white-to-white")
    assert of_source["sources"][0]["doi"] is None


def test_source_without_rows_is_still_printed():
    assert "Filipo" in cite("Filipo12")


def test_design_numbers_need_no_confirmation_sentence():
    assert "clinician confirms" not in cite("measurement/symmetry_index")


def test_everything_is_listed_when_nothing_is_asked():
    everything = json.loads(cite("--format", "json"))
    assert {entry["key"] for entry in everything["sources"]} == set(sources())
    assert {
        "name": "measurement/norms",
        "title": "Normal values, and what measurement rests on",
        "rows": 19,
    } in (everything["tables"])
    assert everything["rows"] == []


def test_bibtex_can_be_read_by_a_reference_manager():
    assert list(parse_sources(cite("Moran96", "--format", "bibtex"))) == ["Moran96"]


def test_result_file_leads_to_its_references(tmp_path):
    file = tmp_path / "result.json"
    file.write_text(json.dumps({"evidence": ["measurement/norms"], "grades": [{"sources": ["House85"]}]}))
    found = json.loads(cite(str(file), "--format", "json"))
    assert [table["name"] for table in found["tables"]] == ["measurement/norms"]
    assert {"House85", "Rufer05", "Emotrics"} <= {entry["key"] for entry in found["sources"]}
    assert "measurement/norms" in cite(str(file))


@pytest.mark.parametrize("what", ["nothing", ""])
def test_unknown_name_is_refused(what):
    with pytest.raises(UnknownReferenceError, match=f"'{what}' is neither a table, a row, a source"):
        look_up(what)


def test_unknown_row_is_refused_with_the_way_to_its_table():
    with pytest.raises(UnknownReferenceError) as refusal:
        look_up("measurement/norms:nought")
    assert str(refusal.value) == (
        "The table 'measurement/norms' has no row 'nought'. `facialis cite measurement/norms` lists its rows."
    )


def test_unknown_table_of_a_row_is_refused():
    with pytest.raises(UnknownReferenceError, match="There is no table 'toxins/gold'"):
        look_up("toxins/gold:iris")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "result.json is not JSON"),
        (b"{", "result.json is not JSON"),
        (b"[" * 100_000, "result.json is not JSON"),
        (b'{"value": ' + b"1" * 5000 + b"}", "result.json is not JSON"),
        (b'{"file": "House85"}', "result.json names no source of Facialis"),
    ],
)
def test_file_that_is_no_result_is_refused(tmp_path, content, message):
    file = tmp_path / "result.json"
    file.write_bytes(content)
    with pytest.raises(ResultFileError, match=message):
        look_up(str(file))


def test_missing_and_oversized_files_are_refused(tmp_path, monkeypatch):
    with pytest.raises(ResultFileError, match=r"none.json cannot be read \(No such file"):
        look_up(str(tmp_path / "none.json"))
    file = tmp_path / "result.json"
    file.write_text("{}")
    monkeypatch.setattr(verb, "MAX_RESULT_BYTES", 1)
    with pytest.raises(ResultFileError, match="larger than any result"):
        look_up(str(file))


def test_device_without_an_end_is_refused(tmp_path):
    (tmp_path / "endless.json").symlink_to("/dev/zero")
    with pytest.raises(ResultFileError, match=r"endless.json is larger than any result"):
        look_up(str(tmp_path / "endless.json"))


def test_name_too_long_for_a_file_is_an_unknown_name():
    with pytest.raises(UnknownReferenceError, match="is neither a table, a row, a source"):
        look_up("a" * 5000)
