"""Grades and findings."""

import re

from playwright.sync_api import expect

from facialis.clinic.operations.demonstration.visiting import GRADE
from tests.browser.pages.person import Person


def draft_sunnybrook(person: Person, visit: str) -> None:
    """Answer what is suggested: one taken over by its button, the others by their own answers."""
    person.open("grade_instrument", visit, "sunnybrook")
    score = person.page.locator("#score")
    buttons = person.main.locator("[data-take]")
    assert buttons.count() > 5, "the measurement suggests too little"
    first = buttons.first
    suggested = person.main.locator(
        f'[name="{first.get_attribute("value")}"][value="{first.get_attribute("data-take")}"]'
    )
    expect(suggested).not_to_be_checked()  # nothing is chosen for anybody
    person.hand.press(first)
    expect(suggested).to_be_checked()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(score).to_contain_text("1 of")
    for item in person.main.locator("[data-item]").all()[1:4]:
        person.hand.press(item.locator("input[type=radio]").first)
    expect(score).to_contain_text("4 of")
    person.press_away("Save as a draft")
    person.sees("Sunnybrook", "draft")


def record_finding(person: Person, visit: str) -> None:
    """What no photograph shows, each side apart."""
    person.open("findings", visit)
    person.answer("chin_dimpling-left-rest", "2")
    person.answer("chin_dimpling-right-rest", "0")
    person.press_away("Save the findings")
    person.open("grade", visit)
    person.sees("2 places examined")


def finalise_house_brackmann(person: Person, visit: str) -> None:
    """The clinician grades and signs."""
    person.open("grade_instrument", visit, "house_brackmann")
    for name, value in GRADE.items():
        person.answer(name, value)
    expect(person.page.locator("#score")).to_contain_text(re.compile(r"(\d+) of \1 answered"))
    person.press("Save and go to signing")
    person.sees_heading("Sign the grade")
    person.proves_identity()
    person.press_away("Sign the grade")
    person.open("grade", visit)
    line = person.main.locator(".grade-line", has_text="House-Brackmann").first
    person.sees("final", within=line)
