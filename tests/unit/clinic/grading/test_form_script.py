"""The script of an instrument's form in a real browser: take over, answer otherwise, slide."""

import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
ORIGIN = "https://clinic.test"


def test_taking_over_answering_otherwise_and_sliding(browser, visit, measurement):  # noqa: ARG001
    # The page is made before the browser starts: its loop and the database do not share a thread.
    html = browser.get(reverse("grade_instrument", args=[visit.pk, "eface"])).content.decode()
    scored, errors = [], []

    def answer(route):
        path = route.request.url.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            found = Path(finders.find(path.removeprefix("/static/")))
            route.fulfill(path=found, content_type=TYPES.get(found.suffix, "text/plain"))
        elif path.startswith("/instruments/"):
            scored.append(route.request.post_data)
            route.fulfill(content_type="text/html", body="<span>scored</span>")
        else:
            route.fulfill(content_type="text/html", body=html)

    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route("**/*", answer)
        page.goto(f"{ORIGIN}/page/")
        item = page.locator("#item-brow_rest")
        number, slider = item.locator("input[type=number]"), item.locator("input[type=range]")
        taken, button = item.locator("input[name=taken]"), item.locator("[data-take]")
        assert number.input_value() == ""
        assert slider.get_attribute("aria-valuetext") == "not assessed"

        button.click()
        suggested = button.get_attribute("data-take")
        assert number.input_value() == slider.input_value() == suggested
        assert taken.is_checked()
        assert button.inner_text() == "Taken over"
        page.locator("#score", has_text="scored").wait_for()
        assert f'name="brow_rest"\r\n\r\n{suggested}' in scored[-1] or f"brow_rest={suggested}" in scored[-1]

        slider.press("ArrowLeft")
        assert number.input_value() == str(int(suggested) - 1)
        assert not taken.is_checked()
        assert button.inner_text().startswith("Take over")

        number.fill("")
        assert slider.get_attribute("aria-valuetext") == "not assessed"
        assert not errors
        chromium.close()
