"""The nine photographs of a visit."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.pages.person import Person

MEASURED_WITHIN_MS = 180_000


def upload(
    person: Person, visit: str, folder: Path, mirrored: str = "no", is_line_lost: bool = False
) -> None:
    """Choose files of the nine views together, say what they are, and add them."""
    person.open("capture", visit)
    person.sees("0 of 9", within=person.page.locator("#capture-progress"))
    person.answer("mirrored", mirrored)
    files = sorted(folder.glob("*.jpg"))
    person.hand.give_files(person.page.locator("#many-files"), *files)
    chosen = person.page.locator("[data-chosen-list] select")
    expect(chosen).to_have_count(len(files))
    for select, file in zip(chosen.all(), files, strict=True):
        # The view is read from the name of the file, and shown before anything is sent.
        expect(select).to_have_value(file.stem)
    person.press("Add these photographs")
    if is_line_lost:
        _lose_the_line(person)
    expect(person.page.locator(".photo-cell img")).to_have_count(len(files), timeout=60_000)


def _lose_the_line(person: Person) -> None:
    """The connection goes while they are being sent, and comes again; the page sends the others by itself."""
    expect(person.page.locator(".photo-cell img")).not_to_have_count(0)
    person.page.context.set_offline(True)
    unsent = person.page.locator("[data-unsent]")
    expect(unsent).to_contain_text(re.compile(r"\d photographs? (is|are) only on this device"))
    person.page.context.set_offline(False)
    expect(unsent).to_be_hidden(timeout=60_000)


def wait_until_measured(person: Person, count: int = 9) -> None:
    """The page looks by itself until every photograph has its answer."""
    expect(person.page.locator(".photo-cell--measured")).to_have_count(count, timeout=MEASURED_WITHIN_MS)
    for name in ("RIGHT", "LEFT"):
        expect(person.page.locator(f".photo-cell .photo__side--{name.lower()}")).to_have_count(count)
