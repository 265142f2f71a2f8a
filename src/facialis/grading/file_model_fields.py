"""Which field of other people's files is which item, and which is none."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from facialis.evidence import Row, load_rows
from facialis.grading.file_model_values import MOST_CHARACTERS, unpacked
from facialis.grading.instrument import TABLES, Item

SECTIONS = ("sunnybrook", "eface", "houseBrackmann")
UNSPECIFIED = "unlike_unspecified"
"""The answer for points that several words can stand for."""
FRAME = frozenset({"metadata_object_version", "application_version", "application_org"})
_TOTALS = frozenset({f"sunnybrook_score{ending}" for ending in ("", "_rest", "_volu", "_synk")})


@dataclass(frozen=True)
class Unmapped:
    """A field that was filled in and that no item of ours is the same as."""

    field: str
    reason: str


def mapped_fields(section: str) -> tuple[Row, ...]:
    """Return the rows of the table of fields that belong to one object of the file."""
    return tuple(row for row in load_rows(TABLES, "file_model_items").rows if row.text("section") == section)


def word_for(item: Item, points: int) -> str | None:
    """Return the word that the points stand for, `UNSPECIFIED` where several do, None where none does."""
    words = [anchor.answer for anchor in item.anchors if anchor.points == points]
    return UNSPECIFIED if len(words) > 1 else next(iter(words), None)


def unmapped_fields(whole: Mapping[str, Any], present: Mapping[str, Mapping[str, Any]]) -> Iterator[Unmapped]:
    """Name every field with a value that is not taken over; values are not repeated, they may be personal.

    Parameters
    ----------
    whole : mapping
        The file.
    present : mapping
        Its objects, by name.
    """
    known = {*SECTIONS, *FRAME, *_TOTALS, "palsy_side"}
    for key in _filled(whole, known):
        yield Unmapped(key[:MOST_CHARACTERS], "not part of a grading")
    for name, section in present.items():
        rows = {row.text("field"): row for row in mapped_fields(name)}
        if name == "houseBrackmann":
            known = {*FRAME, "houseBrackmann"}
        else:
            known = {*FRAME, *(field for field, row in rows.items() if row.optional_text("item_id"))}
        for key in _filled(section, known):
            reason = rows[key].text("reason") if key in rows else "not an item of the instrument"
            yield Unmapped(f"{name}.{key[:MOST_CHARACTERS]}", reason)


def _filled(section: Mapping[str, Any], known: AbstractSet[str]) -> Iterator[str]:
    return (
        key for key, value in section.items() if key not in known and unpacked(value) not in (None, "", [])
    )
