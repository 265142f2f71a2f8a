"""Expressions from file names and manifests."""

from pathlib import Path

import pytest

from facialis.anatomy.expressions import Expression
from facialis.vision.files.expression_names import (
    ManifestError,
    expression_from_name,
    match_manifest,
    read_manifest,
)


@pytest.mark.parametrize("expression", list(Expression))
@pytest.mark.parametrize("pattern", ["{}.jpg", "{}_2.png", "{} (1).JPG", "03 {}.jpeg", "{}2.tif"])
def test_name_states_its_expression(pattern, expression):
    for name in (pattern.format(expression), pattern.format(expression.replace("_", "-").upper())):
        assert expression_from_name(name) is expression


@pytest.mark.parametrize(
    "name",
    ["forest.jpg", "smile.jpg", "IMG_0001.jpg", "not_rest.jpg", "rest_before.jpg", ".jpg", "12.jpg", ""],
)
def test_other_names_state_nothing(name):
    assert expression_from_name(name) is None


def test_manifest_is_read(tmp_path: Path):
    path = tmp_path / "manifest.json"
    path.write_text('\ufeff{"Lächeln.jpg": "open_smile"}', "utf-8")
    assert read_manifest(path) == {"Lächeln.jpg": Expression.OPEN_SMILE}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('["rest"]', "not an object"),
        ('{"a.jpg": 3}', "not an object"),
        ('{"a.jpg": "grin"}', "unknown expression 'grin'. Allowed are: rest, brow_raise"),
        ('{"a.jpg": "rest", "a.jpg": "snarl"}', "more than once"),
        (" " * 1_000_001, "1000001 bytes"),
    ],
)
def test_wrong_manifest_says_what_is_allowed(tmp_path: Path, text, words):
    path = tmp_path / "manifest.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ManifestError) as caught:
        read_manifest(path)
    assert words in str(caught.value)


def test_missing_manifest_is_said(tmp_path: Path):
    with pytest.raises(ManifestError, match="cannot be read"):
        read_manifest(tmp_path / "none.json")


def test_manifest_finds_decomposed_umlauts_and_short_names():
    names = ["a/La\u0308cheln.jpg", "b/rest.jpg"]
    matched = match_manifest(
        {"L\u00e4cheln.jpg": Expression.OPEN_SMILE, "b/rest.jpg": Expression.REST}, names
    )
    assert matched == {names[0]: Expression.OPEN_SMILE, names[1]: Expression.REST}


def test_manifest_name_for_two_photographs_is_refused():
    with pytest.raises(ManifestError, match="2 photographs"):
        match_manifest({"rest.jpg": Expression.REST}, ["a/rest.jpg", "b/rest.jpg"])
