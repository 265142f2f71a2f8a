"""Every page of the clinic as a picture, and the few that the README shows.

    make screenshots          # or: PYTHONPATH=. .venv/bin/python tools/take_screenshots.py --figures

Pages of an invented clinic go to demo/screenshots, in the states full, empty, signed, struck out and with
errors, for a tablet, a desktop, a telephone, and in the dark. With --figures the best are written into
docs/figures, too. The browser of the tests and their records are used; takes some minutes.
"""

import argparse
import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
OUT, FIGURES = ROOT / "demo" / "screenshots", ROOT / "docs" / "figures"
SIZES = {"tablet": (768, 1024), "desktop": (1440, 900), "phone": (390, 844)}
FIGURE_BYTES = 250_000


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--figures", action="store_true", help="write the figures of the README, too")
    parser.add_argument("--only", default="", help="names of pages that contain this")
    asked = parser.parse_args()
    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.browser.server import ClinicServer

    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="facialis-screenshots-") as folder,
        sync_playwright() as playwright,
    ):
        clinic = ClinicServer(Path(folder))
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        try:
            camera = Camera(browser, clinic, asked.only)
            if asked.figures or not asked.only:
                walk(camera, with_figures=asked.figures)
            every_state(camera)
        finally:
            browser.close()
            clinic.stop()
    print(f"{camera.taken} pictures are in {OUT}.")


class Camera:
    """Takes one page in every size."""

    def __init__(self, browser: Any, clinic: Any, only: str) -> None:
        self.browser, self.clinic, self.only, self.taken = browser, clinic, only, 0

    @contextmanager
    def person(self, username: str) -> Iterator[Any]:
        """Somebody who is signed in."""
        from tests.browser.pages.hands import Mouse
        from tests.browser.pages.person import Person, sign_in

        context = self.browser.new_context(locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(60_000)
        person = Person(context.new_page(), Mouse, self.clinic)
        sign_in(person, username)
        yield person
        context.close()

    def shoot(self, page: Any, name: str) -> None:
        """On tablet, desktop and telephone, and in the dark."""
        if self.only not in name:
            return
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            self._take(page, OUT / f"{name}-{size}.png")
        page.set_viewport_size({"width": SIZES["desktop"][0], "height": SIZES["desktop"][1]})
        page.emulate_media(color_scheme="dark")
        self._take(page, OUT / f"{name}-dark.png")
        page.emulate_media(color_scheme="light")
        page.wait_for_timeout(500)  # colours fade from one to the other

    def _take(self, page: Any, path: Path) -> None:
        page.wait_for_load_state("networkidle")
        # The banner stays in sight while one scrolls; in one long picture it belongs to the top.
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=path, full_page=True)
        self.taken += 1


def every_state(camera: Camera) -> None:
    """Each page of each role with records in every state, with errors, struck out, and with nothing in it."""
    from tests.browser import every_page
    from tests.browser.test_accessibility import SEND_NOTHING

    full = camera.clinic.make("every_record")
    for role, pages in every_page.ROLES.items():
        with camera.person(full["people"][role]) as person:
            for name, *arguments in pages:
                _open(person, full, name, arguments)
                camera.shoot(person.page, _named(role, name, *arguments))
    struck = camera.clinic.make("every_record", is_struck=True)
    with camera.person(struck["people"]["clinician"]) as person:
        for name, *arguments in every_page.STRUCK:
            _open(person, struck, name, arguments)
            camera.shoot(person.page, _named("struck", name, *arguments))
    with camera.person(full["people"]["clinician"]) as person:
        for name, *arguments in every_page.ERRORS:
            _open(person, full, name, arguments)
            with person.page.expect_navigation():
                person.page.evaluate(SEND_NOTHING)
            camera.shoot(person.page, _named("error", name, *arguments))
    camera.clinic.make("team", clinic_name="The empty clinic")
    for role in every_page.ROLES:
        mine = {name for name, *_ in every_page.ROLES[role]}
        with camera.person(role) as person:
            for name in (one for one in every_page.EMPTY if one in mine):
                person.open(name)
                camera.shoot(person.page, _named("empty", role, name))


def walk(camera: Camera, *, with_figures: bool) -> None:
    """A visit of the walk that the tests make, with a photograph of each step."""
    from tests.browser.pages import capture, following, grading, planning, record, treating
    from tests.browser.photographs import photographs

    names = camera.clinic.make("team", clinic_name="Clinic of the walk", prefix="walk-")
    with camera.person(names["assistant"]) as assistant, camera.person(names["clinician"]) as clinician:
        page = clinician.page
        page.set_viewport_size({"width": 1440, "height": 900})
        patient = record.add_patient(assistant, "Beispiel", "Anna")
        record.take_history(assistant)
        record.ask_health(assistant)
        record.ask_toxin(assistant)
        record.ask_wishes(assistant)
        visit = record.open_visit(assistant, patient)
        record.take_consent(assistant, visit, "Anna Beispiel")
        record.examine(assistant, visit)
        before = {"patient": patient, "days": 140, "folder": str(photographs("before")), "treated": True}
        camera.clinic.make("past_visit", **before, clinician=names["clinician"])
        capture.upload(assistant, visit, photographs("today"))
        capture.wait_until_measured(assistant)
        grading.draft_sunnybrook(assistant, visit)
        grading.record_finding(assistant, visit)
        grading.finalise_house_brackmann(clinician, visit)
        for name, query in (("capture", ""), ("measure", "?view=open_smile"), ("synkinesis", "")):
            clinician.open(name, visit, query=query)
            camera.shoot(page, f"walk-{name}")
            _figure(page, name, with_figures)
        photograph = clinician.clinic.make("newest_photograph", visit=visit, expression="open_smile")
        for name, key in (
            ("edit_points", photograph),
            ("visit", visit),
            ("patient", patient),
            ("grade", visit),
        ):
            clinician.open(name, key)
            camera.shoot(page, f"walk-{name}")
        clinician.open("grade_instrument", visit, "sunnybrook")
        camera.shoot(page, "walk-grade_instrument")
        plan = planning.begin(clinician, visit)
        camera.shoot(page, "walk-plan_proposed")
        planning.accept_all(clinician)
        planning.remove(clinician, planning.last_row(clinician))
        planning.write_reasons(clinician)
        page.wait_for_timeout(2000)
        camera.shoot(page, "walk-plan_editor")
        _figure(page, "plan", with_figures)
        planning.time_out(clinician, plan)
        camera.shoot(page, "walk-plan_time_out")
        _figure(page, "time_out", with_figures)
        clinician.press("Sign the plan")
        page.wait_for_url(re.compile("/signed/"))
        camera.shoot(page, "walk-plan_signed")
        treatment = treating.begin(clinician, plan)
        treating.enter_vial(clinician)
        treating.choose_vial(clinician)
        camera.shoot(page, "walk-treatment_begun")
        treating.give(clinician)
        treating.sign(clinician)
        camera.shoot(page, "walk-treatment_signed")
        following.report_event(clinician, patient)
        for name, key in (("patient_sheet", treatment), ("compare", patient), ("trends", patient)):
            clinician.open(name, key)
            camera.shoot(page, f"walk-{name}")
        clinician.open("patient", patient)
        camera.shoot(page, "walk-patient_treated")
        for name in ("home", "recalls", "patients"):
            clinician.open(name)
            camera.shoot(page, f"walk-{name}")


def _figure(page: Any, name: str, is_wanted: bool) -> None:
    """What one sees of the page on a desktop, in a small file with true colours."""
    if not is_wanted:
        return
    page.set_viewport_size({"width": 1440, "height": 960})
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path = FIGURES / f"clinic_{name}.webp"
    picture.save(path, quality=90, method=6)
    if path.stat().st_size > FIGURE_BYTES:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes; at most {FIGURE_BYTES} are wanted.")


def _open(person: Any, made: dict[str, Any], name: str, arguments: list[str]) -> None:
    name, _, query = name.partition("?")
    person.open(name, *(made["keys"].get(one, one) for one in arguments), query=f"?{query}")


def _named(*words: str) -> str:
    return "-".join(re.sub(r"\W+", "_", word) for word in words)


def _chromium() -> str:
    from tests.browser.conftest import NAMES

    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        sys.exit("Chromium is not installed (on Debian: apt-get install chromium).")
    return found


if __name__ == "__main__":
    main()
