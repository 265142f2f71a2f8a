"""Write src/facialis/clinic/kernel/table_words.py: words of lower rooms that the clinic's pages translate.

Usage: python tools/write_table_words.py
"""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from facialis.anatomy.injection_sites import injection_sites, injection_target
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.anatomy.site_words import site_words
from facialis.clinic.followup.events import event_kinds
from facialis.clinic.grading.finding_kinds import finding_kinds
from facialis.grading.instrument import AnswerKind, Instrument
from facialis.grading.registry import INSTRUMENTS, find_instrument
from facialis.grading.score import Direction
from facialis.measurement.measures import MEASURES
from facialis.measurement.points import FacePoints, SidePoints
from facialis.report.words import measure_words

MODULE = Path(__file__).resolve().parents[1] / "src" / "facialis" / "clinic" / "kernel" / "table_words.py"
HEAD = '''\
# ruff: noqa: ERA001
"""Words of tables that pages translate, so that `make messages` finds them.

Written by `tools/write_table_words.py`; change the tables, and run it again. Nothing imports this module.
"""

from django.utils.translation import gettext_noop as _

'''


CURVES = (
    "Symmetry index",
    "Eye left open in gentle closure",
    "Rise of the corner of the mouth in open smile",
    "points",
)
"""Titles and units of the planner's curves; its own module computes with JAX, which is slow to load."""


def table_words() -> dict[str, list[str]]:
    """By where the words come from; each word once."""
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    for source, words in _sources():
        new = [word for word in dict.fromkeys(words) if word and word not in seen]
        seen.update(new)
        if new:
            found[source] = new
    return found


def _sources() -> Iterator[tuple[str, list[str]]]:
    yield (
        "measures",
        [measure_words(measure + ending) for measure in MEASURES for ending in ("", "_excursion")],
    )
    yield "injection targets", [target.replace("_", " ") for target in InjectionTarget]
    yield (
        "full names of injection targets",
        [injection_target(target).full_name for target in InjectionTarget],
    )
    yield "sites of injection targets", [word for target in InjectionTarget for word in _sites(target)]
    yield "points of a face", [name.replace("_", " ") for name in (*_drawn(SidePoints), *_drawn(FacePoints))]
    yield "roles of sides", [role.value for role in SideRole]
    yield "curves of the planner", list(CURVES)
    yield "adverse events", [kind.replace("_", " ") for kind in event_kinds()]
    yield "findings", [kind.name for kind in finding_kinds().values()]
    yield "directions of scores", [direction.value for direction in Direction]
    for key in INSTRUMENTS:
        instrument = find_instrument(key)
        yield instrument.title, list(_of_instrument(instrument))


def _sites(target: InjectionTarget) -> list[str]:
    return [site_words(target, site.number) for site in injection_sites(target, Side.RIGHT)]


def _drawn(points: type[SidePoints | FacePoints]) -> list[str]:
    return [one.name for one in fields(points) if "ndarray" in str(one.type)]


def _of_instrument(instrument: Instrument) -> Iterator[str]:
    empty: dict[str, Any] = dict.fromkeys(item.id for item in instrument.items)
    yield from (part.label for part in instrument.score(instrument.answers_type(**empty)).parts)
    for item in instrument.items:
        yield item.label
        if item.kind is AnswerKind.CHOICE:
            yield from (anchor.answer.replace("_", " ") for anchor in item.anchors)
        yield from (anchor.meaning for anchor in item.anchors)
    for option in instrument.options:
        yield option.name.replace("_", " ").capitalize()
        yield option.meaning
        yield from (word.replace("_", " ") for word in option.allowed)


def module_text() -> str:
    """The module as it has to be."""
    lines = [HEAD]
    for source, words in table_words().items():
        lines.append(f"# {source}\n")
        # "50 % of" would be taken for a format.
        lines += [
            ("# xgettext:no-python-format\n" if "%" in w else "") + f"_({_literal(w)})\n" for w in words
        ]
    return "".join(lines)


def _literal(word: str) -> str:
    # In pieces where it is long, as the formatter of the repository would leave it.
    whole = '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if len(whole) <= 105:
        return whole
    cut = whole.rfind(" ", 0, 100) + 1
    return f'\n    {whole[:cut]}"\n    "{whole[cut:]}\n'


if __name__ == "__main__":
    MODULE.write_text(module_text(), "utf-8")
    print(f"wrote {MODULE}")
