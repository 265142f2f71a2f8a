"""What is drawn and tabled in the docs is what the code keeps."""

import runpy

import pytest

from facialis.anatomy.sides import ImageHalf, Side, lateral_sign, side_shown_in


@pytest.fixture(scope="module")
def drawing(root):
    return runpy.run_path(str(root / "tools" / "draw_side_convention.py"))


def test_side_convention_figure_is_what_its_script_draws(drawing):
    assert drawing["FIGURE"].read_text("utf-8") == drawing["figure"]()


def test_side_convention_figure_puts_the_patients_left_at_the_viewers_right(drawing):
    left_x_px, _ = drawing["to_px"](drawing["LEFT_COMMISSURE"])
    right_x_px, _ = drawing["to_px"](drawing["RIGHT_COMMISSURE"])
    assert left_x_px > right_x_px
    assert side_shown_in(ImageHalf.SCREEN_RIGHT, mirrored=False) is Side.LEFT
    assert lateral_sign(Side.LEFT) == 1


def test_page_of_measures_is_what_its_script_writes(root):
    script = runpy.run_path(str(root / "tools" / "write_measure_reference.py"))
    assert script["PAGE"].read_text("utf-8") == script["page"]()


def test_pages_of_tables_are_what_their_script_writes(root):
    script = runpy.run_path(str(root / "tools" / "write_table_reference.py"))
    written = {page.name: page.read_text("utf-8") for page in script["FOLDER"].glob("*.md")}
    expected = script["all_pages"]()
    assert sorted(written) == sorted(expected)
    assert [name for name in expected if written[name] != expected[name]] == []
