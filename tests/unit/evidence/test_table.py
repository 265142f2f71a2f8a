"""Tables are refused when a row could not be doubted: no source, no tag, no unit, no place."""

import pytest

from facialis.evidence import Citation, CitedValue, EvidenceError, Provenance, load_rows, load_values
from facialis.evidence.passport import parse_passport
from facialis.evidence.table import VALUE_COLUMNS, parse_rows, parse_values

HEAD = 'title = "T"\nlicence = "L"\nlast_reviewed = "2026-01-01"\ngenerator = "hand"\n'


def passport(columns, key, *, units="", population=""):
    whom = f'population = "{population}"\n' if population else ""
    described = "".join(f'{name} = "x"\n' for name in columns)
    return f"{HEAD}key = {list(key)}\n{whom}[columns]\n{described}" + (f"[units]\n{units}" if units else "")


VALUES = passport(VALUE_COLUMNS, ("name", "preference"))
HEADER = ",".join(VALUE_COLUMNS) + "\n"
ROW = "iris,11.7,0.42,,,mm,adults,Rufer05,p. 1,recall-medium,1,\n"

OWN_COLUMNS = ("muscle", "share", "source_key", "locator", "provenance", "note")
OWN_HEADER = ",".join(OWN_COLUMNS) + "\n"
OWN = passport(OWN_COLUMNS, ("muscle",), units='share = "1"\n', population="adults")
OWN_ROW = "frontalis,0.5,Rufer05,p. 1,design,why\n"


def values(rows, about=VALUES, header=HEADER):
    return parse_values(header + rows, about, where="test table")


def rows_of(rows, about=OWN, header=OWN_HEADER):
    return parse_rows(header + rows, about, where="test table")


def test_row_becomes_a_cited_value():
    (value,) = values(ROW).values
    assert value == CitedValue(
        "iris", 11.7, 0.42, None, "mm", "adults", "Rufer05", "p. 1", Provenance.RECALL_MEDIUM, "", 1
    )
    assert value.citation == Citation("Rufer05", "p. 1", Provenance.RECALL_MEDIUM, "adults", "")
    assert value.citation.text == "Rufer05, p. 1 [recall-medium]"


def test_interval_is_read():
    assert values(ROW.replace("0.42,,", ",11,12.5")).values[0].interval == (11.0, 12.5)


def test_an_interval_alone_is_enough_but_is_no_number():
    (value,) = values(ROW.replace("11.7,0.42,,", ",,11,12.5")).values
    assert value.value is None
    with pytest.raises(EvidenceError, match=r"interval \(11.0, 12.5\) without a value"):
        _ = value.number
    assert values(ROW).values[0].number == 11.7


def test_preferred_value_is_first_and_others_stay_visible():
    table = values(ROW.replace("medium,1", "medium,2") + ROW.replace("11.7", "11.77"))
    assert table.preferred("iris").value == 11.77
    assert [v.value for v in table.all_of("iris")] == [11.77, 11.7]
    with pytest.raises(EvidenceError, match="'pupil' is not in 'T'; it holds iris"):
        table.preferred("pupil")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (ROW.replace("Rufer05", "Nobody99"), "line 2: source 'Nobody99' is not in bibliography.bib"),
        (ROW.replace("recall-medium", "certain"), "provenance 'certain' is unknown; use one of found"),
        (ROW.replace("11.7,", "eleven,"), "value is 'eleven'. Numbers are written like"),
        (ROW.replace("11.7,", "nan,"), "value is 'nan'; every number must be finite"),
        (ROW.replace("11.7,", "Infinity,"), "must be finite"),
        (ROW.replace("11.7,0.42", ","), "neither value nor interval"),
        (ROW.replace("0.42", "-1"), "must be 0 or more"),
        (ROW.replace("0.42,,", ",12,11"), "low must not exceed high"),
        (ROW.replace("0.42,,", ",12,"), "low and high stand together"),
        (ROW.replace("adults", " "), "population is empty"),
        (ROW.replace("p. 1", " "), "locator is empty"),
        (ROW.replace("mm", " "), "unit is empty"),
        (ROW.replace("iris", " "), "name is empty"),
        (ROW.replace("medium,1", "medium,0"), "first choice is 1"),
        (ROW.replace("medium,1", "medium,1.5"), "preference is '1.5'; a whole number is wanted"),
        (ROW + ROW, "line 3: a second row has the key 'iris/1'"),
        ("iris,11.7\n", "line 2: the row has not as many cells"),
        (ROW.strip() + ",more\n", "line 2: the row has not as many cells"),
    ],
)
def test_bad_row_is_refused_with_its_reason(rows, message):
    with pytest.raises(EvidenceError, match=message):
        values(rows)


def test_one_preference_belongs_to_one_row_of_a_name():
    about = passport(VALUE_COLUMNS, ("name", "value"))
    with pytest.raises(EvidenceError, match="'iris' has two rows of preference 1"):
        values(ROW + ROW.replace("11.7", "11.8"), about)


def test_values_need_the_columns_of_values():
    with pytest.raises(EvidenceError, match="a table of cited values has the columns name, value"):
        parse_values(OWN_HEADER + OWN_ROW, OWN, where="t")


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ("not toml", "the passport is not TOML"),
        (HEAD, "the passport lacks key, columns"),
        (HEAD + 'key = ["a"]\n[columns]\nb = "x"\n', "key and units name a, not a column"),
        (HEAD + 'key = ["b"]\n[columns]\nb = "x"\n[units]\nc = "mm"\n', "key and units name c, not a column"),
        (HEAD + 'key = ["b"]\n[columns]\nb = "x"\n[units]\nb = " "\n', "the unit of b is empty"),
    ],
)
def test_bad_passport_is_refused_with_its_reason(about, message):
    with pytest.raises(EvidenceError, match=message):
        parse_passport(about, "t")


def test_passport_is_read_whole():
    read = parse_passport(OWN, "t")
    assert (read.title, read.licence, read.last_reviewed, read.generator) == ("T", "L", "2026-01-01", "hand")
    assert (read.key, dict(read.units), read.population) == (("muscle",), {"share": "1"}, "adults")
    assert tuple(read.columns) == OWN_COLUMNS
    assert read.reason == ""
    assert parse_passport('reason = "so"\n' + OWN, "t").reason == "so"


def test_header_is_the_passports():
    with pytest.raises(EvidenceError, match="They must be the same, in the same order"):
        rows_of(OWN_ROW, header=OWN_HEADER.replace("muscle,share", "share,muscle"))


def test_every_table_has_the_columns_of_a_citation():
    columns = ("muscle", "share", "source_key")
    about = passport(columns, ("muscle",), population="adults")
    with pytest.raises(EvidenceError, match="the columns locator, provenance are missing"):
        rows_of("frontalis,0.5,Rufer05\n", about, ",".join(columns) + "\n")


def test_numbers_need_a_unit():
    about = passport(OWN_COLUMNS, ("muscle",), population="adults")
    with pytest.raises(EvidenceError, match="share holds numbers without a unit"):
        rows_of(OWN_ROW, about)
    assert rows_of(OWN_ROW.replace("0.5", "half"), about).rows[0].text("share") == "half"
    assert rows_of(OWN_ROW.replace("0.5", ""), about).rows[0].optional_text("share") is None


def test_population_is_the_tables_unless_a_column_says_it():
    assert rows_of(OWN_ROW).rows[0].citation.population == "adults"
    with pytest.raises(EvidenceError, match="population is empty"):
        rows_of(OWN_ROW, passport(OWN_COLUMNS, ("muscle",), units='share = "1"\n'))


def test_key_of_a_row_joins_its_cells():
    table = rows_of(OWN_ROW, passport(OWN_COLUMNS, ("muscle", "note"), units='share = "1"', population="a"))
    assert table.key_of(table.rows[0]) == "frontalis/why"


def test_packaged_tables_are_read_once():
    norms = load_values("facialis.measurement.tables", "norms")
    assert norms is load_values("facialis.measurement.tables", "norms")
    assert norms.preferred("iris_diameter").provenance is Provenance.DESIGN
    movements = load_rows("facialis.measurement.tables", "synkinesis_movements")
    assert movements is load_rows("facialis.measurement.tables", "synkinesis_movements")
    assert movements.passport.title == "Which movement is involuntary in which expression"
