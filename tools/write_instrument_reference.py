"""Write docs/reference/instruments/*.md from the items, anchors, numbers and spec tables of the instruments.

Usage: python tools/write_instrument_reference.py
"""

import csv
import inspect
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from facialis.evidence import Citation, CitedValue
from facialis.grading.instrument import Instrument
from facialis.grading.registry import INSTRUMENTS
from facialis.grading.scoring_table import load_scoring

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "reference" / "instruments"
SPEC = ROOT / "tests" / "spec" / "grading"

INTRODUCTION = """\
# {title}

Written by `tools/write_instrument_reference.py` from the tables of the instrument; change it there.

    facialis grade {id} FILE.json
    facialis grade form {id}

Version {version}. {licence_note}

Labels and meanings are in words of this project and no wording of a form. Behind every source stands how
far it can be trusted (`found`, `recall-high`, `recall-medium`, `derived`, `design`); `facialis cite` prints
the references.
"""


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        + "\n"
    )


def source_words(citation: Citation) -> str:
    return f"{citation.source_key} ({citation.provenance.value})"


def items_table(instrument: Instrument) -> str:
    rows = [
        [
            f"`{item.id}`",
            item.part.replace("_", " "),
            item.label,
            item.allowed,
            source_words(item.citation),
            item.citation.note,
        ]
        for item in instrument.items
    ]
    return markdown_table(["Item", "Part", "What", "Allowed", "Source", "Note"], rows)


def anchors_table(instrument: Instrument) -> str:
    """What the answers mean; items whose answers mean the same share their lines."""
    meanings: dict[tuple[str, ...], list[str]] = {}
    for item in instrument.items:
        for anchor in item.anchors:
            points = "" if anchor.points is None else str(anchor.points)
            line = (
                anchor.answer,
                points,
                anchor.meaning,
                source_words(anchor.citation),
                anchor.citation.note,
            )
            meanings.setdefault(line, []).append(f"`{item.id}`")
    rows = [[", ".join(items), f"`{answer}`", *rest] for (answer, *rest), items in meanings.items()]
    return markdown_table(["Items", "Answer", "Counts", "Meaning", "Source", "Note"], rows)


def number_words(cited: CitedValue) -> str:
    value = "" if cited.value is None else f"{cited.value:g}"
    if cited.interval is None:
        return value
    low, high = cited.interval
    span = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return f"{value} ({span})" if value else span


def numbers_table(instrument: Instrument) -> str:
    rows = [
        [
            cited.name.replace("_", " "),
            number_words(cited),
            cited.unit,
            cited.population,
            source_words(cited.citation),
            str(cited.preference),
            cited.note,
        ]
        for cited in load_scoring(instrument.id).values.values
    ]
    head = ["Number", "Value", "Unit", "Of whom", "Source", "Choice", "Note"]
    return markdown_table(head, rows)


def options_text(instrument: Instrument) -> str:
    lines = [
        f"- `{option.name}` = {' or '.join(f'`{value}`' for value in option.allowed)}: "
        f"{option.meaning.rstrip('.')}."
        for option in instrument.options
    ]
    return "\n".join(["## Options\n", *lines]) + "\n" if lines else ""


def rule_text(instrument: Instrument) -> str:
    """The summary and the notes of the scoring function."""
    documented = inspect.getdoc(instrument.score) or ""
    notes = documented.partition("Notes\n-----\n")[2].partition("\n\n")[0]
    return "\n\n".join(text for text in (documented.partition("\n")[0], notes.strip()) if text) + "\n"


def statements_text(instrument: Instrument) -> str:
    """The rows that the tests walk: a table of cases, or else a table of statements."""
    statements, cases = SPEC / f"{instrument.id}.toml", SPEC / f"{instrument.id}.csv"
    if not cases.exists():
        return statements_table(tomllib.loads(statements.read_text("utf-8")))
    rows = list(csv.reader(cases.read_text("utf-8").splitlines()))
    return markdown_table([word.capitalize() for word in rows[0]], rows[1:])


def statements_table(spec: Mapping[str, Any]) -> str:
    scores = [[row["says"], answers_words(spec, row), expected_words(row["expect"])] for row in spec["score"]]
    refusals = [
        [row["says"], answers_words(spec, row), f"refused: `{row['code']}`"] for row in spec["refused"]
    ]
    return markdown_table(
        ["Statement", "Answers, the others as in a healthy face", "Expected"], scores + refusals
    )


def answers_words(spec: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    changed = {name: value for name, value in row.get("answers", {}).items() if value != spec["normal"][name]}
    changed |= dict.fromkeys(row.get("unanswered", []), "not assessed")
    changed |= row.get("options", {})
    values = {str(value) for value in changed.values()}
    if len(changed) > 4 and len(values) == 1:
        return f"{len(changed)} items {next(iter(values)).lower()}"
    return ", ".join(f"`{name}` {str(value).lower()}" for name, value in changed.items())


def expected_words(expected: Mapping[str, str]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in expected.items())


def page(instrument: Instrument) -> str:
    """The whole page of one instrument."""
    parts = [
        INTRODUCTION.format(
            title=instrument.title,
            id=instrument.id,
            version=instrument.version,
            licence_note=instrument.licence_note,
        ),
        "## Rule\n",
        rule_text(instrument),
        "## Items\n",
        items_table(instrument),
        "## What the answers mean\n",
        anchors_table(instrument),
        options_text(instrument),
        "## Numbers\n\nWhere sources disagree each has its row; choice 1 is the one that is used.\n",
        numbers_table(instrument),
        "## Cases\n\nEach is a row of a table that the tests walk.\n",
        statements_text(instrument),
    ]
    return "\n".join(part for part in parts if part)


def pages() -> dict[Path, str]:
    """Every page and its text."""
    return {PAGES / f"{name}.md": page(instrument) for name, instrument in INSTRUMENTS.items()}


if __name__ == "__main__":
    PAGES.mkdir(parents=True, exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
