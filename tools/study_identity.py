"""Measure how well proportions tell invented people apart, and write the limits that the clinic asks by.

Each invented person is photographed at rest six times: healthy, flaccid and synkinetic, each once as a clinic
does it and once carelessly: turned head, other light, blur. Half of the people set the limits and the other
half is judged; then they change places. What is written is judged on careless pairs: a question that comes up
at every visit is soon answered without looking.

    python tools/study_identity.py 60      # some ten minutes
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
from facialis.vision.synthetic.camera import CameraSetting, random_camera
from facialis.vision.synthetic.clinic import ASPECT, clinic_camera, clinic_identity
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.render import render_face
from facialis.vision.synthetic.twin_patient import PalsyKind, example_patient, motions_of

TABLE = Path(__file__).parent.parent / "src/facialis/clinic/photographs/identity_limits.toml"
WIDTH_PX = 700
MOST_YAW_DEG = 10.0
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
    careful = np.tile([True, False], len(rows) // 2)
    same: list[float] = []
    other: list[float] = []
    tidy_same: list[float] = []
    tidy_other: list[float] = []
    for part in (0, 1):
        covariance = within(logs[who % 2 == part], who[who % 2 == part])
        for one, two in combinations(np.flatnonzero(who % 2 != part), 2):
            far = distance(logs[one] - logs[two], 2.0 * covariance)
            (same if who[one] == who[two] else other).append(far)
            if careful[one] and careful[two]:
                (tidy_same if who[one] == who[two] else tidy_other).append(far)
    threshold = float(np.quantile(same, 1.0 - FALSE_ALARMS))
    found = {
        "people": people,
        "pairs_of_one": len(same),
        "pairs_of_two": len(other),
        "asked_of_one": share_above(threshold, same),
        "noticed_of_two": share_above(threshold, other),
        "asked_of_one_in_careful_photographs": share_above(threshold, tidy_same),
        "noticed_of_two_in_careful_photographs": share_above(threshold, tidy_other),
        "threshold": round(threshold, 2),
    }
    print(found)
    TABLE.write_text(as_toml(found, names, within(logs, who)))


def share_above(threshold: float, distances: list[float]) -> float:
    """Share of pairs that are asked about."""
    return round(float(np.mean(np.array(distances) > threshold)), 3)


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
    """Six photographs of one person, careful and careless in turn."""
    traits, views = np.random.default_rng(person).spawn(2)
    identity = clinic_identity(traits)
    side = tuple(Side)[person % 2]
    for kind in PalsyKind:
        for camera in (clinic_camera(views, WIDTH_PX), careless_camera(views)):
            away = float(views.uniform(NEAREST_MM, FARTHEST_MM))
            taken = replace(camera, distance_mm=away)
            picture = render_face(identity, motions[side, kind], taken, views).image_rgb
            faces = detect_each(backend, [picture])[0]
            if not isinstance(faces, list) or not faces:
                raise SystemExit(f"No face was found in a photograph of person {person}: {faces}")
            yield person, identity_of(read_faces(backend, [(picture, faces[0])])[0].points)


def careless_camera(rng: np.random.Generator) -> CameraSetting:
    """Any camera, as far as the head is not turned more than the capture gate lets through."""
    while True:
        drawn = random_camera(rng, width_px=WIDTH_PX, height_px=round(WIDTH_PX * ASPECT))
        if abs(drawn.yaw_deg) <= MOST_YAW_DEG:
            return drawn


def within(logs: Floats, who: np.typing.NDArray[np.int64]) -> Floats:
    """Covariance between photographs of one person."""
    return np.asarray(np.mean([np.cov(logs[who == person].T) for person in np.unique(who)], axis=0))


def distance(difference: Floats, covariance: Floats) -> float:
    """Mean squared difference in units of its sd."""
    return float(difference @ np.linalg.solve(covariance, difference)) / len(difference)


def as_toml(found: dict[str, float], names: list[str], covariance: Floats) -> str:
    """The table, with what was found beside it."""
    lines = "".join(f"    [{', '.join(f'{value:.4e}' for value in row)}],\n" for row in covariance)
    return (
        "# Written by tools/study_identity.py from invented people; see docs/explanation/another-person.md.\n"
        + "".join(f"{name} = {value}\n" for name, value in found.items())
        + f"names = {json.dumps(names)}\n"
        + f"covariance = [\n{lines}]\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
