import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.measures import MEASURES
from facialis.measurement.photo_set import measure_set
from facialis.measurement.scale import Scale, ScaleSource
from facialis.measurement.symmetry_index import MIN_COVERAGE, index_components
from tests.factories.faces import FaceShape, make_face, map_points
from tests.factories.measures import SameNoise, measure_points, measure_shape

REST = FaceShape()


def both(**changes):
    return REST.with_side(Side.LEFT, **changes).with_side(Side.RIGHT, **changes)


def healthy_set():
    return {
        "rest": REST,
        "brow_raise": both(brow_height=29.0),
        "gentle_eye_closure": both(upper_lid=-4.0, lower_lid=4.0),
        "snarl": both(ala=(17.0, -36.0)),
        "open_smile": both(commissure=(31.0, -58.0)),
        "closed_smile": both(commissure=(30.0, -60.0)),
        "pucker": both(commissure=(18.0, -66.0)),
        "lower_teeth_show": both(commissure=(28.0, -71.0)),
    }


def index_of(shapes, **options):
    return measure_set([(Expression(name), measure_shape(s, **options)) for name, s in shapes.items()]).index


def flaccid_left():
    """The LEFT side hangs and does not move at all."""
    left = {"brow_height": 18.0, "lower_lid": 6.0, "ala": (15.0, -42.0), "commissure": (22.0, -71.0)}
    return {
        name: shape.with_side(Side.LEFT, **{**left, "upper_lid": 3.5})
        for name, shape in healthy_set().items()
    }


def test_symmetric_face_has_100():
    index = index_of(healthy_set())
    assert index.value == pytest.approx(100)
    assert index.coverage == pytest.approx(1)
    assert 0 < index.sd < 10


def test_flaccid_palsy_is_far_below_a_partial_one():
    palsied, healthy = flaccid_left(), healthy_set()
    partial = {name: palsied["rest"] if name == "rest" else healthy[name] for name in healthy}
    assert index_of(palsied).value < 50 < index_of(partial).value < 100


def test_side_of_the_palsy_does_not_matter():
    mirrored = {name: shape.mirrored() for name, shape in flaccid_left().items()}
    assert index_of(mirrored).value == pytest.approx(index_of(flaccid_left()).value)


def test_index_follows_its_formula():
    shapes = healthy_set()
    shapes["rest"] = REST.with_side(Side.LEFT, brow_height=18.5)
    shapes["brow_raise"] = both(brow_height=29.0)
    total = sum(c.weight for c in index_components())
    rest_loss = 1 * 3.5 / 14
    raise_loss = 1 * (10.5 - 7) / 10.5
    exact = Scale(0.2, ScaleSource.RULER, 0, 0)
    found = index_of(shapes, error_model=SameNoise(0.0), scale=exact)
    assert found.value == pytest.approx(100 * (1 - (rest_loss + raise_loss) / total))
    assert found.sd == 0


def test_noise_hardly_makes_a_symmetric_face_asymmetric():
    rng = np.random.default_rng(5)
    sd_px = 1.5
    exact = Scale(0.2, ScaleSource.RULER, 0, 0)
    # What this point noise does to most measures, in % of the outer intercanthal distance (460 px).
    noise = SameNoise(0.45)
    found = []
    for _ in range(16):
        photos = []
        for name, shape in healthy_set().items():
            noisy = map_points(make_face(shape), lambda places: places + rng.normal(0, sd_px, places.shape))
            photos.append((Expression(name), measure_points(noisy, error_model=noise, scale=exact)))
        found.append(measure_set(photos).index.value)
    assert 95 < np.mean(found) <= 100


def test_index_of_rest_alone_is_not_said():
    index = index_of({"rest": REST})
    assert index.value is None
    assert index.coverage < MIN_COVERAGE
    assert "brow_height in brow_raise" in index.reason


def test_movement_that_neither_side_made_is_left_out():
    shapes = healthy_set()
    shapes["pucker"] = REST
    index = index_of(shapes)
    (pucker,) = (c for c in index.components if c.component.expression is Expression.PUCKER)
    assert "Neither side moved" in pucker.reason
    assert index.coverage < 1
    assert index.value == pytest.approx(100)


def test_index_never_leaves_0_to_100():
    shapes = {
        name: shape.with_side(Side.LEFT, commissure=(10.0, -95.0)) for name, shape in healthy_set().items()
    }
    assert 0 <= index_of(shapes, error_model=SameNoise(0.1)).value <= 100


def test_every_row_of_the_table_can_be_measured():
    for component in index_components():
        assert MEASURES[component.measure].sided
        assert component.weight > 0
        assert component.full_asymmetry_mm > 0
        assert component.of_excursion == (component.expression is not Expression.REST)
