"""Measures of a visit, the points behind them, and the map of synkinesis."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.browser.pages.hands import Keyboard, Touch
from tests.browser.pages.person import Person

ANSWERS_WITHIN_S = 30.0


def open_points(person: Person, visit: str, view: str) -> None:
    """From the measures of one view to its points, with the key that the page names."""
    person.open("measure", visit, query=f"?view={view}")
    person.sees("RIGHT", "LEFT", "mm", within=person.main.locator(".workspace"))
    if isinstance(person.hand, Keyboard):
        person.page.keyboard.press("e")
    else:
        person.hand.press(person.main.locator("[data-edit-points]"))
    person.page.wait_for_url(re.compile("/points/"))
    expect(person.main.locator("[data-handle]").first).to_be_attached()


def size_iris_by_arrows(person: Person, side: str, presses: int = 12) -> None:
    """Choose the edge of an iris in the list and push it with the arrow keys: the scale of every row."""
    with _rows_change(person, are_all=True):
        _pick(person, f"{side}.iris_diameter")
        for _ in range(presses):
            person.page.keyboard.press("ArrowRight")


def move_by_taps(person: Person, handle: str, dx: float, dy: float) -> None:
    """Choose a point and tap where it belongs, in pixels of the screen; by keyboard: type where."""
    with _rows_change(person):
        _pick(person, handle)
        if isinstance(person.hand, Keyboard):
            x, y = person.main.locator("[data-x]"), person.main.locator("[data-y]")
            person.hand.write(x, f"{float(x.input_value()) + dx / 5:.1f}")
            person.hand.write(y, f"{float(y.input_value()) + dy / 5:.1f}")
            person.page.keyboard.press("Tab")
            return
        x, y = _place(person, handle)
        to = (x + dx, y + dy)
        if isinstance(person.hand, Touch):
            person.page.touchscreen.tap(*to)
        else:
            person.page.mouse.click(*to)


def drag(person: Person, handle: str, dx: float, dy: float) -> None:
    """Drag a point with the mouse or a finger; by keyboard: with the arrows, ten pixels at once."""
    with _rows_change(person):
        if isinstance(person.hand, Keyboard):
            _pick(person, handle)
            person.page.keyboard.press("Shift+ArrowRight" if dx > 0 else "Shift+ArrowLeft")
            return
        person.press("Face")
        x, y = _place(person, handle)
        steps = [(x + dx * part / 8, y + dy * part / 8) for part in range(9)]
        if isinstance(person.hand, Touch):
            _drag_with_finger(person.page, steps)
            return
        person.page.mouse.move(*steps[0])
        person.page.mouse.down()
        for step in steps[1:]:
            person.page.mouse.move(*step)
        person.page.mouse.up()


def save_points(person: Person) -> None:
    """Save, and see the measures of the new points."""
    moved = person.main.locator("[data-count]")
    expect(moved).to_contain_text("Not saved: 3 moved")
    person.press("Save points")
    person.page.wait_for_url(re.compile("/measure/"))
    person.sees("Points version 1, placed by")


@contextmanager
def _rows_change(person: Person, are_all: bool = False) -> Iterator[None]:
    """What is read from the chosen point shows other numbers; of the size of the iris depends everything."""
    name = "row.closest('.row-list').className + row.dataset.measure"
    texts = f"(rows) => rows.map((row) => [{name}, row.textContent])"
    rows = person.main.locator("[data-rows] .row-list:not(.row-list--about) .butterfly")
    before = dict(rows.evaluate_all(texts))
    in_mm = {name for name, text in before.items() if " mm" in text}  # angles know no scale
    yield
    end = time.monotonic() + ANSWERS_WITHIN_S
    read_from_it = person.main.locator("[data-rows] .row-list--about .butterfly")
    while True:
        after = dict(rows.evaluate_all(texts))
        changed = {name for name in before if before[name] != after.get(name)}
        if changed >= in_mm or (changed and not are_all) or time.monotonic() > end:
            break
        person.page.wait_for_timeout(50)
    assert changed, "no row changed"
    assert read_from_it.count() > 0, "the rows that are read from the point do not stand first"
    if are_all:
        assert changed >= in_mm, f"these rows did not change: {in_mm - changed}"


def _pick(person: Person, handle: str) -> None:
    """In the list of all points."""
    button = person.page.locator(f'[data-pick="{handle}"]')
    fold = person.main.locator("details", has=button)
    if fold.get_attribute("open") is None:
        person.hand.press(fold.locator("summary"))
    person.hand.press(button)
    expect(button).to_have_attribute("aria-pressed", "true")


def _place(person: Person, handle: str) -> tuple[float, float]:
    """Where a point is on the screen, once that is seen."""
    target = person.main.locator(f'[data-handle="{handle}"] .handle__target')
    target.evaluate("(element) => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _drag_with_finger(page: Page, steps: list[tuple[float, float]]) -> None:
    tools = page.context.new_cdp_session(page)
    for number, (x, y) in enumerate(steps):
        kind = "touchMove" if number else "touchStart"
        tools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    tools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    tools.detach()


def check_map(person: Person, visit: str) -> None:
    """What moved without being asked, by side, with its error; a circle shows the place."""
    person.open("synkinesis", visit)
    person.sees_heading("Synkinesis")
    matrix = person.main.locator("table.matrix")
    person.sees("RIGHT", "LEFT", "±", within=matrix)
    cell = matrix.locator("button").first
    person.hand.press(cell)
    expect(person.main.locator("image, img")).not_to_have_count(0)
