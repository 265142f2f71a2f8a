"""A person of the clinic before a page: finds things by what they are called, and works them by hand."""

import re
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.pages.hands import Hand
from tests.factories.clinic import PASSWORD


class Addresses(Protocol):
    """A clinic that knows where its pages are."""

    def url(self, path: str) -> str:
        """Address of a path."""

    def path(self, name: str, *arguments: str) -> str:
        """Path of a page by its name."""


class Person:
    """Somebody with a browser.

    Parameters
    ----------
    page : Page         Of Playwright.
    hand : type         `Mouse`, `Touch` or `Keyboard`.
    clinic              Its ``url(path)`` gives addresses, its ``path(name, ...)`` paths.
    """

    def __init__(self, page: Page, hand: Callable[[Page], Hand], clinic: Addresses) -> None:
        self.page, self.hand, self.clinic = page, hand(page), clinic
        self.main = page.locator("main")

    def open(self, name: str, *arguments: object, query: str = "") -> None:
        """Go to a page by its name."""
        self.page.goto(self.clinic.url(self.clinic.path(name, *map(str, arguments)) + query))

    def key_in_address(self) -> str:
        """The key of the record that the page shows."""
        found = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", self.page.url)
        assert found, self.page.url
        return found.group()

    def sees(self, *texts: str, within: Locator | None = None) -> None:
        """What has to stand on the page, in any case of letters."""
        for text in texts:
            expect(within or self.main).to_contain_text(text, ignore_case=True, use_inner_text=True)

    def sees_heading(self, text: str) -> None:
        """The heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def field(self, name: str, value: str | None = None, within: Locator | None = None) -> Locator:
        """A field by its name; of several with this name, the one with a value."""
        wanted = f'[name="{name}"]' + (f'[value="{value}"]' if value is not None else ":not([type=hidden])")
        return (within or self.main).locator(wanted)

    def write(self, name: str, text: object, within: Locator | None = None) -> None:
        """Fill a field."""
        self.hand.write(self.field(name, within=within), text)

    def answer(self, name: str, value: str | None = None, within: Locator | None = None) -> None:
        """Choose one of several answers, or tick a box."""
        found = self.field(name, value, within)
        if not found.is_checked():
            self.hand.press(found)
        expect(found).to_be_checked()

    def choose(self, name: str, label: str, within: Locator | None = None) -> None:
        """Choose in a list."""
        self.hand.choose(self.field(name, within=within), label)

    def press(self, name: str, within: Locator | None = None, exact: bool = True) -> None:
        """Press a button, or follow a link, by what it is called."""
        scope = within or self.main
        found = scope.get_by_role("button", name=name, exact=exact).or_(
            scope.get_by_role("link", name=name, exact=exact)
        )
        self.hand.press(found.first)

    def press_to(self, name: str, path: str, within: Locator | None = None, exact: bool = True) -> None:
        """Press what leads to another page, and wait for that."""
        self.press(name, within, exact)
        # Only its path: a query may name the page to which one comes back.
        self.page.wait_for_url(lambda address: bool(re.search(path, urlsplit(address).path)))

    def press_away(self, name: str, within: Locator | None = None) -> None:
        """Press what sends a form, and wait for the page that answers it."""
        with self.page.expect_navigation():
            self.press(name, within)

    def press_in_vain(self, name: str, is_answer_lost: bool = False) -> None:
        """Press what sends a form while there is no connection, or lose it before the answer is there."""
        if is_answer_lost:
            self.page.route("**/*", _lose_answer)
        else:
            self.page.context.set_offline(True)
        with self.page.expect_event("requestfailed", lambda request: request.method == "POST"):
            self.press(name)
        expect(self.page).to_have_url(re.compile("^chrome-error:"))
        if is_answer_lost:
            self.page.unroute("**/*", _lose_answer)
        else:
            self.page.context.set_offline(False)

    def unfold(self, summary: str, within: Locator | None = None) -> None:
        """Open what is folded."""
        found = (
            (within or self.main).locator("details", has=self.page.locator("summary", has_text=summary)).last
        )
        if found.get_attribute("open") is None:
            self.hand.press(found.locator("summary"))

    def proves_identity(self, within: Locator | None = None) -> None:
        """Types the password that makes a signature."""
        self.hand.write((within or self.main).locator("input[type=password]"), PASSWORD)


def _lose_answer(route: Route) -> None:
    """The server has what was sent, and nobody hears of it."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        route.abort("internetdisconnected")
    else:
        route.continue_()


def sign_in(person: Person, username: str, password: str = PASSWORD) -> None:
    """Sign in as a person does."""
    person.page.goto(person.clinic.url("/account/login/"))
    person.write("login", username)
    person.write("password", password)
    person.press("Sign in")
    person.page.wait_for_url(lambda address: "/login/" not in address)


def sign_out(person: Person) -> None:
    """Sign out by the menu."""
    bar = person.page.locator("header")
    person.hand.press(bar.locator("details[data-menu] summary"))
    person.press("Sign out", within=bar)
    person.sees_heading("Sign in")
