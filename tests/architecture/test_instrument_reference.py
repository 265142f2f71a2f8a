"""The pages of the instruments are what their tables say."""

import runpy

import pytest

from facialis.grading.registry import INSTRUMENTS


@pytest.fixture(scope="module")
def writing(root):
    return runpy.run_path(str(root / "tools" / "write_instrument_reference.py"))


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_page_of_an_instrument_is_what_its_script_writes(name, writing):
    path = writing["PAGES"] / f"{name}.md"
    assert path.read_text("utf-8") == writing["page"](INSTRUMENTS[name])


def test_every_page_belongs_to_an_instrument(writing):
    assert {path.stem for path in writing["PAGES"].glob("*.md")} == set(INSTRUMENTS)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_page_names_every_item(name, root):
    text = (root / "docs" / "reference" / "instruments" / f"{name}.md").read_text("utf-8")
    assert [item.id for item in INSTRUMENTS[name].items if f"| `{item.id}` |" not in text] == []
