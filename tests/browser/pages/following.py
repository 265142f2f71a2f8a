"""What comes after a treatment: recalls, adverse events, pictures and curves beside each other."""

from playwright.sync_api import expect

from tests.browser.pages.person import Person


def check_recall(person: Person, family_name: str) -> None:
    """The patient is called back for a review and a repeat."""
    person.press_to("Recalls", "/recalls/", within=person.page.locator("header"))
    line = person.main.locator(".recall", has_text=family_name.upper())
    assert line.count() >= 1
    person.sees("onabotulinumtoxinA", within=line.first)


def report_event(person: Person, patient: str) -> None:
    """An adverse event, with its side."""
    person.open("adverse_event_new", patient)
    kinds = person.field("kind").locator("option").all_inner_texts()
    person.choose("kind", next(one for one in kinds if "bruis" in one.lower() or "haematoma" in one.lower()))
    person.choose("side", "LEFT")
    person.write("onset", person.page.evaluate("new Date().toISOString().slice(0, 10)"))
    person.answer(
        "seriousness", "not_serious" if person.field("seriousness", "not_serious").count() else "no"
    )
    person.press_away("Save the report")
    person.sees("LEFT")


def compare(person: Person, patient: str) -> None:
    """The same expression of two visits, side by side and with a slider."""
    person.open("compare", patient)
    expect(person.main.locator(".compare figure image")).to_have_count(2)
    for word in ("RIGHT", "LEFT"):
        expect(person.main.locator(f".compare .photo__side--{word.lower()}")).to_have_text([word, word])
    person.sees("error", within=person.main.locator("#what-changed"))
    person.press("Slider")
    line = person.main.locator("[data-compare-line]")
    before = line.get_attribute("x1")
    person.hand.press(person.main.locator("[data-compare-range]"))
    for _ in range(5):
        person.page.keyboard.press("ArrowRight")
    expect(line).not_to_have_attribute("x1", before)


def check_trends(person: Person, patient: str, treatments: int = 1) -> None:
    """One point for each visit, and the treatments."""
    person.open("trends", patient)
    first = person.main.locator("svg[role=img]").first
    assert first.locator(".curve__dot").count() >= 2
    assert person.main.locator(".trend__bar").count() >= treatments
