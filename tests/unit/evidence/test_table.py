import csv
from pathlib import Path

import pytest

import facialis.evidence
from facialis.evidence import CitedValue, EvidenceError, Provenance, load_packaged_table
from facialis.evidence.bibliography import source_keys
from facialis.evidence.table import VALUE_COLUMNS, parse_cited_table, read_rows

PASSPORT = (
    'title = "T"\nlicence = "L"\nlast_reviewed = "2026-01-01"\ngenerator = "hand"\n[columns]\n'
    + "".join(f'{name} = "x"\n' for name in VALUE_COLUMNS)
)
HEADER = ",".join(VALUE_COLUMNS) + "\n"
ROW = "iris,11.7,0.42,,,mm,adults,Rufer05,p. 1,recall-medium,1,\n"


def parse(rows, passport=PASSPORT, header=HEADER):
    return parse_cited_table(header + rows, passport, where="test table")


def test_row_becomes_a_cited_value():
    (value,) = parse(ROW).values
    assert value == CitedValue(
        "iris", 11.7, 0.42, None, "mm", "adults", "Rufer05", "p. 1", Provenance.RECALL_MEDIUM, "", 1
    )


def test_interval_is_read():
    assert parse(ROW.replace("0.42,,", ",11,12.5")).values[0].interval == (11.0, 12.5)


def test_preferred_value_is_first_and_others_stay_visible():
    table = parse(ROW + ROW.replace("11.7", "11.77").replace("medium,1", "medium,2"))
    assert table.preferred("iris").value == 11.7
    assert [v.value for v in table.all_of("iris")] == [11.7, 11.77]
    with pytest.raises(EvidenceError, match="it holds iris"):
        table.preferred("pupil")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (ROW.replace("Rufer05", "Nobody99"), "line 2: source 'Nobody99' is not in bibliography.bib"),
        (ROW.replace("recall-medium", "certain"), "provenance 'certain' is unknown; use one of found"),
        (ROW.replace("11.7,", "eleven,"), "Numbers are written like"),
        (ROW.replace("11.7,", "nan,"), "must be finite"),
        (ROW.replace("0.42", "-1"), "must be 0 or more"),
        (ROW.replace("0.42,,", ",12,11"), "low must not exceed high"),
        (ROW.replace("0.42,,", ",12,"), "stand together"),
        (ROW.replace("adults", " "), "empty population"),
        (ROW.replace("medium,1", "medium,0"), "first choice is 1"),
        (ROW + ROW, "two rows of preference 1"),
        ("iris,11.7\n", "not as many cells"),
    ],
)
def test_bad_row_is_refused_with_its_reason(rows, message):
    with pytest.raises(EvidenceError, match=message):
        parse(rows)


@pytest.mark.parametrize(
    ("passport", "message"),
    [
        ("title =", "not TOML"),
        (PASSPORT.replace('licence = "L"', 'licence = ""'), "lacks licence"),
        (PASSPORT.replace('sd = "x"\n', ""), "the passport describes"),
    ],
)
def test_bad_passport_is_refused_with_its_reason(passport, message):
    with pytest.raises(EvidenceError, match=message):
        parse(ROW, passport)


def test_table_of_other_columns_is_rows_not_values():
    passport = PASSPORT[: PASSPORT.index("[columns]")] + '[columns]\nsource_key = "x"\nprovenance = "x"\n'
    text = "source_key,provenance\nRufer05,found\n"
    assert read_rows(text, passport, where="t")[1] == [{"source_key": "Rufer05", "provenance": "found"}]
    with pytest.raises(EvidenceError, match="has the columns name"):
        parse_cited_table(text, passport, where="t")


def test_packaged_norms_are_valid():
    norms = load_packaged_table("facialis.measurement.tables", "norms")
    assert norms.preferred("iris_diameter").provenance is Provenance.DESIGN
    assert len(norms.all_of("iris_diameter")) == 3


def test_bibliography_holds_only_sources_in_use():
    used = set()
    for path in Path(facialis.evidence.__file__).parents[1].rglob("*.csv"):
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        used |= {row["source_key"] for row in rows if "source_key" in row}
    assert used == source_keys()
