"""Measure how well proportions tell invented people apart, and write the limits that the clinic asks by.

Each invented person is photographed at rest three times, healthy, flaccid and synkinetic, each time by
another camera from 0.7 to 2 m. Half of the people set the limits and the other half is judged; then they
change places.

    python tools/study_identity.py 100      # about 7 minutes
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.photographs.identity import identity_of
from facialis.vision.backends.choose import choose_backend
from facialis.vision.backends.detect_each import detect_each
from facialis.vision.backends.protocol import LandmarkBackend
from facialis.vision.face_reading import read_faces
from facialis.vision.synthetic.clinic import clinic_camera, clinic_identity
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.render import render_face
from facialis.vision.synthetic.twin_patient import PalsyKind, example_patient, motions_of

TABLE = Path(__file__).parent.parent / "src/facialis/clinic/photographs/identity_limits.toml"
WIDTH_PX = 700
NEAREST_MM, FARTHEST_MM = 700.0, 2000.0
SEVERITY = 0.8
FALSE_ALARMS = 0.01
"""Of pairs of photographs of one person."""

Rows = list[tuple[int, dict[str, float]]]
Floats = np.typing.NDArray[np.float64]


def main(people: int) -> None:
    """Photograph, judge, write."""
    rows = list(photographed(people))
    names = sorted(rows[0][1])
    logs = np.log(np.array([[identity[name] for name in names] for _, identity in rows]))
    who = np.array([person for person, _ in rows])
    same, other = [], []
    for part in (0, 1):
        covariance = within(logs[who % 2 == part], who[who % 2 == part])
        for one, two in combinations(np.flatnonzero(who % 2 != part), 2):
            far = distance(logs[one] - logs[two], 2.0 * covariance)
            (same if who[one] == who[two] else other).append(far)
    threshold = float(np.quantile(same, 1.0 - FALSE_ALARMS))
    noticed = float(np.mean(np.array(other) > threshold))
    print(f"{people} people, {len(rows)} photographs, {len(same)} pairs of one, {len(other)} of two")
    print(f"threshold {threshold:.2f}: asked of one {FALSE_ALARMS:.0%}, noticed of two {noticed:.1%}")
    TABLE.write_text(as_toml(names, within(logs, who), threshold, noticed, len(same), len(other), people))


def photographed(people: int) -> Iterator[tuple[int, dict[str, float]]]:
    """Person and identity of every photograph."""
    backend = choose_backend("auto", os.environ).backend
    motions = {
        (side, kind): motions_of(example_patient(kind, side, SEVERITY, seed=1))[Expression.REST]
        for side in Side
        for kind in PalsyKind
    }
    for person in range(people):
        yield from visits(person, motions, backend)
    backend.close()


def visits(
    person: int, motions: dict[tuple[Side, PalsyKind], FaceMotion], backend: LandmarkBackend
) -> Iterator[tuple[int, dict[str, float]]]:
    """Three photographs of one person."""
    traits, views = np.random.default_rng(person).spawn(2)
    identity = clinic_identity(traits)
    side = tuple(Side)[person % 2]
    for kind in PalsyKind:
        away = float(views.uniform(NEAREST_MM, FARTHEST_MM))
        camera = replace(clinic_camera(views, WIDTH_PX), distance_mm=away)
        picture = render_face(identity, motions[side, kind], camera, views).image_rgb
        faces = detect_each(backend, [picture])[0]
        if not isinstance(faces, list) or not faces:
            raise SystemExit(f"No face was found in a photograph of person {person}: {faces}")
        yield person, identity_of(read_faces(backend, [(picture, faces[0])])[0].points)


def within(logs: Floats, who: np.typing.NDArray[np.int64]) -> Floats:
    """Covariance between photographs of one person."""
    return np.asarray(np.mean([np.cov(logs[who == person].T) for person in np.unique(who)], axis=0))


def distance(difference: Floats, covariance: Floats) -> float:
    """Mean squared difference in units of its sd."""
    return float(difference @ np.linalg.solve(covariance, difference)) / len(difference)


def as_toml(
    names: list[str], covariance: Floats, threshold: float, noticed: float, same: int, other: int, people: int
) -> str:
    """The table, with what was found beside it."""
    lines = "".join(f"    [{', '.join(f'{value:.4e}' for value in row)}],\n" for row in covariance)
    return (
        "# Written by tools/study_identity.py from invented people; see docs/explanation/another-person.md.\n"
        f"people = {people}\n"
        f"pairs_of_one = {same}\n"
        f"pairs_of_two = {other}\n"
        f"asked_of_one = {FALSE_ALARMS}\n"
        f"noticed_of_two = {noticed:.3f}\n"
        f"threshold = {threshold:.2f}\n"
        f"names = {json.dumps(names)}\n"
        f"covariance = [\n{lines}]\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
