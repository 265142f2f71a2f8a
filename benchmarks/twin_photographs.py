"""Are photographs of twins measured as rightly as the software says?

Random twins (healthy, flaccid, recovering, synkinetic, and synkinetic after toxin) are photographed in the
nine expressions, and measured as `facialis measure` does. Each measure is compared with its exact value in
the picture: bias, slope of measured on true, and the share of truths within one stated standard deviation
(68 % if it is right) and within the 90 % interval. LEFT minus RIGHT is compared with the twin's own, too: the
measures of its mesh, which know nothing of the person that was drawn. Run with `make bench`, or alone:

    PYTHONPATH=. .venv/bin/python benchmarks/twin_photographs.py [--twins 50] [--figures out.json]
"""

import argparse
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.measurement.measure import Measure
from facialis.measurement.photo_set import measure_set
from facialis.report.comparison import INTERVAL_SDS, Comparison, compare_asymmetry, compare_values
from facialis.report.model import PhotoResult, SetResult
from facialis.report.truth_measures import read_truth
from facialis.twin.face.expressions import faces_of_course
from facialis.twin.measures import measure_faces
from facialis.twin.simulate import simulate_patient
from facialis.vision.backends.choose import choose_backend
from facialis.vision.backends.protocol import LandmarkBackend
from facialis.vision.files import RefusedPhoto, expand_inputs, load_photos
from facialis.vision.measure_photo import measure_photos
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.patient_set import TRUTH_FILE, file_name, identity_of, photograph_twin
from facialis.vision.synthetic.twin_patient import PalsyKind, example_patient, motions_of_course

KINDS = ("healthy", "flaccid", "recovering", "synkinetic", "after toxin")
DAYS = {"healthy": 21.0, "flaccid": 21.0, "recovering": 90.0, "synkinetic": 540.0, "after toxin": 570.0}
COURSE_DAYS = np.array([0.0, *sorted(set(DAYS.values()))])
"""All twins share the days, so that one course is compiled."""
MUSCLES_TREATED, GREATEST_BLOCK = 6, 0.95
SEED = 20270131
LEAST = 8
"""Fewer values of a measure show neither slope nor share."""


@dataclass(frozen=True)
class Twin:
    """One twin, ready to be photographed."""

    number: int
    kind: str
    side: Side
    motions: dict[Expression, FaceMotion]
    own: list[tuple[Expression, tuple[Measure, ...]]]
    """Measures of its mesh."""


def main() -> None:
    """Photograph, measure, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--twins", type=int, default=50)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--width", type=int, default=900, help="of the photographs [px]")
    parser.add_argument("--backend", default="face_mesh_worker")
    parser.add_argument("--figures", type=Path, help="write every comparison here as JSON")
    arguments = parser.parse_args()
    found: dict[str, list[Comparison]] = defaultdict(list)
    refused = []
    backend = choose_backend(arguments.backend, os.environ).backend
    try:
        for twin in random_twins(arguments.twins, arguments.seed):
            result, truth = photographed(twin, backend, arguments.width)
            refused += [f"{twin.kind} {twin.number}: {p.file}" for p in result.photos if not p.measures]
            found["value"] += compare_values(result, truth)
            found["LEFT - RIGHT"] += compare_asymmetry(result, truth)
            own = {file_name(expression): measures for expression, measures in twin.own}
            found["LEFT - RIGHT against the twin's own"] += compare_asymmetry(result, own)
    finally:
        backend.close()
    console = Console(width=110)
    for title, comparisons in found.items():
        console.print(table(title, comparisons))
    console.print(f"{arguments.twins} twins, {9 * arguments.twins} photographs, {len(refused)} not measured.")
    for line in refused:
        console.print(f"  {line}")
    if arguments.figures is not None:
        arguments.figures.write_text(
            json.dumps({title: [_plain(c) for c in all_of] for title, all_of in found.items()})
        )


def random_twins(count: int, seed: int) -> Iterator[Twin]:
    """Twins of every kind by turns, each with its own nerve, muscles, face, side and severity."""
    for number, rng in enumerate(np.random.default_rng(seed).spawn(count)):
        kind = KINDS[number % len(KINDS)]
        side = Side.LEFT if rng.random() < 0.5 else Side.RIGHT
        palsy = PalsyKind.NONE if kind == "healthy" else PalsyKind.SYNKINETIC
        patient = example_patient(palsy, side, float(rng.uniform(0.25, 1.0)), seed=int(rng.integers(2**31)))
        course = simulate_patient(patient.parameters, patient.history, COURSE_DAYS, _block(kind, side, rng))
        day = DAYS[kind]
        at = int(np.flatnonzero(day == COURSE_DAYS)[0])
        meshes = faces_of_course(patient.parameters, patient.face, course)[at]
        chosen = {e: mesh for e, mesh in zip(Expression, meshes, strict=True) if e in NINE_PHOTOGRAPHS}
        (motions,) = motions_of_course(patient.parameters, patient.face, course, [day])
        yield Twin(number, kind, side, motions, measure_faces(chosen))


def _block(kind: str, side: Side, rng: np.random.Generator) -> NDArray[np.float64]:
    """Share that toxin blocks on the last day: some muscles of the affected side, some of the other."""
    block = np.zeros((len(COURSE_DAYS), len(Side), 24))
    if kind == "after toxin":
        for chosen, most in ((side, GREATEST_BLOCK), (side.opposite, GREATEST_BLOCK / 2)):
            muscles = rng.choice(24, MUSCLES_TREATED, replace=False)
            block[-1, list(Side).index(chosen), muscles] = rng.uniform(0.2, most, MUSCLES_TREATED)
    return block


def photographed(
    twin: Twin, backend: LandmarkBackend, width_px: int
) -> tuple[SetResult, dict[str, tuple[Measure, ...]]]:
    """The nine photographs as JPEG files, read back and measured, and their exact measures."""
    person = identity_of(twin.number).symmetric()
    about = {"kind": twin.kind, "side": twin.side.value}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photograph_twin(folder, twin.motions, about, seed=twin.number, width_px=width_px, identity=person)
        files = expand_inputs([folder / file_name(expression) for expression in NINE_PHOTOGRAPHS])
        photos = [loaded for loaded in load_photos(files) if not isinstance(loaded, RefusedPhoto)]
        truth = read_truth(folder / TRUTH_FILE)
    readings = measure_photos(photos, backend=backend, mirrored=Mirrored.NO)
    results = tuple(
        PhotoResult(file=r.file, expression=r.expression, mirrored=r.mirrored, measures=r.measures)
        for r in readings
    )
    told = [(r.expression, r.measures) for r in readings if r.expression is not None and r.measures]
    return SetResult(results, measure_set(told)), truth


def table(title: str, comparisons: Sequence[Comparison]) -> Table:
    """One row a measure, and one for all."""
    shown = Table(title=title, title_justify="left")
    shown.add_column("measure")
    for column in ("values", "bias", "slope", "r", "rms error", "stated sd", "in 1 sd", "in 90 %"):
        shown.add_column(column, justify="right")
    by_name: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        by_name[f"{comparison.name} [{comparison.unit}]"].append(comparison)
    for name, of_one in sorted(by_name.items()):
        if len(of_one) >= LEAST:
            shown.add_row(name.replace("[", "\\["), *_figures(of_one))
    if comparisons:
        shown.add_row("all", str(len(comparisons)), "", "", "", "", "", *_shares(comparisons))
    return shown


def _figures(of_one: Sequence[Comparison]) -> list[str]:
    true, read, sd = (np.array([getattr(c, n) for c in of_one]) for n in ("truth", "measured", "sd"))
    slope, r = "-", "-"
    if true.std() > 1e-6:
        slope = f"{np.polyfit(true, read, 1)[0]:.2f}"
        r = f"{np.corrcoef(true, read)[0, 1]:.2f}"
    rms = float(np.sqrt(np.mean((read - true) ** 2)))
    middle = f"{np.mean(read - true):+.2f}", slope, r, f"{rms:.2f}", f"{np.sqrt(np.mean(sd**2)):.2f}"
    return [str(len(of_one)), *middle, *_shares(of_one)]


def _shares(comparisons: Sequence[Comparison]) -> list[str]:
    z = np.array([abs(c.error) / max(c.sd, 1e-9) for c in comparisons])
    return [f"{100 * np.mean(z <= limit):.0f}" for limit in (1.0, INTERVAL_SDS)]


def _plain(comparison: Comparison) -> dict[str, object]:
    side, expression = comparison.side, comparison.expression
    return vars(comparison) | {
        "side": None if side is None else side.value,
        "expression": None if expression is None else expression.value,
    }


if __name__ == "__main__":
    main()
