"""Every table of the software can be found and walked."""

from pathlib import Path

import pytest

import facialis
from facialis.evidence import Provenance, UnknownReferenceError, load_rows
from facialis.evidence.catalogue import all_rows, rows_named, rows_of_source, rows_of_table, tables
from facialis.evidence.row_text import numbers_of
from facialis.evidence.sources import SourceKind, sources

PACKAGE = Path(facialis.__file__).parent
OURS = {Provenance.DESIGN, Provenance.CALIBRATED, Provenance.DERIVED, Provenance.RECALL_MEDIUM}
"""Tags of what this software decided or worked out, be it from something unsure."""

MESH = {"anatomy/neutral_points", "anatomy/neutral_triangles"}
"""Geometry, drawn by a tool: no numbers from the literature."""


def test_catalogue_holds_every_csv_file_of_the_package():
    files = {f"{path.relative_to(PACKAGE).parts[0]}/{path.stem}" for path in PACKAGE.rglob("*.csv")}
    assert set(tables()) == files - MESH


@pytest.mark.parametrize("name", tables())
def test_every_row_of_every_table_resolves_to_a_source(name):
    found = rows_of_table(name)
    assert found
    for item in found:
        citation = item.row.citation
        assert citation.source_key in sources(), item.row.where
        assert citation.locator, item.row.where
        assert citation.population, item.row.where
        ours = sources()[citation.source_key].kind is SourceKind.DESIGN
        assert not ours or citation.provenance in OURS, f"{item.row.where}: our decision is not evidence"


@pytest.mark.parametrize("name", tables())
def test_every_decision_of_ours_says_why(name):
    reason = tables()[name].load().passport.reason
    for item in rows_of_table(name):
        if item.row.citation.provenance is Provenance.DESIGN:
            assert reason or item.row.citation.note, (
                f"{item.row.where}: give a note, or the passport a reason"
            )


def test_rows_of_a_source_are_all_that_rest_on_it():
    found = rows_of_source("Rufer05")
    assert {item.row.citation.source_key for item in found} == {"Rufer05"}
    assert len(found) == sum(item.row.citation.source_key == "Rufer05" for item in all_rows()) > 1
    assert rows_of_source("Nobody99") == ()


def test_rows_are_found_by_their_name():
    assert {item.address.name for item in rows_named("iris_diameter")} == {
        "measurement/norms",
        "vision/gain_and_noise",
    }
    (row,) = rows_named("rest/brow_height/no")
    assert row.key == "rest/brow_height/no"
    assert rows_named("no such number") == ()
    assert rows_named("") == ()


def test_unknown_table_is_refused():
    with pytest.raises(UnknownReferenceError, match="There is no table 'toxins/gold'"):
        rows_of_table("toxins/gold")


def test_numbers_are_read_with_their_units():
    assert numbers_of(rows_named("rest/brow_height/no")[0]) == ("weight 1", "full asymmetry 14 mm")
    iris = [item for item in rows_named("iris_diameter") if item.address.room == "measurement"]
    assert numbers_of(iris[1]) == ("11.71 sd 0.42 mm",)
    movement = rows_of_table("measurement/synkinesis_movements")[0]
    assert numbers_of(movement) == ("direction -1", "sub score ocular")


def test_address_loads_its_table():
    table = tables()["measurement/norms"]
    assert table.load() is load_rows("facialis.measurement.tables", "norms")
