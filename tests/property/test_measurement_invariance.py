"""Mirror the face and the sides swap and nothing else; turn, scale or move it and nothing changes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.measures import MEASURES, FaceView
from facialis.measurement.photo_set import measure_set
from facialis.measurement.points import FacePoints
from facialis.measurement.raw import read_raw
from tests.factories.faces import Camera, FaceShape, HalfFace, make_face, map_points, mirror_points
from tests.factories.measures import measure_shape

WIDTH_PX = 1000.0


@st.composite
def half_faces(draw: st.DrawFn, *, eye_open: bool | None = None) -> HalfFace:
    def within(low: float, high: float) -> float:
        return draw(st.floats(low, high, allow_nan=False))

    return HalfFace(
        brow_height=within(10, 32),
        upper_lid=within(-1, 5),
        lower_lid=within(2, 7),
        eye_open=draw(st.booleans()) if eye_open is None else eye_open,
        ala=(within(12, 22), within(-46, -36)),
        commissure=(within(12, 38), within(-78, -52)),
        lip_gap=within(0, 12),
    )


@st.composite
def face_shapes(draw: st.DrawFn, *, eye_open: bool | None = None) -> FaceShape:
    shift = st.floats(-6, 6, allow_nan=False)
    return FaceShape(
        left=draw(half_faces(eye_open=eye_open)),
        right=draw(half_faces(eye_open=eye_open)),
        mouth_shift=draw(shift),
        chin_shift=draw(shift),
        nose_shift=draw(shift),
    )


def jittered(points: FacePoints, seed: int, sd_px: float = 2.0) -> FacePoints:
    """Scattered enough for contours to fold."""
    rng = np.random.default_rng(seed)
    return map_points(points, lambda places: places + rng.normal(0, sd_px, places.shape))


@settings(max_examples=60, deadline=None)
@given(face_shapes(), st.integers(0, 10_000), st.floats(-25, 25))
def test_mirroring_swaps_the_sides_and_nothing_else(shape, seed, roll_deg):
    points = jittered(make_face(shape, Camera(roll_deg=roll_deg)), seed)
    straight = read_raw(FaceView.of(points))
    mirrored = read_raw(FaceView.of(mirror_points(points, WIDTH_PX)))
    for (name, side), measure in straight.items():
        partner = mirrored[name, side.opposite if side else None]
        if measure.value is None:
            assert partner.value is None
        else:
            sign = 1 if MEASURES[name].sided else -1
            assert partner.value == pytest.approx(sign * measure.value, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(
    face_shapes(),
    st.integers(0, 10_000),
    st.floats(-180, 180),
    st.floats(0.3, 8),
    st.tuples(st.floats(-3000, 3000), st.floats(-3000, 3000)),
)
def test_turning_scaling_and_moving_change_nothing(shape, seed, angle_deg, factor, shift):
    points = jittered(make_face(shape), seed)
    angle = np.radians(angle_deg)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    moved = map_points(points, lambda places: factor * places @ turn + np.array(shift))
    before, after = read_raw(FaceView.of(points)), read_raw(FaceView.of(moved))
    for key, measure in before.items():
        partner = after[key]
        # A fold that just touches the place of reading may be met or missed after rounding.
        if measure.value is None or partner.value is None:
            assert measure.value is partner.value
        else:
            power = measure.definition.kind.scale_power
            px_per_mm = 5.0
            difference = (partner.value / factor**power - measure.value) / px_per_mm**power
            assert abs(difference) < 1e-6


@settings(max_examples=40, deadline=None)
@given(face_shapes(eye_open=True), st.floats(0.5, 15))
def test_lowering_one_commissure_moves_that_side_alone(shape, drop_mm):
    before = read_raw(FaceView.of(make_face(shape)))
    x, y = shape.left.commissure
    lowered = read_raw(FaceView.of(make_face(shape.with_side(Side.LEFT, commissure=(x, y - drop_mm)))))
    px_per_mm = 5.0
    change = {
        side: (lowered["commissure_height", side].value - before["commissure_height", side].value) / px_per_mm
        for side in Side
    }
    assert change[Side.LEFT] == pytest.approx(-drop_mm, abs=1e-9)
    assert change[Side.RIGHT] == pytest.approx(0, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(face_shapes(eye_open=True), face_shapes(eye_open=True), st.sampled_from(list(Side)))
def test_mirroring_a_whole_set_exchanges_the_sides(rest, smile, affected):
    def of(shapes, side):
        photos = [
            (e, measure_shape(s))
            for e, s in zip((Expression.REST, Expression.OPEN_SMILE), shapes, strict=True)
        ]
        return measure_set(photos, affected=side)

    straight = of((rest, smile), affected)
    mirrored = of((rest.mirrored(), smile.mirrored()), affected.opposite)
    for one, other in zip(straight.asymmetry, mirrored.asymmetry, strict=True):
        if one.value is None:
            assert other.value is None
            continue
        assert other.value == pytest.approx(-one.value, abs=1e-6)
        assert other.sd == pytest.approx(one.sd, abs=1e-6)
        assert other.affected_minus_healthy == pytest.approx(one.affected_minus_healthy, abs=1e-6)
    for one, other in zip(straight.synkinesis.entries, mirrored.synkinesis.entries, strict=True):
        assert other.side is one.side.opposite
        assert (
            other.value == pytest.approx(one.value, abs=1e-6)
            if one.value is not None
            else other.value is None
        )
    if straight.index.value is not None:
        assert mirrored.index.value == pytest.approx(straight.index.value, abs=1e-6)
