"""Write docs/reference/measures.md from the measures, the index and the synkinesis table of the code.

Usage: python tools/write_measure_reference.py
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.evidence import load_rows
from facialis.measurement.measures import MEASURES
from facialis.measurement.symmetry_index import MIN_COVERAGE, index_components

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "measures.md"

INTRODUCTION = """\
# Measures

Written by `tools/write_measure_reference.py` from the code; change it there.

LEFT and RIGHT are the patient's. Heights are positive upward from the eye line, laterals positive away
from the midline. [Side and sign conventions](../decisions/0003-side-and-sign-conventions.md) shows it in
a drawing. Every value has a standard deviation, the value as it was read (`raw`), and, where it is
missing, a reason.
"""

PER_PHOTOGRAPH = """\
## In one photograph

*Turns with head*: a turned head falsifies it; it is left out beyond its limit unless the points were
corrected in three dimensions.
"""

PER_SET = """\
## Against rest, and over a set

- **Excursion**, `<measure>_excursion`: the value in an expression minus the value at rest, per side. It
  keeps the sign of its measure: a commissure that rises has a positive excursion.
- **Asymmetry**: LEFT minus RIGHT, of every measure and of every excursion that has sides. `affected minus
  healthy` is the same difference seen from the affected side, and is given when that side is known.

## Composite index

From 0 to 100; 100 when nothing differs.

    index = 100 * sum(weight * symmetry) / sum(weight)

over the components that the photographs allow.

- Position at rest: `symmetry = 1 - difference / full`.
- Excursion: `symmetry = 1 - difference / max(|LEFT|, |RIGHT|)`; where neither side moved by `full`,
  there is nothing to compare and the component is left out.

`difference = sqrt(max((LEFT - RIGHT)^2 - sd^2, 0))`: what its sd explains does not count. Both are kept
between 0 and 1. `coverage` is the share of the weights that could be used; below
{coverage:.0f} % there is no index. Compare indices of equal coverage only.

The weights are a choice of this software and no published instrument.
"""

SYNKINESIS = """\
## Synkinesis matrix

Rows are what the patient was asked to do, columns are a region and a side. An entry is the involuntary
movement of that side beyond the other side's, in mm, with its standard deviation and z:

    entry = max(direction * excursion, 0) - max(direction * excursion of the other side, 0)

A region that takes part in the intended movement has no entry, and the reason says so. Platysma does not
show in the contours of a face, so the neck is left to the eye of the examiner.
"""


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def measures_table(*, sided: bool) -> str:
    """The measures that have sides, or those that have none."""
    rows = [
        [f"`{name}`", measure.unit, measure.definition, "yes" if measure.turns_with_head else ""]
        for name, measure in MEASURES.items()
        if measure.sided is sided
    ]
    return markdown_table(["Name", "Unit", "What it is", "Turns with head"], rows)


def index_table() -> str:
    """The components of the composite index."""
    rows = [
        [
            component.expression.value,
            f"`{component.measure}{'_excursion' if component.of_excursion else ''}`",
            f"{component.weight:g}",
            f"{component.full_asymmetry_mm:g}",
        ]
        for component in index_components()
    ]
    return markdown_table(["Expression", "Component", "Weight", "Full, mm"], rows)


def direction_words(measure: str, direction: int) -> str:
    """How the involuntary movement looks."""
    if measure == "palpebral_fissure":
        return "widens" if direction > 0 else "narrows"
    return "rises" if direction > 0 else "falls"


def synkinesis_table() -> str:
    """What counts as involuntary, with where the choice comes from."""
    order = {expression.value: place for place, expression in enumerate(NINE_PHOTOGRAPHS)}
    movements = load_rows("facialis.measurement.tables", "synkinesis_movements").rows
    found = sorted((row.cells for row in movements), key=lambda cells: order[cells["expression"]])
    rows = [
        [
            row["expression"],
            row["region"],
            f"`{row['measure']}`",
            direction_words(row["measure"], int(row["direction"])),
            "" if row["sub_score"] == "none" else row["sub_score"],
            f"{row['source_key']} ({row['provenance']})",
        ]
        for row in found
    ]
    return markdown_table(["Asked for", "Region", "Read from", "Involuntary", "Sub-score", "Source"], rows)


def page() -> str:
    """The whole page."""
    parts = (
        INTRODUCTION,
        PER_PHOTOGRAPH,
        "### Per side\n",
        measures_table(sided=True),
        "### Without side\n\nPositive toward the patient's LEFT, unless it says otherwise.\n",
        measures_table(sided=False),
        PER_SET.format(coverage=100 * MIN_COVERAGE),
        index_table(),
        SYNKINESIS,
        synkinesis_table(),
    )
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
