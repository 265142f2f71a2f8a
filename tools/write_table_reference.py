"""Write docs/reference/tables/: every cited table, so that the manual shows every number with its tag.

Run it after a table changes:  python tools/write_table_reference.py
"""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from facialis.evidence.catalogue import TableAddress, tables
from facialis.evidence.provenance import Provenance
from facialis.evidence.row import Row
from facialis.evidence.sources import Source, sources
from facialis.evidence.table import RowTable

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference" / "tables"

TAGS = {
    Provenance.FOUND: "read on a page of the source, almost always an abstract or an opening",
    Provenance.RECALL_HIGH: "from general knowledge of the literature, not re-read; sure",
    Provenance.RECALL_MEDIUM: "from general knowledge, less sure: a clinician confirms it before it is used",
    Provenance.DERIVED: "arithmetic on tagged numbers; the note shows it",
    Provenance.DESIGN: "a choice of this software, not evidence",
    Provenance.CALIBRATED: "fitted or set by this project on its own data",
}
INDEX_INTRODUCTION = """\
# Tables

Every number with a clinical meaning stands in one of these tables, with its unit, population, source,
place in the source, and a tag that says how far it can be trusted. `facialis cite TABLE` prints the same.
The pages are written by `tools/write_table_reference.py` from the files that the software reads.
"""
SOURCES_INTRODUCTION = """\
# Sources

What each key stands for. Quality: A randomised trial or meta-analysis, B large series, C small series,
- not graded. The last word says how this project knows the source. Identifiers stand here only where they
are sure, and titles that were not read are left out.
"""

CITATION_COLUMNS = ("source_key", "locator", "provenance", "population")
UNSHOWN = ("preference",)
LONG_CODE = 40
"""A cell of nothing but digits and signs that is longer than this is shortened."""
CODE = re.compile(r"[0-9a-f .;-]+")


def main() -> None:
    """Write every page, and remove pages of tables that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages = all_pages()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, "utf-8")
    for file in FOLDER.glob("*.md"):
        if file.name not in pages:
            file.unlink()


def all_pages() -> dict[str, str]:
    """Every page by its file name."""
    found = {page_name(address): table_page(address) for address in tables().values()}
    return {"README.md": index_page(tables().values()), "sources.md": sources_page(sources()), **found}


def page_name(address: TableAddress) -> str:
    """File of a table's page."""
    return f"{address.room}-{address.stem.replace('_', '-')}.md"


def index_page(addresses: Iterable[TableAddress]) -> str:
    """List of all tables by room, and what the tags mean."""
    parts = [
        INDEX_INTRODUCTION,
        "| Tag | What it means |\n|---|---|",
        *(f"| `{tag.value}` | {meaning} |" for tag, meaning in TAGS.items()),
        "\nAll sources: [sources.md](sources.md).\n",
    ]
    for room, members in groupby(addresses, key=lambda address: address.room):
        parts += [f"## {room.capitalize()}\n", "| Table | What it holds | Rows | Tags |\n|---|---|---|---|"]
        for address in members:
            table = address.load()
            parts.append(
                f"| [{address.name}]({page_name(address)}) | {escaped(table.passport.title)} "
                f"| {len(table.rows)} | {tags_of(table)} |"
            )
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def tags_of(table: RowTable) -> str:
    """How many rows carry each tag."""
    counts = {tag: sum(row.citation.provenance is tag for row in table.rows) for tag in Provenance}
    return ", ".join(f"{count} {tag.value}" for tag, count in counts.items() if count)


def table_page(address: TableAddress) -> str:
    """One table with all its rows."""
    table = address.load()
    passport = table.passport
    columns = shown_columns(table)
    parts = [
        f"# {passport.title}\n",
    ]
    about = (f"`{address.name}`", f"{len(table.rows)} rows", f"last reviewed {passport.last_reviewed}")
    parts.append(" · ".join((*about, passport.generator, passport.licence)) + "\n")
    if passport.population:
        parts.append(f"Population: {passport.population}.\n")
    if passport.reason:
        parts.append(f"{passport.reason}\n")
    parts += [
        "| " + " | ".join(heading(column, passport.units) for column in columns) + " | Source | Tag |",
        "|---" * (len(columns) + 2) + "|",
        *(row_line(row, columns) for row in table.rows),
        "\n## Columns\n",
        *(
            f"- `{name}`: {meaning}"
            + (f" [{passport.units[name]}]" if passport.units.get(name, "1") != "1" else "")
            for name, meaning in passport.columns.items()
        ),
    ]
    return "\n".join(parts) + "\n"


def shown_columns(table: RowTable) -> list[str]:
    """Columns with content that are not part of the citation; the population only where it varies."""
    varied = {row.citation.population for row in table.rows}
    hidden = {*CITATION_COLUMNS, *UNSHOWN} - ({"population"} if len(varied) > 1 else set())
    return [
        name
        for name in table.passport.columns
        if name not in hidden and any(row.cells[name].strip() for row in table.rows)
    ]


def heading(column: str, units: Mapping[str, str]) -> str:
    """Name of a column with its unit, unless the name ends with it."""
    words = column.replace("_", " ").capitalize()
    unit = units.get(column, "1")
    return words if unit == "1" or column.endswith(f"_{unit}") else f"{words} [{escaped(unit)}]"


def row_line(row: Row, columns: Iterable[str]) -> str:
    """One row."""
    citation = row.citation
    cells = [escaped(shortened(row.cells[name].strip())) for name in columns]
    source = f"[{citation.source_key}](sources.md#{citation.source_key.lower()}), {escaped(citation.locator)}"
    return "| " + " | ".join([*cells, source, f"`{citation.provenance.value}`"]) + " |"


def shortened(cell: str) -> str:
    """A checksum or a path on the mesh by its beginning."""
    return f"{cell[:12]}…" if len(cell) > LONG_CODE and CODE.fullmatch(cell) else cell


def sources_page(entries: Mapping[str, Source]) -> str:
    """Every source of the bibliography."""
    parts = [
        SOURCES_INTRODUCTION,
    ]
    for entry in sorted(entries.values(), key=lambda item: item.key.lower()):
        kind = entry.kind.value.replace("_", " ")
        note = f" {entry.note}" if entry.note else ""
        parts.append(
            f"### {entry.key}\n\n{escaped(entry.reference)}{escaped(note)}\n\n"
            f"{kind} · quality {entry.quality.value} · {entry.seen}\n"
        )
    return "\n".join(parts).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text that cannot break a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
