"""What the scripts of every page promise: sent once, asked before, kept as a draft, warned in time."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import django_htmx
import pytest

from facialis.clinic import site

STATIC = Path(site.__file__).parent / "static"
HTMX = Path(django_htmx.__file__).parent / "static"
ORIGIN = "https://clinic.test"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Clinic:
    """One page of a browser, answered from the files of the clinic; it remembers what was sent."""

    def __init__(self, page):
        self.page, self.body, self.sent, self.errors, self.is_slow = page, "", [], [], False
        self.asked_by_itself = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route("**/*", self.answer)

    def answer(self, route):
        asked = route.request
        path = asked.url.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            inside = path.removeprefix("/static/")
            found = next(root / inside for root in (STATIC, HTMX) if (root / inside).is_file())
            route.fulfill(path=found, content_type=TYPES[found.suffix])
            return
        self.asked_by_itself.append((path, "facialis-by-itself" in asked.headers))
        if asked.method == "POST":
            self.sent.append((path, parse_qs(asked.post_data or "")))
            if self.is_slow:
                return  # no answer comes
        route.fulfill(content_type="text/html", body=self.html())

    def html(self):
        return (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>'
            f'<link rel="stylesheet" href="/static/site/css/components.css">'
            f'<script type="module" src="/static/site/js/theme.js"></script>'
            f'<script type="module" src="/static/site/js/clinic.js"></script>{self.body}'
        )

    def show(self, inner, attributes=""):
        self.body = f'<body {attributes}>{inner}<div data-toasts role="status"></div></body></html>'
        self.page.goto(f"{ORIGIN}/page/")
        self.page.wait_for_load_state("load")


@pytest.fixture
def clinic(browser):
    context = browser.new_context()
    shown = Clinic(context.new_page())
    yield shown
    assert shown.errors == []
    context.close()


STEPPER = """<span data-stepper><button type="button" data-stepper-down>less</button>
<input id="dose" type="text" inputmode="decimal" data-min="0" data-max="2" data-step="0.1" value="0.2">
<button type="button" data-stepper-up>more</button></span>"""


def test_a_dose_steps_exactly_and_stops_at_its_limits(clinic):
    clinic.show(STEPPER)
    more, less, dose = (
        clinic.page.get_by_text("more"),
        clinic.page.get_by_text("less"),
        clinic.page.locator("#dose"),
    )
    more.click()
    assert dose.input_value() == "0.3"
    dose.fill("0.25")
    more.click()
    assert dose.input_value() == "0.3"
    dose.fill("0.25")
    less.click()
    assert dose.input_value() == "0.2"
    dose.fill("1.9")
    more.click()
    assert dose.input_value() == "2"
    assert more.is_disabled()
    dose.fill("0")
    assert less.is_disabled()
    assert more.is_enabled()


def test_a_decimal_comma_is_kept_and_steps_as_a_point_does(clinic):
    clinic.show(STEPPER)
    dose = clinic.page.locator("#dose")
    dose.fill("")
    dose.press_sequentially("1,5")
    assert dose.input_value() == "1,5"
    clinic.page.get_by_text("more").click()
    assert dose.input_value() == "1.6"
    dose.fill("1,250")
    clinic.page.get_by_text("more").click()
    assert dose.input_value() == "1,250", "it could be 1.25 or 1250: the script does not guess"


def test_a_form_is_sent_once_however_often_it_is_pressed(clinic):
    clinic.show(
        '<form method="post" action="/sign/" data-once><button name="do" value="sign">Sign</button></form>'
    )
    clinic.is_slow = True
    clinic.page.evaluate(
        "() => { const b = document.querySelector('button'); b.click(); b.click(); b.click(); }"
    )
    clinic.page.wait_for_timeout(300)
    [(path, values)] = clinic.sent
    assert path == "/sign/"
    assert values["do"] == ["sign"]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", values["once"][0])


def test_what_cannot_be_taken_back_is_asked_first(clinic):
    clinic.show(
        '<p class="banner__name">DOE, Jane</p><form method="post" action="/revoke/" data-once>'
        '<button data-confirm="Revoke this plan?" data-confirm-action="Revoke it">Revoke</button></form>'
    )
    clinic.page.get_by_role("button", name="Revoke").click()
    assert "DOE, Jane" in clinic.page.get_by_role("dialog").inner_text()
    clinic.page.get_by_role("button", name="Go back").click()
    assert clinic.sent == []
    assert clinic.page.evaluate("document.activeElement.textContent") == "Revoke"
    clinic.page.get_by_role("button", name="Revoke").click()
    with clinic.page.expect_navigation():
        clinic.page.get_by_role("button", name="Revoke it").click()
    [(path, values)] = clinic.sent
    assert path == "/revoke/"
    assert values["confirmed"] == ["yes"]


FORM = """<form method="post" data-autosave="note-12" data-autosave-user="7"><textarea name="note"></textarea>
<input type="checkbox" name="tearing" value="yes">
<input type="radio" name="side" value="right"><input type="radio" name="side" value="left">
<input type="password" name="secret"><input type="hidden" name="token" value="t"></form>"""


def test_a_draft_outlives_the_session_and_goes_when_the_server_has_it(clinic):
    page = clinic.page
    clinic.show(FORM)
    page.fill("textarea", "Tearing on meals")
    page.check("[name=tearing]")
    page.check("[value=left]")
    page.fill("[name=secret]", "do not keep")
    page.get_by_text("Draft kept in this browser").wait_for()
    assert "do not keep" not in page.evaluate("JSON.stringify(localStorage)")

    clinic.show(FORM)
    assert page.input_value("textarea") == ""
    page.get_by_role("button", name="Put it back").click()
    assert page.input_value("textarea") == "Tearing on meals"
    assert page.is_checked("[name=tearing]")
    assert page.is_checked("[value=left]")
    assert not page.is_checked("[value=right]")

    clinic.show(FORM.replace('user="7"', 'user="8"'))
    assert page.get_by_role("button", name="Put it back").count() == 0

    clinic.show("<p>Saved.</p>", 'data-autosave-clear="note-12"')
    clinic.show(FORM)
    assert page.get_by_role("button", name="Put it back").count() == 0


SESSION = 'data-session-ends-in="300" data-session-keep-url="/keep/" data-session-login-url="/login/"'
RECORD = """<div class="banner"><b class="banner__name">INVENTED, Ada</b></div>
<main><p>Tearing on meals</p><textarea>Her note</textarea></main>
<dialog id="plan"><p>Plan of Ada</p></dialog>"""


def test_a_session_warns_before_it_ends_and_can_be_kept(clinic):
    page = clinic.page
    page.clock.install()
    clinic.show("<p>x</p>", SESSION)
    page.clock.fast_forward(170_000)
    assert page.get_by_role("dialog").count() == 0
    page.clock.fast_forward(20_000)
    page.get_by_role("button", name="Stay signed in").click()
    page.wait_for_timeout(200)
    assert [path for path, _ in clinic.sent] == ["/keep/"]
    page.clock.fast_forward(170_000)
    assert page.get_by_role("dialog").count() == 0
    page.clock.run_for(140_000)
    page.get_by_role("dialog").get_by_text("You have been signed out").wait_for()
    with page.expect_navigation(url=f"{ORIGIN}/login/?next=%2Fpage%2F"):
        page.get_by_role("button", name="Sign in").click()


def test_nothing_of_the_patient_is_left_on_the_screen_when_the_session_has_ended(clinic):
    page = clinic.page
    page.clock.install()
    clinic.show(RECORD, SESSION)
    page.evaluate("document.title = 'INVENTED'; document.getElementById('plan').showModal()")
    page.clock.run_for(190_000)
    warning = page.get_by_role("dialog", name="signed out")
    page.get_by_role("button", name="Stay signed in").wait_for()
    assert "INVENTED" in page.locator("dialog[open]").last.inner_text()  # still the person who signed in
    page.clock.run_for(130_000)
    warning.get_by_text("You have been signed out").wait_for()
    assert page.locator("dialog[open]").count() == 1
    for seen in ("INVENTED", "Tearing", "Ada"):
        assert seen not in page.locator("body").inner_text()
    assert not page.locator("textarea").is_visible()
    assert "INVENTED" not in page.title()


def test_a_page_that_looks_by_itself_keeps_nobody_signed_in_and_a_press_does(clinic):
    page = clinic.page
    page.clock.install()
    clinic.show(
        '<script src="/static/django_htmx/htmx-2.min.js"></script>'
        '<p hx-get="/looks/" hx-trigger="every 2s, refresh" hx-swap="none">waiting</p>'
        '<button hx-get="/pressed/" hx-swap="none">Show</button>',
        SESSION,
    )
    page.clock.run_for(170_000)
    assert ("/looks/", True) in clinic.asked_by_itself
    page.get_by_role("button", name="Show").click()
    page.wait_for_timeout(300)
    assert ("/pressed/", False) in clinic.asked_by_itself
    page.evaluate("htmx.trigger('p', 'refresh')")  # a script of ours, after something was sent
    page.wait_for_timeout(300)
    assert ("/looks/", False) in clinic.asked_by_itself
    page.clock.run_for(170_000)
    assert page.get_by_role("dialog").count() == 0
    page.clock.run_for(20_000)
    page.get_by_role("button", name="Stay signed in").wait_for()


def test_the_theme_is_remembered(clinic):
    page = clinic.page
    clinic.show(
        '<button data-theme-choice="dark">Dark</button><button data-theme-choice="system">System</button>'
    )
    page.get_by_text("Dark").click()
    clinic.show('<button data-theme-choice="system">System</button>')
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_text("System").click()
    assert page.evaluate("document.documentElement.dataset.theme ?? null") is None


def test_the_error_summary_takes_the_focus_and_leads_to_its_field(clinic):
    page = clinic.page
    clinic.show(
        '<div data-error-summary tabindex="-1"><a href="#lot">Lot: enter the lot</a></div><input id="lot">'
    )
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.get_by_text("Lot: enter the lot").click()
    assert page.evaluate("document.activeElement.id") == "lot"


def test_the_current_step_of_a_visit_is_in_view_also_after_the_steps_were_renewed(clinic):
    def steps(current):
        return "".join(
            f'<li style="flex:none;width:200px"><a {"aria-current=step" if n == current else ""}>{n}</a></li>'
            for n in range(11)
        )

    row = '<nav id="steps" style="width:600px;overflow-x:auto"><ol style="display:flex">{}</ol></nav>'
    clinic.page.emulate_media(reduced_motion="reduce")
    clinic.show(row.format(steps(9)))
    is_seen = """() => {
        const box = document.getElementById("steps").getBoundingClientRect();
        const step = document.querySelector("[aria-current]").getBoundingClientRect();
        return step.left >= box.left && step.right <= box.right;
    }"""
    clinic.page.wait_for_function(is_seen, timeout=3000)
    clinic.page.evaluate(
        """(html) => {
            const steps = document.getElementById("steps");
            steps.outerHTML = html;
            const detail = { target: document.getElementById("steps") };
            document.body.dispatchEvent(new CustomEvent("htmx:oobAfterSwap", { bubbles: true, detail }));
        }""",
        row.format(steps(7)),
    )
    clinic.page.wait_for_function(is_seen, timeout=3000)
