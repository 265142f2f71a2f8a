"""Mirror an invented patient and the sides of the truth change places, nothing else."""

from dataclasses import astuple, fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.points import FacePoints
from facialis.vision.synthetic import PalsyKind, random_camera, random_identity
from facialis.vision.synthetic.camera import projection_of
from facialis.vision.synthetic.contours import face_contours
from facialis.vision.synthetic.truth import exact_points
from tests.factories.rendered import motions

pytestmark = pytest.mark.slow

MIDLINE = ("nasion", "nose_tip", "subnasale", "philtrum", "chin")


def mirrored_points(points: np.ndarray, width_px: int) -> np.ndarray:
    return np.stack([width_px - 1 - points[..., 0], points[..., 1]], axis=-1)


@given(
    seed=st.integers(0, 10_000),
    expression=st.sampled_from(list(Expression)),
    kind=st.sampled_from(list(PalsyKind)),
    side=st.sampled_from(list(Side)),
    severity=st.sampled_from([0.0, 0.3, 1.0]),
)
def test_mirroring_swaps_the_sides_of_the_truth(
    seed: int, expression: Expression, kind: PalsyKind, side: Side, severity: float
) -> None:
    rng = np.random.default_rng(seed)
    person, camera = random_identity(rng), random_camera(rng)
    movement = motions(kind, side, severity)[expression]
    straight = exact_points(face_contours(person, movement), projection_of(camera))
    turned = exact_points(
        face_contours(person.mirrored(), movement.mirrored()), projection_of(camera.mirrored())
    )
    assert_mirrored(straight, turned, camera.width_px)
    other = motions(kind, side.opposite, severity)[expression]
    mirrored = movement.mirrored()
    np.testing.assert_allclose(other.displacement_mm, mirrored.displacement_mm, atol=1e-9)
    for own in Side:
        np.testing.assert_allclose(astuple(other.side(own)), astuple(mirrored.side(own)), atol=1e-9)


def assert_mirrored(straight: FacePoints, turned: FacePoints, width_px: int) -> None:
    for side in Side:
        here, there = straight.side(side), turned.side(side.opposite)
        for name in (f.name for f in fields(here) if f.name not in {"methods", "iris_diameter"}):
            expected, found = getattr(here, name), getattr(there, name)
            if expected is None:
                assert found is None
            else:
                np.testing.assert_allclose(
                    mirrored_points(found, width_px), expected, atol=1e-6, err_msg=name
                )
        assert (here.iris_diameter is None) == (there.iris_diameter is None)
    for name in MIDLINE:
        found = mirrored_points(getattr(turned, name), width_px)
        np.testing.assert_allclose(found, getattr(straight, name), atol=1e-6, err_msg=name)


@given(seed=st.integers(0, 10_000))
def test_mirroring_twice_is_the_same_patient(seed: int) -> None:
    rng = np.random.default_rng(seed)
    person, camera = random_identity(rng), random_camera(rng)
    assert person.mirrored().mirrored() == person
    assert camera.mirrored().mirrored() == camera
