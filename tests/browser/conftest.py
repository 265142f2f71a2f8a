"""A browser and a clinic for the tests of pages.

A test asks for `signed_in("clinician")` and gets a page at the home address; for `page` and gets one that
is not signed in; for `clinic` to make records and paths. After each test the page must have broken no rule
(`watching.py`); screenshots of a test that failed lie in its temporary folder, whose path the failure
names.
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, StorageState, sync_playwright

from tests.browser.server import ClinicServer
from tests.browser.watching import Watcher
from tests.factories.clinic import PASSWORD

TABLET, DESKTOP, PHONE = (768, 1024), (1440, 900), (390, 844)
REQUIRED = os.environ.get("FACIALIS_REQUIRE_BROWSER") == "1"
NAMES = ("chromium", "chromium-browser", "google-chrome")
WAIT_MS = 10_000
FAILED = pytest.StashKey[bool]()

SignIns = dict[str, StorageState]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser of this machine is; without one the tests are left out, unless they are required."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = "Chromium is not installed (on Debian: apt-get install chromium)"
        (pytest.fail if REQUIRED else pytest.skip)(reason)
    return found


@pytest.fixture(scope="session")
def engine() -> Iterator[Playwright]:
    """What drives browsers; a process can have one only, for its event loop runs until it ends."""
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(engine: Playwright, chromium: str) -> Iterator[Browser]:
    """One browser for all tests of a process."""
    found = engine.chromium.launch(
        executable_path=chromium,
        # Without a sandbox it runs as root, too; it loads nothing but our own pages.
        args=["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    )
    yield found
    found.close()


@pytest.fixture(scope="session")
def clinic(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClinicServer]:
    """A running clinic with a person of each role."""
    del chromium  # without a browser nothing is started
    server = ClinicServer(tmp_path_factory.mktemp("clinic"))
    try:
        server.make("team")
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def full(clinic: ClinicServer) -> dict[str, Any]:
    """A clinic with a record of every kind: its people and the keys of its records, by name."""
    made: dict[str, Any] = clinic.make("every_record")
    return made


@pytest.fixture(scope="session")
def sign_ins() -> SignIns:
    """Cookies of people who signed in before, so that each does it once."""
    return {}


@pytest.fixture
def open_context(
    browser: Browser, clinic: ClinicServer, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., BrowserContext]]:
    """Give browser contexts, watch them, and close them."""
    opened: list[tuple[BrowserContext, Watcher]] = []

    def open_one(size: tuple[int, int] = TABLET, **options: Any) -> BrowserContext:
        width, height = size
        context = browser.new_context(
            base_url=clinic.address, viewport={"width": width, "height": height}, locale="en-GB", **options
        )
        context.set_default_timeout(WAIT_MS)
        opened.append((context, Watcher(context)))
        return context

    yield open_one
    failed = request.node.stash.get(FAILED, False)
    faults = [fault for _, watcher in opened for fault in watcher.faults]
    for number, (context, _) in enumerate(opened):
        for place, page in enumerate(context.pages):
            if failed or faults:
                picture = tmp_path / f"screenshot-{number}-{place}.png"
                page.screenshot(path=picture, full_page=True)
                request.node.add_report_section("teardown", "screenshot", f"{page.url}: {picture}")
        context.close()
    if faults:
        pytest.fail("The pages broke their rules:\n" + "\n".join(faults) + f"\nscreenshots: {tmp_path}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page of somebody who is not signed in."""
    return open_context().new_page()


@pytest.fixture
def signed_in(
    open_context: Callable[..., BrowserContext], clinic: ClinicServer, sign_ins: SignIns
) -> Callable[..., Page]:
    """Give a page at the home address, signed in with a role: `signed_in("assistant", size=PHONE)`."""

    def sign_in(role: str = "clinician", path: str = "/", **options: Any) -> Page:
        if role not in sign_ins:
            context = open_context()
            first = context.new_page()
            type_in_and_sign_in(first, clinic, role)
            sign_ins[role] = context.storage_state()
            first.close()
        page = open_context(storage_state=sign_ins[role], **options).new_page()
        page.goto(clinic.url(path))
        return page

    return sign_in


def type_in_and_sign_in(page: Page, clinic: ClinicServer, username: str, password: str = PASSWORD) -> None:
    """Sign in as a person does."""
    page.goto(clinic.url("/account/login/"))
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(clinic.url("/"))
