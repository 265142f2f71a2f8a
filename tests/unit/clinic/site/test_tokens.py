"""What is written on the pages can be read, in the light and in the dark theme."""

import re
from pathlib import Path

import pytest

from facialis.clinic import site

TOKENS = Path(site.__file__).parent / "static" / "site" / "css" / "tokens.css"
PAIR = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
THEMES = ("light", "dark")

TEXT = 4.5
USE = 3.0
"""Contrast of text and of what can be used or must be told apart, by WCAG 2.2."""

READ = [
    *((ink, ground) for ink in ("ink", "ink-soft", "accent", "accent-strong", "stop", "good", "warn", "model")
      for ground in ("paper", "ground", "raised")),
    *((ink, "accent-tint")
      for ink in ("ink", "ink-soft", "accent", "accent-strong", "affected", "healthy", "stop", "good")),
    *((kind, f"{kind}-tint") for kind in ("good", "warn", "stop", "amended", "affected", "healthy")),
    *(("ink", f"{kind}-tint") for kind in ("good", "warn", "stop", "amended", "affected", "healthy")),
    *((f"on-{kind}", kind) for kind in ("accent", "affected", "healthy", "midline", "stop")),
    *((role, ground) for role in ("affected", "healthy", "midline") for ground in ("paper", "raised")),
    ("on-accent", "accent-strong"),
    ("paper", "ink"),
]  # fmt: skip
TOLD_APART = [
    *((line, ground) for line in ("edge", "accent", "stop", "warn", "healthy-pale", "affected")
      for ground in ("paper", "ground", "raised")),
    ("edge", "accent-tint"),
    ("healthy-pale", "accent-tint"),
    *((f"edge-{number}", "paper") for number in range(1, 7)),
]  # fmt: skip


def colours() -> dict[str, dict[str, str]]:
    found = PAIR.findall(TOKENS.read_text(encoding="utf-8"))
    return {theme: {name: pair[at] for name, *pair in found} for at, theme in enumerate(THEMES)}


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_can_be_read(theme, ink, ground):
    found = colours()[theme]
    assert contrast(found[ink], found[ground]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "ground"), TOLD_APART)
def test_what_can_be_used_stands_out(theme, line, ground):
    found = colours()[theme]
    assert contrast(found[line], found[ground]) >= USE


def test_sides_have_the_colours_of_the_printed_plan():
    from facialis.anatomy.side_roles import SideRole
    from facialis.report.plan_figure.circles import ROLE_COLOURS

    light = colours()["light"]
    assert {role: light[role.value] for role in SideRole} == ROLE_COLOURS


def test_every_token_that_a_style_sheet_names_exists():
    sheets = {path.name: path.read_text(encoding="utf-8") for path in TOKENS.parent.glob("*.css")}
    named = {name for text in sheets.values() for name in re.findall(r"var\(--([a-z0-9-]+)", text)}
    made = {
        name
        for text in sheets.values()
        for name in re.findall(r"^\s*(?:\.[^{]+\{\s*)?--([a-z0-9-]+):", text, re.MULTILINE)
    }
    assert named - made == set()
