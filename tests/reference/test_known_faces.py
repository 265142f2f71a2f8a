"""Photographs of invented patients, measured as a clinic would, against their exact truth.

The real detector reads them; nothing is replayed or replaced.
"""

import os

import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.measurement.measures.view import FaceView
from facialis.measurement.raw import read_raw
from facialis.vision.backends.face_mesh_worker import FaceMeshWorkerBackend, worker_command
from facialis.vision.backends.protocol import BackendError
from facialis.vision.measure_photo import measure_photos
from facialis.vision.synthetic.clinic import clinic_identity
from tests.factories.rendered import CAMERA, PalsyKind, as_photo, rendered

pytestmark = pytest.mark.slow

PATIENTS = {18: Side.LEFT, 15: Side.RIGHT}
"""Seed of the person, and the paralysed side. Both have brows that the network finds near enough to be
refined; of about one person in four it does not, and then the reading's sd is that of the network."""
EXPRESSIONS = (
    Expression.REST,
    Expression.BROW_RAISE,
    Expression.GENTLE_EYE_CLOSURE,
    Expression.CLOSED_SMILE,
)
HEALTHY_EXPRESSIONS = (Expression.REST, Expression.CLOSED_SMILE)
REAL_ASYMMETRIES = [
    ("brow_height", Expression.BROW_RAISE),
    ("palpebral_fissure", Expression.GENTLE_EYE_CLOSURE),
    ("commissure_height", Expression.REST),
    ("commissure_height", Expression.CLOSED_SMILE),
]
INVENTED_PERCENT = 1.1
"""One symmetric face may scatter by this much about zero: 1 mm of 90."""
POSE_DEG = 3.0
"""The heads are straight; a lopsided mouth may turn the mesh by this much, well inside the gate."""
INTERVAL_SDS = 1.645
"""Half width of a 90 % interval."""


@pytest.fixture(scope="module")
def worker():
    try:
        command = worker_command(os.environ)
    except BackendError as missing:
        pytest.skip(str(missing))
    backend = FaceMeshWorkerBackend(command)
    yield backend
    backend.close()


def person(seed):
    return clinic_identity(np.random.default_rng(seed)).symmetric()


def measured(backend, kind, seed, side, expressions):
    """Readings and drawings of one patient's set, by expression."""
    drawn = {e: rendered(e, kind, side, 0.9, CAMERA, person(seed)) for e in expressions}
    photos = [as_photo(photo.image_rgb, e, f"{e.value}.png") for e, photo in drawn.items()]
    readings = measure_photos(photos, backend=backend, mirrored=Mirrored.NO)
    return {reading.expression: (reading, drawn[reading.expression]) for reading in readings}


@pytest.fixture(scope="module")
def lopsided(worker):
    return {
        seed: measured(worker, PalsyKind.FLACCID, seed, side, EXPRESSIONS) for seed, side in PATIENTS.items()
    }


@pytest.fixture(scope="module")
def symmetric(worker):
    return {
        seed: measured(worker, PalsyKind.NONE, seed, side, HEALTHY_EXPRESSIONS)
        for seed, side in PATIENTS.items()
    }


def truth(photo):
    """In % of the outer intercanthal distance (angles: degrees): no error of the scale hides in it."""
    raw = read_raw(FaceView.of(photo.points), FaceView.of(photo.frontal_points))
    return {key: measure.percent for key, measure in raw.items() if measure.percent is not None}


def yardstick(reading, photo):
    """Outer intercanthal distance as measured over the true one."""
    measured_px, true_px = (FaceView.of(p).frame.outer_canthal_px for p in (reading.points, photo.points))
    return measured_px / true_px


def asymmetries(reading, photo, name):
    """LEFT minus RIGHT, true and measured, in % of the outer intercanthal distance."""
    measures = {(m.name, m.side): m for m in reading.measures}
    true = truth(photo)
    return (
        true[name, Side.LEFT] - true[name, Side.RIGHT],
        measures[name, Side.LEFT].ratio - measures[name, Side.RIGHT].ratio,
    )


def drawn_asymmetry(reading, name):
    """The same as the network alone has it."""
    raw = read_raw(FaceView.of(reading.network_points))
    return raw[name, Side.LEFT].percent - raw[name, Side.RIGHT].percent


@pytest.mark.parametrize("seed", PATIENTS)
@pytest.mark.parametrize(("name", "expression"), REAL_ASYMMETRIES)
def test_a_real_asymmetry_is_not_reported_too_small(lopsided, name, expression, seed):
    reading, photo = lopsided[seed][expression]
    true, found = asymmetries(reading, photo, name)
    assert 0.8 < found / true < 1.2


@pytest.mark.parametrize("seed", PATIENTS)
def test_a_brow_raise_that_the_network_halves_is_given_back(lopsided, seed):
    reading, photo = lopsided[seed][Expression.BROW_RAISE]
    true, found = asymmetries(reading, photo, "brow_height")
    by_network = drawn_asymmetry(reading, "brow_height")
    assert abs(by_network) < 0.7 * abs(true)
    assert abs(found - true) < abs(by_network - true) / 3


@pytest.mark.parametrize("seed", PATIENTS)
@pytest.mark.parametrize("expression", HEALTHY_EXPRESSIONS)
@pytest.mark.parametrize("name", ["brow_height", "palpebral_fissure", "commissure_height", "alar_height"])
def test_no_asymmetry_is_invented_on_a_symmetric_face(symmetric, name, expression, seed):
    true, found = asymmetries(*symmetric[seed][expression], name)
    assert true == pytest.approx(0.0, abs=1e-6)
    assert abs(found) < INVENTED_PERCENT


def test_intervals_cover_the_truth_as_often_as_they_say(lopsided, symmetric):
    """Hundreds of values of two people; fewer than 80 % within the 90 % interval would be a lie."""
    inside = []
    for patient in (*lopsided.values(), *symmetric.values()):
        for reading, photo in patient.values():
            true = truth(photo)
            for measure in reading.measures:
                key = (measure.name, measure.side)
                angle = measure.unit == "deg"
                value, sd = (measure.value, measure.sd) if angle else (measure.ratio, measure.ratio_sd)
                if value is not None and key in true:
                    # The yardstick's own error is not the reading's: both in % of the true distance.
                    factor = yardstick(reading, photo) ** (0 if angle else 2 if measure.unit == "mm2" else 1)
                    inside.append(abs(value * factor - true[key]) <= INTERVAL_SDS * sd * factor)
    assert len(inside) > 300
    assert sum(inside) / len(inside) >= 0.8


def test_scale_and_pose_of_every_photograph_are_near_the_truth(lopsided):
    for patient in lopsided.values():
        for reading, photo in patient.values():
            off = abs(reading.scale.mm_per_px - photo.mm_per_px)
            assert off < 3 * reading.scale.mm_per_px_sd
            assert abs(reading.pose.yaw_deg) < POSE_DEG
            assert abs(reading.pose.roll_deg) < POSE_DEG
