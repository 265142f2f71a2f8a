"""Everybody can use every page: axe on each for WCAG 2.2 AA, in light and dark, on tablet and phone."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import every_page
from tests.browser.access import check_access, faults_of_access, is_wider
from tests.browser.conftest import SignIns
from tests.browser.pages.hands import Mouse
from tests.browser.pages.person import Person, sign_in
from tests.browser.server import ClinicServer

TABLET, PHONE, NARROWEST = (820, 1180), (390, 844), (320, 800)
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}

Made = dict[str, Any]
Visitor = Callable[[Made, str], Person]


@pytest.fixture(scope="module")
def struck(clinic: ClinicServer) -> Made:
    """A clinic whose records were entered in error."""
    made: Made = clinic.make("every_record", is_struck=True)
    return made


@pytest.fixture
def visitor(open_context: Callable[..., BrowserContext], clinic: ClinicServer, sign_ins: SignIns) -> Visitor:
    """Somebody of a clinic, signed in: `visitor(full, "clinician")`."""

    def come(made: Made, role: str) -> Person:
        username = made["people"][role]
        if username not in sign_ins:
            context = open_context(size=TABLET)
            first = Person(context.new_page(), Mouse, clinic)
            sign_in(first, username)
            sign_ins[username] = context.storage_state()
        # Without motion, so that nothing is looked at between two colours.
        options: dict[str, Any] = {"storage_state": sign_ins[username], "reduced_motion": "reduce"}
        return Person(open_context(size=TABLET, **options).new_page(), Mouse, clinic)

    return come


TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
STILL = "() => document.getAnimations().every((one) => one.playState !== 'running')"


def stand_still(page: Page) -> None:
    """Wait until colours have come to rest."""
    page.evaluate(TWO_FRAMES)
    page.wait_for_function(STILL)


def expect_none(faults: list[str]) -> None:
    """Tell every fault, not only the first."""
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def look_at(person: Person, made: Made, pages: Iterable[tuple[str, ...]]) -> list[str]:
    """Look at each page in every way; give every fault, not only the first."""
    return [fault for name, *arguments in pages for fault in _faults(person, made, name, arguments)]


def _faults(person: Person, made: Made, name: str, arguments: list[str]) -> list[str]:
    _open(person, made, name, arguments)
    expect(person.page.locator("h1").first).to_be_attached()
    return [f"{name} {arguments} {fault}" for fault in faults_in_every_way(person.page)]


def _open(person: Person, made: Made, name: str, arguments: list[str]) -> None:
    keys = [made["keys"].get(one, one) for one in arguments]
    person.page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    name, _, query = name.partition("?")
    person.open(name, *keys, query=f"?{query}")


def faults_in_every_way(page: Page) -> list[str]:
    """In light and dark, on tablet and phone, and that nothing runs out of a narrow screen."""
    found = [f"tablet: {fault}" for fault in faults_of_access(page)]
    page.emulate_media(color_scheme="dark")
    stand_still(page)
    found += [f"dark: {fault}" for fault in faults_of_access(page, CONTRAST)]
    page.emulate_media(color_scheme="light")
    stand_still(page)
    for width, height in (PHONE, NARROWEST):
        page.set_viewport_size({"width": width, "height": height})
        if is_wider(page):
            found.append(f"{width} px: the page is wider than the screen")
        if width == PHONE[0]:
            found += [f"phone: {fault}" for fault in faults_of_access(page)]
    return found


def test_no_page_is_forgotten(clinic: ClinicServer) -> None:
    named = {name.partition("?")[0] for pages in every_page.ROLES.values() for name, *_ in pages}
    left = named | set(every_page.SEEN_ELSEWHERE) | every_page.POSTED
    assert left == set(clinic.make("url_names"))
    assert not named & set(every_page.SEEN_ELSEWHERE)


@pytest.mark.parametrize("role", every_page.ROLES)
def test_every_page_of_a_role_is_usable_by_everybody(visitor: Visitor, full: Made, role: str) -> None:
    expect_none(look_at(visitor(full, role), full, every_page.ROLES[role]))


def test_what_was_entered_in_error_is_usable_by_everybody(visitor: Visitor, struck: Made) -> None:
    person = visitor(struck, "clinician")
    expect_none(look_at(person, struck, every_page.STRUCK))
    expect(person.page.locator("body")).to_contain_text(re.compile("entered in error", re.IGNORECASE))


@pytest.mark.parametrize("role", ["clinician", "researcher", "administrator"])
def test_empty_lists_are_usable_by_everybody(
    signed_in: Callable[..., Page], clinic: ClinicServer, role: str
) -> None:
    mine = {name for name, *_ in every_page.ROLES[role]}
    person = Person(signed_in(role, reduced_motion="reduce"), Mouse, clinic)
    empty = [(name,) for name in every_page.EMPTY if name in mine]
    expect_none(look_at(person, {"keys": {}}, empty))


def test_errors_of_every_form_are_usable_by_everybody(visitor: Visitor, full: Made) -> None:
    person = visitor(full, "clinician")
    found = []
    for name, *arguments in every_page.ERRORS:
        _open(person, full, name, arguments)
        with person.page.expect_navigation() as answer:
            person.page.evaluate(SEND_NOTHING)
        assert answer.value.status == 422, f"{name} took an empty form"
        expect(person.page.locator(".error-summary").first).to_be_visible()
        found += [f"{name} with errors, {fault}" for fault in faults_in_every_way(person.page)]
    expect_none(found)


SEND_NOTHING = """
() => {
  const form = [...document.querySelectorAll("main form")].filter((one) => one.method === "post").at(-1);
  for (const field of form.elements) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = false;
    else if (field.type !== "hidden" && "value" in field && field.localName !== "button") field.value = "";
  }
  form.noValidate = true;
  HTMLFormElement.prototype.submit.call(form);
}
"""


def test_signing_in_with_errors_is_usable_by_everybody(page: Page, clinic: ClinicServer) -> None:
    page.goto(clinic.url("/account/login/"))
    check_access(page)
    page.locator("input[name=login]").fill("nobody")
    page.locator("input[name=password]").fill("not the password")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    expect_none(faults_in_every_way(page))
