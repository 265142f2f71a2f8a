"""The vial, the points that are given, the signature, and the sheet that the patient takes home."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.pages.person import Person

LOT = "INVENTED-77"


def begin(person: Person, plan: str) -> str:
    """From the signed plan; gives the key of the treatment."""
    person.open("plan_signed", plan)
    person.press_to("Inject", "/treat/|/treatments/")
    person.press_to("Begin the treatment", "/treatments/")
    return person.key_in_address()


def enter_vial(person: Person) -> None:
    """A new vial, and the syringe."""
    person.press_to("Enter another vial", "/vials/new/")
    person.choose("product", "onabotulinumtoxinA")
    person.write("units", "100")
    person.write("lot", LOT)
    person.write("expiry", "31-Dec-2027")
    person.write("saline_ml", "2.5")
    person.press_to("Save the vial", "/treatments/")


def choose_vial(person: Person) -> None:
    """The vial of this lot, and the first syringe."""
    for name in ("vial", "syringe"):
        options = person.field(name).locator("option").all_inner_texts()
        wanted = next(one for one in options if (LOT in one if name == "vial" else one.strip("- ")))
        person.choose(name, wanted)
    person.press_away("Use this vial")
    person.sees(LOT, "2.5 mL", "onabotulinumtoxinA, 100 units")
    person.sees("mL", within=person.main.locator(".checklist__item").first)


def give(person: Person) -> None:
    """One point given, one changed, one skipped, the others as planned."""
    points = person.main.locator(".checklist__item")
    count = points.count()
    assert count >= 3
    person.press("Given", within=points.nth(0), exact=False)
    expect(points.nth(0).get_by_text("given", exact=True)).to_be_visible()
    _otherwise(person, points.nth(1), "Given otherwise", units="0.3")
    expect(points.nth(1)).to_contain_text("Reason: The needle bent.")
    _otherwise(person, points.nth(2), "Not given")
    expect(points.nth(2).get_by_text("not given", exact=True)).to_be_visible()
    if count > 3:
        person.press("Mark ", exact=False)
        person.press("Given as planned", within=person.page.get_by_role("dialog"))
    expect(person.main.get_by_role("button", name=re.compile("^Given:"))).to_have_count(0)


def _otherwise(person: Person, point: Locator, button: str, units: str | None = None) -> None:
    person.hand.press(point.locator("summary"))
    if units is not None:
        person.write("given_units", units, within=point)
    person.write("reason", "The needle bent.", within=point)
    person.press(button, within=point)


def sign(person: Person) -> None:
    """Sign what was given."""
    person.proves_identity()
    person.press_away("Sign the treatment")
    _is_signed(person)


def sign_over_a_bad_line(person: Person, treatment: str, signatures: Callable[[str], int]) -> None:
    """Sign while there is no connection, then lose the answer: neither lost nor doubled."""
    person.proves_identity()
    person.press_in_vain("Sign the treatment")
    assert signatures(treatment) == 0
    person.open("treatment", treatment)
    person.proves_identity()
    person.press_in_vain("Sign the treatment", is_answer_lost=True)
    assert signatures(treatment) == 1
    person.page.reload()  # sends the same once more
    _is_signed(person)
    assert signatures(treatment) == 1


def _is_signed(person: Person) -> None:
    person.sees("final", "I performed this treatment", LOT, "2 points differ from the signed plan")


def check_sheet(person: Person, treatment: str) -> None:
    """The patient's page in both languages, and that it was handed over."""
    person.open("patient_sheet", treatment)
    person.sees("Your treatment with botulinum toxin", "call", within=person.main.locator("article.sheet"))
    expect(person.main.locator("article.sheet")).to_have_attribute("lang", re.compile("^en"))
    person.press("Deutsch")
    expect(person.main.locator("article.sheet")).to_have_attribute("lang", "de")
    expect(person.main.locator("article.sheet")).to_contain_text("Botulinumtoxin")
    person.press_away("Record that it was handed over")
    person.sees("Handed over", "(de)")
