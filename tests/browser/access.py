"""Whether everybody can use a page: axe's rules, and nothing wider than the screen."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # publishes no types
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
_SETTLED = """() => Promise.all(document.getAnimations()
    .filter(one => Number.isFinite(one.effect.getComputedTiming().endTime))
    .map(one => one.finished.catch(() => null)))"""
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults_of_access(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """Each rule that the page breaks, and where."""
    # Half a button under what stays in sight while one scrolls is no small button: one scrolls on.
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.evaluate(_SETTLED)  # a colour halfway between two has a contrast that nobody chose
    found = Axe().run(page, options=rules).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]


def is_wider(page: Page) -> bool:
    """Whether one would have to scroll the page sideways."""
    return bool(page.evaluate(_WIDER) > 0)


def check_access(page: Page) -> None:
    """Fail where the page breaks a rule or is wider than the screen."""
    faults = faults_of_access(page)
    assert not faults, "\n".join(faults)
    assert not is_wider(page), f"{page.url} is wider than the screen"
