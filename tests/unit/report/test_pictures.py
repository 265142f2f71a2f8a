"""The annotated photograph and the page."""

import re

import numpy as np

from facialis.anatomy.expressions import Expression
from facialis.report.annotate import annotate_photo, encode_jpeg
from facialis.report.comparison import compare_asymmetry, compare_values
from facialis.report.page.html import page_html
from facialis.report.page.measured import PagePhoto, asked_part, photos_part, synkinesis_part, truth_part
from tests.factories.faces import make_face
from tests.factories.results import photo_result, set_result

REST, SMILE = photo_result(Expression.REST), photo_result(Expression.OPEN_SMILE)
RESULT = set_result(REST, SMILE)
TRUTH = {photo.file: photo.measures for photo in RESULT.photos}
POINTS = make_face()


def _skin() -> np.ndarray:
    size = int(POINTS.chin[1]) + 150
    return np.full((size, size, 3), (190, 150, 130), np.uint8)


def test_annotation_draws_into_a_copy_on_both_sides():
    picture = _skin()
    before = picture.copy()
    drawn = annotate_photo(picture, POINTS, REST.measures)
    np.testing.assert_array_equal(picture, before)
    assert drawn.shape == picture.shape
    changed = np.any(drawn != picture, axis=2)
    middle = int(POINTS.nasion[0])
    assert changed[:, middle + 60 :].any()
    assert changed[:, : middle - 60].any()


def test_annotation_outside_the_picture_is_harmless():
    picture = _skin()[:200, :200]
    assert annotate_photo(picture, POINTS, REST.measures).shape == picture.shape


def test_closed_eyes_are_drawn_without_iris():
    closed = photo_result(Expression.GENTLE_EYE_CLOSURE)
    from tests.factories.results import WEAK_LEFT

    points = make_face(WEAK_LEFT[Expression.GENTLE_EYE_CLOSURE])
    assert points.left.iris_centre is None
    assert annotate_photo(_skin(), points, closed.measures).any()


def test_jpeg_holds_no_metadata():
    data = encode_jpeg(_skin(), 90)
    assert data[:2] == b"\xff\xd8"
    assert b"Exif" not in data


def test_comparison_with_itself_has_no_error():
    found = compare_asymmetry(RESULT, TRUTH) + compare_values(RESULT, TRUTH)
    assert found
    assert all(item.error == 0 and item.is_covered for item in found)


def test_comparison_leaves_out_photographs_without_truth():
    assert {item.file for item in compare_values(RESULT, {"rest.jpg": REST.measures})} == {"rest.jpg"}


def test_page_loads_nothing_runs_nothing_and_escapes_names():
    evil = "<script>alert(1)</script>"
    photos = [PagePhoto("rest.jpg", Expression.REST, encode_jpeg(_skin(), 80))]
    parts = [
        photos_part(photos, RESULT),
        asked_part(RESULT),
        synkinesis_part(RESULT),
        truth_part(compare_asymmetry(RESULT, TRUTH)),
    ]
    page = page_html(evil, "".join(parts))
    assert evil not in page
    assert "<script" not in page
    addresses = re.findall(r"(?:src|href)=['\"]([^'\"]*)", page)
    assert addresses
    assert all(address.startswith(("data:image/jpeg", "#")) for address in addresses)
    assert page.count("<svg") == 2
    assert all("alt='" in tag for tag in re.findall(r"<img[^>]*>", page))


def test_parts_of_an_unmeasured_set_are_empty():
    nothing = set_result()
    assert asked_part(nothing) == synkinesis_part(nothing) == truth_part([]) == ""
    assert page_html("Title", photos_part([], nothing)).startswith("<!DOCTYPE html>")
