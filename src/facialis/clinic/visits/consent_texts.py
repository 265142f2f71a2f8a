"""The texts that a clinic begins with; it writes its own versions from there."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from facialis.clinic.visits.models import ConsentKind

FOLDER = Path(__file__).parent / "default_texts"
LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class DefaultText:
    """One text in one language."""

    kind: ConsentKind
    language: str
    title: str
    text: str


@cache
def default_texts() -> tuple[DefaultText, ...]:
    """Every kind in every language; the first line of a file is its title."""
    return tuple(_read(kind, language) for kind in ConsentKind for language in LANGUAGES)


def _read(kind: ConsentKind, language: str) -> DefaultText:
    title, _, text = (FOLDER / f"{kind.value}.{language}.txt").read_text("utf-8").partition("\n")
    return DefaultText(kind, language, title.strip(), text.strip())


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a list of a text, for showing it."""

    kind: str
    """'heading', 'paragraph' or 'list'."""
    lines: tuple[str, ...]


def blocks_of(text: str) -> list[Block]:
    """Take a text apart: lines with '## ' are headings, lines with '- ' belong to a list."""
    found: list[Block] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            found.append(Block("", ()))
            continue
        kind = "heading" if line.startswith("## ") else "list" if line.startswith("- ") else "paragraph"
        words = line.removeprefix("## ").removeprefix("- ")
        if kind != "heading" and found and found[-1].kind == kind:
            found[-1] = Block(kind, (*found[-1].lines, words))
        else:
            found.append(Block(kind, (words,)))
    return [block for block in found if block.kind]
