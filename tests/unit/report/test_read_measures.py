"""Measures come back from the document as they were, with the parts of their errors."""

import copy
import json
from dataclasses import fields

import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.report.document import to_document
from facialis.report.model import PhotoResult
from facialis.report.read_measurement import CannotReadMeasurementError, MeasurementDocumentError
from facialis.report.read_measures import read_measures, read_measures_file
from facialis.twin.present.visits import visit_from_measures
from tests.factories.faces import FaceShape
from tests.factories.measures import measure_shape
from tests.factories.results import WEAK_LEFT, refused_result, set_result

REMEDY = "Measure the photographs again with `facialis measure --format json`."


def photo(expression, file="photo.jpg", mirrored=Mirrored.NO):
    measures = measure_shape(WEAK_LEFT.get(expression or Expression.REST, FaceShape()))
    return PhotoResult(file, expression, mirrored, backend="recorded", measures=measures)


PHOTOS = tuple(photo(e) for e in (Expression.REST, Expression.OPEN_SMILE, Expression.GENTLE_EYE_CLOSURE))
DOCUMENT = json.loads(json.dumps(to_document(set_result(*PHOTOS))))


@pytest.fixture
def document():
    return copy.deepcopy(DOCUMENT)


def valued(document):
    """The first measure with a value."""
    return next(m for m in document["photos"][0]["measures"] if m["value"] is not None)


def refusal(document):
    with pytest.raises(MeasurementDocumentError) as error:
        read_measures(document)
    return str(error.value)


def test_every_measure_comes_back():
    found = read_measures(DOCUMENT)
    assert (found.mirrored_known, found.affected, found.refused, found.sha256) == (True, Side.LEFT, (), None)
    assert [expression for expression, _ in found.photographs] == [p.expression for p in PHOTOS]
    for (_, own), original in zip(found.photographs, PHOTOS, strict=True):
        for measure, wanted in zip(own, original.measures, strict=True):
            for field in ("name", "side", "unit", "method", "reason"):
                assert getattr(measure, field) == getattr(wanted, field)
            assert measure.value == pytest.approx(wanted.value, abs=1e-4)
            assert measure.sd == pytest.approx(wanted.sd, abs=1e-4)
            assert (measure.parts is None) is (wanted.value is None)
            for part in fields(wanted.parts) if wanted.parts else ():
                assert getattr(measure.parts, part.name) == pytest.approx(
                    getattr(wanted.parts, part.name), abs=1e-6
                )


def test_visit_of_a_read_document_is_the_visit_of_its_measures():
    own = visit_from_measures(700, read_measures(DOCUMENT).photographs)
    wanted = visit_from_measures(700, [(p.expression, p.measures) for p in PHOTOS])
    assert (own.is_read == wanted.is_read).all()
    assert own.value_mm == pytest.approx(wanted.value_mm, abs=1e-4)
    assert own.noise_mm == pytest.approx(wanted.noise_mm, abs=1e-6)
    assert own.photo_rel == pytest.approx(wanted.photo_rel, abs=1e-6)
    assert own.side_correlation == pytest.approx(wanted.side_correlation, abs=1e-6)


@pytest.mark.parametrize("unknown", range(2))
def test_one_photograph_of_which_nobody_knows_is_enough(unknown):
    photos = [photo(Expression.REST), photo(Expression.SNARL)]
    photos[unknown] = photo(Expression.REST, mirrored=Mirrored.UNKNOWN)
    assert not read_measures(to_document(set_result(*photos))).mirrored_known


def test_a_mirrored_photograph_is_known_and_unused_ones_do_not_count():
    photos = (
        photo(Expression.REST, mirrored=Mirrored.YES),
        photo(None, file="x.jpg", mirrored=Mirrored.UNKNOWN),
        refused_result(),
    )
    found = read_measures(to_document(set_result(*photos)))
    assert found.mirrored_known
    assert found.without_expression == ("x.jpg",)
    assert [(r.file, r.expression, r.why) for r in found.refused] == [
        ("empty.jpg", None, "'empty.jpg' is empty.")
    ]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1"])
def test_a_document_without_parts_is_refused_with_the_remedy(document, version):
    document["schema_version"] = version
    assert refusal(document) == (
        f"The document has schema_version '{version}', which does not say where the error of each measure "
        f"comes from; a plan needs 1.2 or later. {REMEDY}"
    )


def test_additions_of_a_later_version_are_passed_over(document):
    document["schema_version"] = "1.9"
    document["photos"][0]["news"] = valued(document)["news"] = 1
    assert len(read_measures(document).photographs) == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sd": 90.0}, "sd is 90, and its parts give"),
        ({"sd": None}, "sd is null, and its parts give"),
        ({"parts": None}, "parts is null; allowed is an object"),
        ({"parts": {}}, "parts has no 'noise'"),
        ({"reason": "Too dark."}, "has both a value and a reason"),
        ({"value": None}, "has neither a value nor a reason"),
        ({"unit": "cm"}, "unit is 'cm'; allowed is one of mm, mm2, deg"),
        ({"unit": "deg"}, "unit is 'deg'; brow_height is measured in mm"),
        ({"side": None}, "side of brow_height is wrong; allowed is left or right"),
        ({"name": "chin_deviation"}, "side of chin_deviation is wrong; allowed is null"),
        ({"method": "guessed"}, 'method is "guessed"; allowed is one of network'),
        ({"ratio": None}, "has a ratio or its sd alone"),
        ({"value": True}, "value is true; allowed is a number or null"),
        ({"value": 1e9}, "allowed is a number from -100000 to 100000"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(document, changes, sentence):
    valued(document).update(changes)
    assert sentence in refusal(document)
    assert refusal(document).endswith(REMEDY)


@pytest.mark.parametrize(
    ("part", "value", "allowed"),
    [
        ("noise", -0.1, "0 or more"),
        ("noise", None, "0 or more"),
        ("photo_rel", 1.5, "a number from 0 to 1"),
        ("common_rel", -0.01, "a number from 0 to 1"),
        ("side_correlation", -1.1, "a number from -1 to 1"),
    ],
)
def test_a_part_out_of_range_is_refused(document, part, value, allowed):
    valued(document)["parts"][part] = value
    assert f"parts.{part} is " in refusal(document)
    assert f"allowed is {allowed}." in refusal(document)


def test_a_measure_that_stands_twice_is_refused(document):
    measures = document["photos"][0]["measures"]
    measures.append(measures[0])
    assert "repeats an earlier measure of its side" in refusal(document)


def test_endless_lists_are_refused(document):
    document["photos"] = [document["photos"][0]] * 501
    assert refusal(document).startswith("photos has more than 500 entries.")
    document["photos"] = document["photos"][:1]
    entry = {**valued(document), "side": "left"}
    document["photos"][0]["measures"] = [{**entry, "name": f"measure_{n}"} for n in range(501)]
    assert refusal(document).startswith("photos[0].measures has more than 500 entries")


def test_a_file_is_read_with_its_digest(tmp_path):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(DOCUMENT), "utf-8")
    found = read_measures_file(path)
    assert len(found.photographs) == 3
    assert len(found.sha256) == 64
    path.write_text("{")
    with pytest.raises(CannotReadMeasurementError, match="is not JSON"):
        read_measures_file(path)
