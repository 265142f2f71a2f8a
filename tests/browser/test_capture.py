"""Taking and adding photographs: with the camera, by keyboard, with files, and without a connection."""

import io
import re
from itertools import count

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.access import check_access
from tests.browser.conftest import DESKTOP, PHONE, TABLET

CELL = "[data-cell={}]"
THERE = re.compile("waiting|refused")
"""Stored; the worker finds no face in these pictures, sooner or later."""
_drawn = count()


@pytest.fixture(autouse=True)
def _patience():
    """The first photograph also starts the process that decodes."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def visit(clinic):
    visit = clinic.make("visit", patient=clinic.make("patient"))
    clinic.make("consent_to_photographs", visit=visit)
    return visit


@pytest.fixture
def capture(clinic, visit):
    """Address of the page."""
    return clinic.path("capture", visit)


def file(name):
    """A picture unlike every other one: the same file for two patients would be asked about."""
    pixels = np.random.default_rng(next(_drawn)).integers(0, 255, (15, 12, 3), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).resize((240, 300)).save(stream, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": stream.getvalue()}


@pytest.mark.parametrize("size", [TABLET, DESKTOP, PHONE])
def test_the_grid_is_usable_by_everybody(signed_in, capture, size):
    page = signed_in(size=size, path=capture)
    check_access(page)
    page.locator("#picture-rest").set_input_files(file("a.jpg"))
    expect(page.get_by_role("alert").filter(has_text="Say first")).to_be_visible()
    check_access(page)
    page.get_by_label("Not known").check()
    page.locator("#picture-rest").set_input_files(file("a.jpg"))
    expect(page.locator(CELL.format("rest"))).to_have_attribute("data-state", "questioned")
    check_access(page)


def test_a_photograph_is_taken_with_the_keyboard_alone(signed_in, capture, clinic, visit):
    page = signed_in("assistant", path=capture)
    page.get_by_role("button", name="Take Rest").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Is this camera's picture mirrored?")).to_be_visible()
    check_access(page)
    expect(page.get_by_role("button", name="The writing can be read")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take in 3 seconds")).to_be_focused()
    check_access(page)
    page.keyboard.press("Space")
    following = page.get_by_role("button", name="Next: Brow raise")
    expect(following).to_be_focused()
    expect(page.locator("[data-camera-says]")).to_contain_text(re.compile("Stored|No human face"))
    check_access(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Brow raise")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(CELL.format("rest"))).to_have_attribute("data-state", THERE)
    assert clinic.make("photographs_of", visit=visit) == [["rest", "no"]]


def test_the_camera_asks_once_whether_it_mirrors(signed_in, capture):
    page = signed_in(path=capture)
    page.get_by_role("button", name="Use the camera").click()
    page.get_by_role("button", name="The writing is reversed").click()
    expect(page.get_by_text("MIRROR VIEW, not for injection")).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_role("button", name="Camera: mirrored. Change")).to_be_visible()
    expect(page.get_by_text("Is this camera's picture mirrored?")).to_be_hidden()


def test_several_files_are_added_after_a_person_said_what_each_shows(signed_in, capture, clinic, visit):
    page = signed_in(path=capture)
    page.locator("#many-files").set_input_files([file("03 Open-Smile (1).JPG"), file("IMG_0001.jpg")])
    chosen = page.locator("[data-chosen-list] select")
    expect(chosen.nth(0)).to_have_value("open_smile")
    expect(chosen.nth(1)).to_have_value("")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Add these photographs").click()
    expect(page.get_by_text("Each file needs a view")).to_be_visible()
    chosen.nth(1).select_option("snarl")
    page.get_by_role("button", name="Add these photographs").click()
    for view in ("open_smile", "snarl"):
        expect(page.locator(CELL.format(view))).to_have_attribute("data-state", THERE)
    assert sorted(clinic.make("photographs_of", visit=visit)) == [
        ["open_smile", "no"],
        ["snarl", "no"],
    ]


def test_what_the_server_refuses_is_told_and_kept_until_somebody_decides(signed_in, capture, clinic, visit):
    page = signed_in(path=capture)
    page.get_by_label("No", exact=True).check()
    page.locator("#picture-rest").set_input_files({**file("rest.jpg"), "buffer": b"no picture"})
    expect(page.get_by_text("Rest was not accepted")).to_be_visible()
    page.reload()
    expect(page.get_by_text("'rest.jpg' is not a picture")).to_be_visible()
    page.get_by_role("button", name="Throw away").click()
    page.get_by_role("dialog").get_by_role("button", name="Throw away").click()
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-unsent]")).to_be_hidden()
    assert clinic.make("photographs_of", visit=visit) == []


def test_a_lost_connection_neither_loses_nor_doubles_a_photograph(browser, signed_in, capture, clinic, visit):
    """The first answer is lost after the server stored it; then there is no connection; then a reload."""
    state = signed_in().context.storage_state()
    context = browser.new_context(base_url=clinic.address, storage_state=state)  # its failures are meant
    page = context.new_page()
    page.goto(clinic.url(capture))
    lost = []

    def lose_the_answer(route):
        if not lost:
            lost.append(route.fetch().status)
        route.abort("connectionreset")

    page.route("**/photographs/", lose_the_answer)
    page.get_by_role("button", name="Take Rest").click()
    page.get_by_role("button", name="The writing can be read").click()
    page.get_by_role("button", name="Take in 3 seconds").click()
    expect(page.get_by_text("No connection. The photograph is kept on this device")).to_be_visible()
    assert lost == [201]
    page.goto("about:blank")
    page.unroute("**/photographs/")
    page.goto(clinic.url(capture))
    expect(page.get_by_text("1 photograph is only on this device.")).to_be_visible()
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("[data-unsent]")).to_be_hidden()
    assert clinic.make("photographs_of", visit=visit) == [["rest", "no"]]
    context.close()


def test_it_is_sent_by_itself_when_the_connection_returns(browser, signed_in, capture, clinic, visit):
    state = signed_in().context.storage_state()
    context = browser.new_context(base_url=clinic.address, storage_state=state)
    page = context.new_page()
    page.goto(clinic.url(capture))
    page.get_by_label("No", exact=True).check()
    context.set_offline(True)
    page.locator("#picture-rest").set_input_files(file("rest.jpg"))
    expect(page.get_by_text("1 photograph is only on this device.")).to_be_visible()
    context.set_offline(False)
    expect(page.locator(CELL.format("rest"))).to_have_attribute("data-state", THERE)
    assert clinic.make("photographs_of", visit=visit) == [["rest", "no"]]
    context.close()


def test_without_scripts_a_file_is_added_with_a_plain_form(signed_in, open_context, capture, clinic, visit):
    state = signed_in().context.storage_state()
    page = open_context(storage_state=state, java_script_enabled=False).new_page()
    page.goto(clinic.url(capture))
    page.locator("#picture-rest").set_input_files(file("x.jpg"))
    page.get_by_label("Yes, as most selfies are").check()
    page.get_by_role("button", name="Add the chosen photographs").click()
    expect(page.get_by_text("Added: 1.")).to_be_visible()
    assert clinic.make("photographs_of", visit=visit) == [["rest", "yes"]]
