"""The plan: what it is made from, its doses, its forecast, and its signature."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.pages.person import Person

PROPOSED_WITHIN_MS = 600_000
PRODUCT = "onabotulinumtoxinA"
COPIED = 3
"""Targets of the session that `tests.factories.clinic` makes."""
REASON = "Discussed with the patient; the bruise is accepted."
# Milliseconds from the press to the curve that answers it.
WATCH = """
(place) => {
  const curves = () => [...document.querySelectorAll("#plan-course .curve--model")];
  const read = () => curves().map((one) => one.getAttribute("d")).join();
  const before = read();
  window.forecastMs = null;
  let began = 0;
  const button = document.getElementById(place);
  for (const kind of ["pointerdown", "keydown"]) {
    button.addEventListener(kind, () => { began ||= performance.now(); }, { capture: true });
  }
  const look = () => {
    if (began && read() && read() !== before) window.forecastMs = performance.now() - began;
    else requestAnimationFrame(look);
  };
  look();
}
"""


def begin(person: Person, visit: str, start: str = "proposal") -> str:
    """Product, checklist, and a proposal; gives the key of the plan."""
    person.open("plan", visit)
    person.sees_heading("Plan")
    person.choose("product", "onabotulinumtoxinA (Botox, Botox Cosmetic, Vistabel)")
    for point in person.main.locator(".plan-points__list input[value=yes]").all():
        person.answer(str(point.get_attribute("name")), "yes")
    person.answer("confirms_ranges")
    person.answer("start", start)
    person.press("Propose")
    expect(person.page.locator("#plan-editor")).to_be_visible(timeout=PROPOSED_WITHIN_MS)
    person.open("plan", visit)
    person.page.wait_for_url(re.compile("/plans/"))
    return person.key_in_address()


def total(person: Person) -> str:
    """The line with what is given on each side."""
    return " ".join(person.page.locator("#plan-bar .plan-bar__totals").inner_text().split())


def accept_first(person: Person) -> str:
    """Accept one suggestion; gives the key of its row."""
    button = person.main.locator("[id^=accept-]:not(#accept-all)").first
    key = _key(button, "accept-")
    before = total(person)
    person.hand.press(button)
    expect(person.page.locator(f"#remove-{key}")).to_be_visible()
    assert total(person) != before
    return key


def accept_all(person: Person) -> None:
    """Accept what is left of the proposal."""
    person.press("Accept all as suggested")
    person.press("Take over all", within=person.page.get_by_role("dialog"))
    expect(person.main.locator("[id^=accept-]:not(#accept-all)")).to_have_count(0)


def remove(person: Person, key: str) -> None:
    """Take a target out again; its suggestion stays to be seen."""
    before = total(person)
    person.hand.press(person.page.locator(f"#remove-{key}"))
    expect(person.page.locator(f"#accept-{key}")).to_be_visible()
    expect(person.page.locator("#plan-bar .plan-bar__totals")).not_to_have_text(before, use_inner_text=True)


def step_up(person: Person, key: str, point: int = 1) -> float:
    """One press of a stepper; gives the milliseconds until the forecast shows it."""
    dose = person.page.locator(f"#dose-{key}-{point}")
    before, totals = float(dose.input_value() or 0), total(person)
    person.page.evaluate(WATCH, f"more-{key}-{point}")
    person.hand.press(person.page.locator(f"#more-{key}-{point}"))
    person.page.wait_for_function("() => window.forecastMs !== null")
    assert float(dose.input_value()) > before
    assert total(person) != totals
    return float(person.page.evaluate("window.forecastMs"))


def write_reasons(person: Person) -> int:
    """A reason for every warning, one after another without waiting for an answer; gives how many."""
    forms = person.main.locator("#findings form")
    count = forms.count()
    for number in range(count):
        person.hand.write(forms.nth(number).locator("textarea[name=reason]"), REASON)
        person.press("Keep the reason", within=forms.nth(number))
    bar = person.page.locator("#plan-bar")
    if count:
        expect(bar).not_to_contain_text(re.compile("wants? a reason"))
        for number in range(count):
            expect(forms.nth(number).locator("textarea[name=reason]")).to_have_value(REASON)
    expect(bar).to_contain_text("checked")
    return count


def time_out(person: Person, plan: str) -> None:
    """Read back, tick, prove who signs; the button is left to the test."""
    said = total(person)
    person.hand.press(person.page.locator("#plan-to-time-out"))
    person.page.wait_for_url(re.compile("/time-out/"))
    person.sees_heading("Time-out")
    for side, units in re.findall(r"(RIGHT|LEFT) ([\d.]+) units", said):
        part = person.main.locator(
            ".read-back__side", has=person.page.get_by_role("heading", name=side)
        ).first
        person.sees(f"{units} unit", within=part)
    found = re.search(r"session ([\d.]+ units)", said)
    assert found, said
    person.sees(PRODUCT, "given", found.group(1))
    _tick(person)
    assert person.key_in_address() == plan


def _tick(person: Person) -> None:
    for tick in ("identity", "side", "product", "consent"):
        person.answer(tick)
    person.proves_identity()


def sign(person: Person, plan: str) -> None:
    """Read back and sign."""
    time_out(person, plan)
    person.press_away("Sign the plan")
    person.page.wait_for_url(re.compile("/signed/"))
    person.sees("active", "I stand for this plan", "proved by password", PRODUCT)


def sign_over_a_bad_line(person: Person, plan: str, signatures: Callable[[str], int]) -> None:
    """Sign while there is no connection, then lose the answer: neither lost nor doubled."""
    time_out(person, plan)
    person.press_in_vain("Sign the plan")
    assert signatures(plan) == 0
    person.open("plan_time_out", plan)
    _tick(person)
    person.press_in_vain("Sign the plan", is_answer_lost=True)
    assert signatures(plan) == 1
    person.page.reload()  # sends the same once more
    person.page.wait_for_url(re.compile("/signed/"))
    person.sees("active", "I stand for this plan", "proved by password", PRODUCT)
    assert signatures(plan) == 1


def first_of_copy(person: Person) -> str:
    """A plan that began with the last session: its doses are there, and nothing else is chosen."""
    rows = person.main.locator("[id^=remove-]")
    assert rows.count() == COPIED, "the doses of the last session are not there"
    return _key(rows.first, "remove-")


def last_row(person: Person) -> str:
    """The last target that is in the plan."""
    return _key(person.main.locator("[id^=remove-]").last, "remove-")


def _key(button: Locator, prefix: str) -> str:
    """The key of a row, from the id of its button."""
    return str(button.get_attribute("id")).removeprefix(prefix)
