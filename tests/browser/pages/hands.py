"""Three ways to work a page. What a page offers to one of them, it has to offer to all."""

from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page

FOCUS = """
(element) => {
  const focused = document.activeElement;
  const shows = (one) => {
    const style = getComputedStyle(one);
    const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return isOutlined || style.boxShadow !== "none";
  };
  // A radio button is drawn by its label; a shape, by what lies in it.
  const label = focused.closest("label");
  const drawn = [focused, label, ...(label?.children ?? []), ...focused.children];
  const box = (label ?? focused).getBoundingClientRect();
  const [x, y] = [box.x + Math.min(box.width, innerWidth) / 2, box.y + Math.min(box.height, innerHeight) / 2];
  const seen = [[x, y], [box.x + 3, box.y + 3], [box.right - 3, box.bottom - 3]].some(([left, top]) => {
    const at = document.elementFromPoint(left, top);
    return at && (focused.contains(at) || at.contains(focused) || label?.contains(at));
  });
  return { is: focused.matches(":focus-visible"), isDrawn: drawn.filter(Boolean).some(shows), seen };
}
"""
# Where the focus is, seen from an element: on it, in its group of radio buttons, before it or after it.
WHERE = """
(element) => {
  const focused = document.activeElement;
  if (focused === element) return "here";
  const isRadio = (one) => one.type === "radio";
  if (isRadio(element) && isRadio(focused) && element.name === focused.name && element.form === focused.form)
    return "group";
  if (focused === document.body) return "before";
  return focused.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING ? "before" : "after";
}
"""
FARTHEST = 400
"""Presses of Tab after which something is out of reach."""


class Hand(Protocol):
    """What each of the three ways can do."""

    name: str

    def press(self, target: Locator) -> None:
        """Press a button, a link, a choice."""

    def write(self, target: Locator, text: object) -> None:
        """Put a text into a field, instead of what it holds."""

    def choose(self, target: Locator, label: str) -> None:
        """Choose in a list."""

    def give_files(self, target: Locator, *paths: Path) -> None:
        """Choose files; the dialog for them is the device's own."""


class Mouse:
    """Points and clicks."""

    name = "mouse"

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Press a button, a link, a choice."""
        _drawn(target).click()

    def write(self, target: Locator, text: object) -> None:
        """Put a text into a field, instead of what it holds."""
        self.press(target)
        target.press("ControlOrMeta+A")
        target.press_sequentially(str(text)) if text else target.press("Delete")

    def choose(self, target: Locator, label: str) -> None:
        """Choose in a list."""
        target.select_option(label=label)

    def give_files(self, target: Locator, *paths: Path) -> None:
        """Choose files; the dialog for them is the device's own."""
        target.set_input_files(paths)


class Touch(Mouse):
    """Taps with a finger."""

    name = "touch"

    def press(self, target: Locator) -> None:
        """Tap."""
        _drawn(target).tap()


class Keyboard:
    """Reaches everything with Tab and the arrows, and checks that one sees where one is.

    It never asks for the focus but by keys, so what Tab does not reach, it cannot use.
    """

    name = "keyboard"

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.files: tuple[Path, ...] = ()
        # Listening from the beginning: a dialog that opens before one listens is nobody's.
        page.on("filechooser", lambda chooser: chooser.set_files(self.files))

    def press(self, target: Locator) -> None:
        """Reach it and press it."""
        self.reach(target)
        kind = target.evaluate("(element) => element.type ?? element.localName")
        if kind == "radio":
            if not target.is_checked():
                self.page.keyboard.press("Space")
        else:
            self.page.keyboard.press("Space" if kind == "checkbox" else "Enter")

    def write(self, target: Locator, text: object) -> None:
        """Type into a field."""
        self.reach(target)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(str(text)) if text else self.page.keyboard.press("Delete")

    def choose(self, target: Locator, label: str) -> None:
        """Type the beginning of what is in a list."""
        self.reach(target)
        self.page.keyboard.type(label)
        shown = target.evaluate("(element) => element.selectedOptions[0].textContent.trim()")
        assert shown == label, f"typing {label!r} chose {shown!r}"

    def give_files(self, target: Locator, *paths: Path) -> None:
        """Reach where files are chosen; the dialog itself is the device's own."""
        self.files = paths
        self.reach(target)
        self.page.keyboard.press("Enter")

    def reach(self, target: Locator) -> None:
        """Tab to it."""
        target.wait_for(state="attached")
        if target.evaluate(WHERE) == "before" and self.page.evaluate(
            "document.activeElement === document.body"
        ):
            self._skip()
        for _ in range(FARTHEST):
            where = target.evaluate(WHERE)
            if where == "here":
                break
            self._key({"before": "Tab", "after": "Shift+Tab", "group": "ArrowDown"}[where])
        else:
            raise AssertionError(f"Tab does not reach {target}")
        found = target.evaluate(FOCUS)
        assert found["is"], f"{target} has the focus and is not told so"
        assert found["isDrawn"], f"one does not see that {target} has the focus"
        assert found["seen"], f"{target} has the focus behind something else"

    def _skip(self) -> None:
        """Begin a page as people do: by its first link, to the content."""
        self._key("Tab")
        if self.page.evaluate("document.activeElement.classList.contains('skip-link')"):
            self._key("Enter")

    def _key(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)


def _drawn(target: Locator) -> Locator:
    """What one sees of it: a radio button and a box to tick are drawn by their label."""
    is_hidden = target.evaluate(
        "(element) => ['radio', 'checkbox', 'file'].includes(element.type) && element.labels.length > 0"
    )
    return target.locator("xpath=ancestor::label[1]") if is_hidden else target
