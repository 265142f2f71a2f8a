"""Measures, the point editor and the synkinesis map in a real browser: by mouse, by tap, by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.access import check_access
from tests.browser.conftest import DESKTOP, PHONE, TABLET

CORNER = "[data-handle='left.commissure'] .handle__dot"
PREVIEW_MS = 20_000
"""A busy machine answers late; how fast it is on a quiet one is measured elsewhere."""


@pytest.fixture
def visit(clinic):
    return clinic.make("visit", patient=clinic.make("patient"))


@pytest.fixture
def photographs(clinic, visit):
    return clinic.make("measured_photographs", visit=visit)


@pytest.fixture
def editor(clinic, photographs):
    """Address of the editor of the photograph at rest."""
    return clinic.path("edit_points", photographs["rest"])


def middle(page, selector):
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def value_of(page, side):
    row = page.locator("[data-rows] [data-measure=commissure_height]").last
    return row.locator(".butterfly__value").nth(0 if side == "right" else 1).inner_text()


@pytest.mark.parametrize("size", [TABLET, DESKTOP, PHONE])
@pytest.mark.usefixtures("photographs")
def test_measures_and_map_are_usable_by_everybody(signed_in, clinic, visit, size):
    page = signed_in(size=size, path=clinic.path("measure", visit) + "?view=open_smile")
    expect(page.get_by_role("heading", name="Open smile")).to_be_visible()
    check_access(page)
    page.goto(clinic.url(clinic.path("synkinesis", visit)))
    expect(page.get_by_role("heading", name="Synkinesis")).to_be_visible()
    check_access(page)
    page.locator("[data-matrix] button").first.click()
    expect(page.locator("#syn-cell figure")).to_have_count(2)
    check_access(page)


@pytest.mark.usefixtures("photographs")
def test_a_focused_row_lights_its_measure_on_the_face(signed_in, clinic, visit):
    page = signed_in(size=DESKTOP, path=clinic.path("measure", visit))
    mark = page.locator("[data-mark=commissure_height]").first
    expect(mark).to_be_hidden()
    page.locator("[data-measure=commissure_height]").first.focus()
    expect(mark).to_be_visible()
    expect(mark).to_contain_text("mm")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Points: Rest")).to_be_visible()


@pytest.mark.parametrize("size", [TABLET, DESKTOP, PHONE])
def test_the_editor_is_usable_by_everybody(signed_in, editor, size):
    page = signed_in(size=size, path=editor)
    expect(page.locator(CORNER)).to_be_visible()
    check_access(page)


def test_a_point_is_moved_with_the_keyboard_alone_and_saved(signed_in, editor, clinic, photographs):
    page = signed_in("assistant", size=DESKTOP, path=editor)
    before = value_of(page, "left"), value_of(page, "right")
    page.get_by_text("LEFT mouth", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="LEFT lip corner").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="LEFT lip corner")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowUp")
    expect(page.locator("[data-count]")).to_have_text("Not saved: 1 moved")
    expect.set_options(timeout=PREVIEW_MS)
    try:
        expect(
            page.locator("[data-rows] [data-measure=commissure_height]")
            .last.locator(".butterfly__value")
            .nth(1)
        ).not_to_have_text(before[0])
    finally:
        expect.set_options(timeout=5_000)
    assert value_of(page, "right") == before[1], "the RIGHT was not moved"
    page.get_by_role("button", name="Save points").click()
    expect(page.get_by_text("Points saved as version 1.")).to_be_visible()
    versions = clinic.make("point_versions", photograph=photographs["rest"])
    assert versions[1][:2] == [1, "assistant"]
    assert "left.commissure" in versions[1][2]
    assert not any(name.startswith("right") for name in versions[1][2])


def test_a_point_is_dragged_and_put_back(signed_in, editor):
    page = signed_in(size=DESKTOP, path=editor)
    start = middle(page, CORNER)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 10, start[1] - 24, steps=5)
    page.mouse.up()
    moved = middle(page, CORNER)
    assert moved == pytest.approx((start[0] + 10, start[1] - 24), abs=2)
    expect(page.locator(".handle__ring.is-shown")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    assert middle(page, CORNER) == pytest.approx(start, abs=1)
    page.get_by_role("button", name="Redo").click()
    page.get_by_role("button", name="Back to the detector's point").click()
    assert middle(page, CORNER) == pytest.approx(start, abs=1)


def test_a_point_is_chosen_and_tapped_to_its_place(signed_in, editor):
    page = signed_in(size=TABLET, path=editor, has_touch=True)
    x, y = middle(page, CORNER)
    page.touchscreen.tap(x, y)
    expect(page.get_by_role("heading", name="LEFT lip corner")).to_be_visible()
    page.touchscreen.tap(x + 45, y + 70)
    assert middle(page, CORNER) == pytest.approx((x + 45, y + 70), abs=2)


def test_where_points_are_dense_a_tap_enlarges_first_and_moves_nothing(signed_in, editor):
    page = signed_in(size=PHONE, path=editor, has_touch=True)
    page.touchscreen.tap(*middle(page, "[data-handle='left.iris_centre'] .handle__dot"))
    expect(page.locator("[data-zone=left-eye]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-count]")).to_be_empty()


def test_unsaved_points_outlive_the_page_and_a_conflict(signed_in, editor, clinic, photographs):
    page = signed_in(size=DESKTOP, path=editor)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_text("LEFT mouth", exact=True).click()
    page.get_by_role("button", name="LEFT lip corner").click()
    page.keyboard.press("Shift+ArrowUp")
    page.reload()
    expect(page.locator("[data-count]")).to_have_text("Not saved: 1 moved")
    clinic.make("place_chin", photograph=photographs["rest"])
    page.get_by_role("button", name="Save points").click()
    expect(page.locator("[data-says]")).to_contain_text("Nothing was overwritten")
    expect(page.locator("[data-count]")).to_have_text("Not saved: 1 moved")
    page.reload()
    expect(page.locator("[data-says]")).to_contain_text("on a version that somebody saved meanwhile")
    page.get_by_role("button", name="Save points").click()
    expect(page.get_by_text("Points saved as version 2.")).to_be_visible()
    versions = clinic.make("point_versions", photograph=photographs["rest"])
    assert versions[1][2] == ["chin"]
    assert {"chin", "left.commissure"} <= set(versions[2][2]), "what the other person placed is kept"
