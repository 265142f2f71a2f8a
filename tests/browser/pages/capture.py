"""The nine photographs of a visit."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.pages.person import Person

MEASURED_WITHIN_MS = 180_000


def upload(
    person: Person, visit: str, folder: Path, names: Sequence[str] | None = None, mirrored: str = "no"
) -> None:
    """Choose files of the nine views together, say what they are, and add them."""
    person.open("capture", visit)
    person.sees("0 of 9", within=person.page.locator("#capture-progress"))
    person.answer("mirrored", mirrored)
    files = sorted(folder.glob("*.jpg")) if names is None else [folder / f"{name}.jpg" for name in names]
    person.hand.give_files(person.page.locator("#many-files"), *files)
    chosen = person.page.locator("[data-chosen-list] select")
    expect(chosen).to_have_count(len(files))
    for select, file in zip(chosen.all(), files, strict=True):
        # The view is read from the name of the file, and shown before anything is sent.
        expect(select).to_have_value(file.stem)
    person.press("Add these photographs")
    expect(person.page.locator(".photo-cell img")).to_have_count(len(files), timeout=60_000)


def wait_until_measured(person: Person, count: int = 9) -> None:
    """The page looks by itself until every photograph has its answer."""
    expect(person.page.locator(".photo-cell--measured")).to_have_count(count, timeout=MEASURED_WITHIN_MS)
    for name in ("RIGHT", "LEFT"):
        expect(person.page.locator(f".photo-cell .photo__side--{name.lower()}")).to_have_count(count)
