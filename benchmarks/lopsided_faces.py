"""How right is left minus right? Networks and remedies against known truth, cross-validated by identity.

Two kinds of photographs: rendered 3-D faces with one-sided weakness (where their folder is at hand) and
invented patients of our own. Slope and correlation are of measured on true asymmetry in % of the
outer intercanthal distance; `noise` is the residual scatter over the slope; `in 90 %` is the share of
truths inside the stated interval. Run with `make bench`, or alone:

    PYTHONPATH=. .venv/bin/python benchmarks/lopsided_faces.py [--synthetic 54] [--figures out.json]
"""

import argparse
import json
import os
from pathlib import Path

from rich.console import Console
from rich.table import Table
from tools.fit_gain_and_noise import read_everything
from tools.gain_study.evaluate import Corrected, Verdict, cross_validated, of_condition, uncorrected, verdict
from tools.gain_study.fit import pairs_in_ways
from tools.gain_study.readings import KnownReading

RENDERS = Path(__file__).parents[2] / "shared/data/renders"
LANDMARKER = Path(__file__).parents[2] / "shared/models/face_landmarker.task"
TARGETS = (
    ("smile", "commissure_height"),
    ("droop", "commissure_height"),
    ("blink", "palpebral_fissure"),
    ("brow", "brow_height"),
)
SEED = 7
"""Not the seed of the fitted table: these patients are new to it."""


def main() -> None:
    """Print one table a backend and source."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synthetic", type=int, default=54, help="invented patients, one photograph each")
    parser.add_argument("--figures", type=Path, help="write the numbers here as JSON")
    arguments = parser.parse_args()
    environment = dict(os.environ)
    names = ["face_mesh_worker"]
    if LANDMARKER.is_file():
        environment["FACIALIS_FACE_LANDMARKER"] = str(LANDMARKER)
        names.append("litert")
    console = Console(width=112)
    figures = {}
    for name in names:
        _, readings = read_everything(name, environment, RENDERS, arguments.synthetic, SEED)
        figures[name] = report(console, name, readings)
    if arguments.figures is not None:
        arguments.figures.write_text(json.dumps(figures, indent=1))


def report(console: Console, backend: str, readings: list[KnownReading]) -> list[dict[str, object]]:
    """Print the verdicts of one backend; return them as rows."""
    pairs = pairs_in_ways(readings)
    ways = {way: uncorrected(read) for way, read in pairs.items()}
    # Renders and invented patients are judged by a table that was fitted without the person judged.
    ways["corrected"] = cross_validated(pairs)
    rows: list[dict[str, object]] = []
    on_renders = _table(f"{backend}: rendered 3-D faces")
    for condition, measure in TARGETS:
        for way, corrected in ways.items():
            _add(on_renders, rows, ("renders", condition, measure, way), corrected)
    invented = _table(f"{backend}: invented patients, all expressions")
    for measure in sorted({reading.key[0] for reading in readings}):
        for way in ("network", "corrected"):
            _add(invented, rows, ("synthetic", None, measure, way), ways[way])
    for table in (on_renders, invented):
        if table.row_count:
            console.print(table)
    return rows


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("condition", "measure", "reading"):
        table.add_column(column)
    for column in ("photos", "slope", "r", "noise", "bias", "in 90 %"):
        table.add_column(column, justify="right")
    return table


def _add(
    table: Table,
    rows: list[dict[str, object]],
    what: tuple[str, str | None, str, str],
    corrected: list[Corrected],
) -> None:
    source, condition, measure, way = what
    found: Verdict | None = verdict(of_condition(corrected, source, condition, measure))
    if found is None:
        return
    rows.append({"source": source, "condition": condition, "measure": measure, "reading": way, **vars(found)})
    table.add_row(
        condition or "all",
        measure,
        way,
        str(found.count),
        f"{found.slope:.3f}",
        f"{found.correlation:.3f}",
        f"{found.noise_over_slope:.2f}",
        f"{found.bias:+.2f}",
        "" if found.coverage is None else f"{100 * found.coverage:.0f}",
    )


if __name__ == "__main__":
    main()
