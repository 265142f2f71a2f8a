import copy
import json
import math
from pathlib import Path

import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.grading.suggest import readings_from_measures
from facialis.grading.suggest.readings import NoReading, Reading
from facialis.report.document import to_document
from facialis.report.model import PhotoResult
from facialis.report.read_measurement import (
    CannotReadMeasurementError,
    MeasurementDocumentError,
    read_measurement,
    read_measurement_file,
)
from tests.factories.faces import FaceShape
from tests.factories.measures import measure_shape
from tests.factories.results import WEAK_LEFT, refused_result, set_result

REMEDY = "Measure the photographs again with `facialis measure --format json`."


def photo_result(expression, file="photo.jpg"):
    measures = measure_shape(WEAK_LEFT.get(expression or Expression.REST, FaceShape()))
    return PhotoResult(file, expression, Mirrored.NO, backend="recorded", measures=measures)


PHOTOS = tuple(
    photo_result(e) for e in (Expression.REST, Expression.OPEN_SMILE, Expression.GENTLE_EYE_CLOSURE)
)
RESULT = set_result(*PHOTOS)
DOCUMENT = to_document(RESULT)


@pytest.fixture
def document():
    return copy.deepcopy(DOCUMENT)


def refusal(document):
    with pytest.raises(MeasurementDocumentError) as error:
        read_measurement(document)
    assert error.value.code == "measurement_document_invalid"
    return str(error.value)


def test_a_document_gives_the_readings_of_its_measures():
    found = read_measurement(DOCUMENT)
    expected = readings_from_measures([(p.expression, p.measures) for p in PHOTOS], affected=Side.LEFT)
    assert found.affected is Side.LEFT
    assert found.photographed == expected.photographed
    for name in ("measures", "excursions", "asymmetries", "excursion_asymmetries", "involuntary"):
        own, other = getattr(found, name), getattr(expected, name)
        # The document holds the affected side of the synkinesis matrix only.
        wanted = {k: v for k, v in other.items() if name != "involuntary" or k[2] is Side.LEFT}
        assert own.keys() == wanted.keys()
        for key, value in wanted.items():
            if isinstance(value, NoReading):
                assert own[key] == value
            else:
                assert own[key].unit == value.unit
                assert own[key].value == pytest.approx(value.value, abs=1e-4)
                assert own[key].sd == pytest.approx(value.sd, abs=1e-4)


def test_repeats_of_an_expression_are_averaged(document):
    first = document["photos"][0]
    second = copy.deepcopy(first)
    for photo, value in ((first, 20.0), (second, 22.0)):
        photo["measures"][0].update(value=value, sd=1.0)
    document["photos"].append(second)
    name, side = first["measures"][0]["name"], Side(first["measures"][0]["side"])
    found = read_measurement(document).value(Expression.REST, name, side)
    assert found == Reading(21.0, 1.0, "mm")


def test_repeats_in_different_units_are_refused(document):
    second = copy.deepcopy(document["photos"][0])
    second["measures"][0]["unit"] = "deg"
    document["photos"].append(second)
    assert refusal(document) == (
        "photos[3].measures[0] and the same measure of an earlier photograph are in deg, mm; one is allowed. "
        f"{REMEDY}"
    )


def test_a_refused_photograph_gives_its_reason():
    smile = refused_result("smile.jpg")
    document = to_document(set_result(PHOTOS[0], smile))
    document["photos"][1]["expression"] = "snarl"
    found = read_measurement(document)
    assert found.refused == {Expression.SNARL: "'smile.jpg' is empty."}
    assert found.value(Expression.SNARL, "brow_height", Side.LEFT) == NoReading(
        "The photograph of 'snarl' was refused: 'smile.jpg' is empty."
    )


def test_photographs_that_nobody_named_are_passed_over():
    document = to_document(set_result(PHOTOS[0], photo_result(None, file="x.jpg"), refused_result()))
    found = read_measurement(document)
    assert found.photographed == {Expression.REST}
    assert found.refused == {}


def test_additions_of_a_later_version_are_passed_over(document):
    document["schema_version"] = "1.7"
    document["news"] = {"x": [1]}
    document["set"]["excursions"][0]["news"] = None
    document["photos"][0]["measures"][0]["name"] = "ear_height"
    found = read_measurement(document)
    assert any(name == "ear_height" for _, name, _ in found.measures)


def test_an_affected_side_may_be_unknown(document):
    document["set"]["synkinesis"]["affected"] = None
    assert read_measurement(document).affected is None


@pytest.mark.parametrize("version", ["2.0", "0.9", "11.0", "one"])
def test_another_version_is_refused(document, version):
    document["schema_version"] = version
    assert refusal(document) == (f"The document has schema_version '{version}'; allowed is 1.x. {REMEDY}")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        ([], "a list"),
        ("x", '"x"'),
        (3, "3"),
        (True, "true"),
        (10**5000, "a very large number"),
    ],
    ids=["null", "list", "text", "number", "flag", "large"],
)
def test_a_document_is_an_object(value, shown):
    assert refusal(value) == f"The document is {shown}; allowed is an object. {REMEDY}"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (("schema_version",), "The document has no 'schema_version'."),
        (("photos",), "The document has no 'photos'."),
        (("set",), "The document has no 'set'."),
        (("set", "excursions"), "set has no 'excursions'."),
        (("set", "asymmetry"), "set has no 'asymmetry'."),
        (("set", "synkinesis"), "set has no 'synkinesis'."),
        (("set", "synkinesis", "affected"), "set.synkinesis has no 'affected'."),
        (("set", "synkinesis", "entries"), "set.synkinesis has no 'entries'."),
        (("set", "synkinesis", "entries", 0, "region"), "set.synkinesis.entries[0] has no 'region'."),
        (("set", "excursions", 2, "value"), "set.excursions[2] has no 'value'."),
        (("set", "excursions", 2, "sd"), "set.excursions[2] has no 'sd'."),
        (("set", "excursions", 2, "side"), "set.excursions[2] has no 'side'."),
        (("set", "excursions", 2, "unit"), "set.excursions[2] has no 'unit'."),
        (("set", "asymmetry", 1, "name"), "set.asymmetry[1] has no 'name'."),
        (("set", "asymmetry", 1, "expression"), "set.asymmetry[1] has no 'expression'."),
        (("photos", 0, "expression"), "photos[0] has no 'expression'."),
        (("photos", 0, "measures"), "photos[0] has no 'measures'."),
        (("photos", 1, "measures", 3, "name"), "photos[1].measures[3] has no 'name'."),
    ],
)
def test_a_missing_key_is_named(document, path, sentence):
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    assert refusal(document) == f"{sentence} {REMEDY}"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("schema_version",), 1, "The document.schema_version is 1; allowed is a text that is not empty."),
        (("photos",), {}, "photos is an object; allowed is a list."),
        (("photos", 0), "x", 'photos[0] is "x"; allowed is an object.'),
        (("set",), [], "set is a list; allowed is an object."),
        (("set", "synkinesis"), None, "set.synkinesis is null; allowed is an object."),
        (
            ("set", "synkinesis", "affected"),
            "LEFT",
            'set.synkinesis.affected is "LEFT"; allowed is one of left, right.',
        ),
        (("set", "excursions", 0, "side"), 1, "set.excursions[0].side is 1; allowed is one of left, right."),
        (
            ("set", "excursions", 0, "name"),
            "",
            'set.excursions[0].name is ""; allowed is a text that is not empty.',
        ),
        (
            ("set", "excursions", 0, "value"),
            "4.5",
            'set.excursions[0].value is "4.5"; allowed is a number or null.',
        ),
        (
            ("set", "excursions", 0, "value"),
            True,
            "set.excursions[0].value is true; allowed is a number or null.",
        ),
        (
            ("set", "excursions", 0, "value"),
            math.nan,
            "set.excursions[0].value is NaN; allowed is a number from -100000 to 100000.",
        ),
        (
            ("set", "excursions", 0, "value"),
            1e300,
            "set.excursions[0].value is 1e+300; allowed is a number from -100000 to 100000.",
        ),
        (
            ("set", "excursions", 0, "value"),
            -100001,
            "set.excursions[0].value is a very large number; allowed is a number from -100000 to 100000.",
        ),
        (
            ("set", "excursions", 0, "sd"),
            math.inf,
            "set.excursions[0].sd is Infinity; allowed is a number from -100000 to 100000.",
        ),
        (
            ("set", "excursions", 0, "sd"),
            None,
            "set.excursions[0].sd is null; a value needs an sd of 0 or more.",
        ),
        (
            ("set", "excursions", 0, "sd"),
            -0.5,
            "set.excursions[0].sd is -0.5; a value needs an sd of 0 or more.",
        ),
        (
            ("set", "excursions", 0, "unit"),
            "cm",
            "set.excursions[0].unit is 'cm'; allowed is one of mm, mm2, deg.",
        ),
        (
            ("set", "synkinesis", "entries", 0, "reason"),
            None,
            "set.synkinesis.entries[0].reason is null; allowed is a text that is not empty.",
        ),
        (
            ("photos", 0, "expression"),
            ["rest"],
            (
                "photos[0].expression is a list; allowed is one of rest, brow_raise, gentle_eye_closure, "
                "tight_eye_closure, snarl, closed_smile, open_smile, pucker, lower_teeth_show, nasal_base."
            ),
        ),
        (("photos", 0, "error"), "bad", 'photos[0].error is "bad"; allowed is an object.'),
        (
            ("photos", 0, "error"),
            {},
            "photos[0].error has no 'message'.",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(document, path, value, sentence):
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    assert refusal(document) == f"{sentence} {REMEDY}"


def test_numbers_at_the_ends_are_allowed(document):
    document["set"]["excursions"][0].update(value=-1e5, sd=0, reason=None)
    entry = document["set"]["excursions"][0]
    found = read_measurement(document).excursion(
        Expression(entry["expression"]), entry["name"].removesuffix("_excursion"), Side(entry["side"])
    )
    assert found == Reading(-1e5, 0.0, "mm")


def test_a_long_text_is_shown_in_part(document):
    document["set"]["synkinesis"]["affected"] = "l" * 100
    assert refusal(document).startswith(f'set.synkinesis.affected is "{"l" * 39}...; allowed is one of')
    document["set"]["synkinesis"]["affected"] = "l" * 38
    assert refusal(document).startswith(f'set.synkinesis.affected is "{"l" * 38}"; allowed is one of')


@pytest.mark.parametrize("key", ["excursions", "asymmetry"])
def test_an_entry_that_is_given_twice_is_refused(document, key):
    entries = document["set"][key]
    entries.append(entries[0])
    assert refusal(document) == (
        f"set.{key}[{len(entries) - 1}] repeats an earlier entry; allowed is one of each kind. {REMEDY}"
    )


def test_a_file_is_read(tmp_path):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(DOCUMENT), "utf-8")
    assert read_measurement_file(path) == read_measurement(DOCUMENT)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is not JSON"),
        (b'{"schema_version": "1.0"', "is not JSON"),
        (b"[" * 200_000, "is not JSON"),
        (b'{"x": NaN}', "is not JSON (it holds NaN, which is no number)"),
        (b'{"x": -Infinity}', "is not JSON (it holds -Infinity, which is no number)"),
        (b"1" * 5000, "is not JSON"),
        (b"\xff\xfe", "is not UTF-8 text"),
    ],
    ids=["empty", "cut", "deep", "nan", "infinity", "long", "binary"],
)
def test_a_file_that_is_no_json_is_refused(tmp_path, content, told):
    path = tmp_path / "result.json"
    path.write_bytes(content)
    with pytest.raises(CannotReadMeasurementError) as error:
        read_measurement_file(path)
    assert error.value.code == "measurement_file_unreadable"
    assert str(error.value).startswith(f"'{path}' {told}")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CannotReadMeasurementError) as error:
        read_measurement_file(tmp_path / "none.json")
    assert str(error.value) == (
        f"'{tmp_path / 'none.json'}' cannot be read (No such file or directory). Give the JSON file that "
        "`facialis measure` wrote."
    )


def test_a_file_that_is_far_too_large_is_not_even_read(tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as stream:
        stream.truncate(32 * 1024 * 1024 + 1)
    with pytest.raises(CannotReadMeasurementError) as error:
        read_measurement_file(path)
    assert str(error.value) == (
        f"'{path}' has more than 32 MiB, the most that is allowed. Give the result of one patient's "
        "photographs."
    )


def test_device_without_an_end_is_refused():
    with pytest.raises(CannotReadMeasurementError, match="has more than 32 MiB"):
        read_measurement_file(Path("/dev/zero"))


def test_name_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "result.json"
    path.write_text('{"set": {"affected_side": "left", "n": 1, "affected_side": "right"}}')
    with pytest.raises(CannotReadMeasurementError, match="it names 'affected_side' more than once"):
        read_measurement_file(path)
