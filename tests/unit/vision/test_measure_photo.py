"""From pictures to numbers: order, refusals, sides, and where the millimetres come from."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.measurement.findings import Finding, Severity
from facialis.measurement.gain import GainModel, GainRow
from facialis.measurement.measures import MEASURES
from facialis.measurement.measures.view import FaceView
from facialis.measurement.points import Method
from facialis.measurement.raw import read_raw
from facialis.measurement.scale import NoScale, ScaleSource, scale_from_ruler
from facialis.vision import measure_photo
from facialis.vision.backends.manual_points import ManualFace
from facialis.vision.backends.protocol import BackendError
from facialis.vision.measure_photo import measure_photos
from tests.factories.meshes import KnownFacesBackend, mesh_of
from tests.factories.rendered import PalsyKind, as_photo, rendered

pytestmark = pytest.mark.slow

SD_PERCENT = 1.0
TABLE = GainModel(
    {
        (name, method): GainRow(name, method, 1.0, 0.0, 0.0, SD_PERCENT, SD_PERCENT if known.sided else 0.0)
        for name, known in MEASURES.items()
        for method in Method
    }
)
"""The known faces are read without any pull; this says how far they scatter."""
RESAMPLING_MM = 0.3
"""Edges found in a picture and in the same picture turned round differ by less."""


@pytest.fixture(autouse=True)
def fitted(monkeypatch):
    monkeypatch.setattr(measure_photo, "gain_model_for", lambda _: TABLE)


@pytest.fixture(scope="module")
def rest():
    return rendered(Expression.REST, PalsyKind.FLACCID)


@pytest.fixture(scope="module")
def smile():
    return rendered(Expression.OPEN_SMILE, PalsyKind.FLACCID)


@pytest.fixture(scope="module")
def closed():
    return rendered(Expression.GENTLE_EYE_CLOSURE)


@pytest.fixture(scope="module")
def backend(rest, smile, closed):
    return KnownFacesBackend.of([(p.image_rgb, mesh_of(p.points, p.pose)) for p in (rest, smile, closed)])


@pytest.fixture(scope="module")
def smile_reading(smile, backend):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measure_photo, "gain_model_for", lambda _: TABLE)
        return measured(backend, as_photo(smile.image_rgb, Expression.OPEN_SMILE))[0]


def measured(backend, *photos, **options):
    return measure_photos(photos, backend=backend, **{"mirrored": Mirrored.NO, **options})


def values(reading):
    return {(m.name, m.side): m.value for m in reading.measures}


def truth_mm(photo):
    raw = read_raw(FaceView.of(photo.points), FaceView.of(photo.frontal_points))
    power = {key: measure.definition.kind.scale_power for key, measure in raw.items()}
    return {key: m.value and m.value * photo.mm_per_px ** power[key] for key, m in raw.items()}


def blank(shade):
    return np.full((600, 480, 3), shade, np.uint8)


def test_results_stand_in_the_order_of_the_photographs(rest, smile, closed, backend):
    photos = [
        as_photo(closed.image_rgb, Expression.GENTLE_EYE_CLOSURE, "c.png"),
        as_photo(smile.image_rgb, Expression.OPEN_SMILE, "a.png"),
        as_photo(rest.image_rgb, Expression.REST, "b.png"),
    ]
    readings = measured(backend, *photos)
    assert [r.file for r in readings] == ["c.png", "a.png", "b.png"]
    assert [r.expression for r in readings] == [p.expression for p in photos]
    assert all(r.refusal is None and r.measures for r in readings)
    mouths = [r.points.left.upper_lip_inner[0, 1] - r.points.left.lower_lip_inner[0, 1] for r in readings]
    assert np.argmin(mouths) == 1


def test_a_refused_photograph_keeps_its_place_and_its_reason(rest, backend):
    readings = measured(
        backend, as_photo(blank(90), file="wall.png"), as_photo(rest.image_rgb, Expression.REST, "face.png")
    )
    assert [r.file for r in readings] == ["wall.png", "face.png"]
    assert readings[0].refusal.code == "no_face"
    assert readings[0].measures == ()
    assert readings[1].refusal is None
    assert readings[1].measures


def test_one_failing_photograph_does_not_lose_the_others(rest, smile):
    broken = blank(10)
    backend = KnownFacesBackend.of(
        [
            (rest.image_rgb, mesh_of(rest.points, rest.pose)),
            (broken, BackendError("The worker died. Try again.")),
            (smile.image_rgb, mesh_of(smile.points, smile.pose)),
        ]
    )
    readings = measured(
        backend,
        as_photo(rest.image_rgb, Expression.REST, "1.png"),
        as_photo(broken, Expression.SNARL, "2.png"),
        as_photo(smile.image_rgb, Expression.OPEN_SMILE, "3.png"),
    )
    assert [bool(r.measures) for r in readings] == [True, False, True]
    assert readings[1].refusal.code == "backend_failed"
    assert readings[1].refusal.sentence == "The worker died. Try again."


def test_nothing_to_measure_is_no_fault(backend):
    assert measured(backend) == []
    assert [r.refusal.code for r in measured(backend, as_photo(blank(200)))] == ["no_face"]


def test_findings_of_the_file_come_first(rest, backend):
    noticed = Finding("reduced", Severity.NOTE, "The picture was reduced.")
    photo = replace(as_photo(rest.image_rgb), findings=(noticed,))
    assert measured(backend, photo, mirrored=Mirrored.UNKNOWN)[0].findings[0] == noticed


def test_values_are_near_the_truth(smile, smile_reading):
    """The points were given exactly; what the edges of the picture add is small."""
    truth = truth_mm(smile)
    for key in (("commissure_height", Side.LEFT), ("commissure_height", Side.RIGHT)):
        assert values(smile_reading)[key] == pytest.approx(truth[key], abs=1.0)
    assert values(smile_reading)["philtrum_deviation", None] == pytest.approx(
        truth["philtrum_deviation", None], abs=0.5
    )
    assert smile_reading.scale.mm_per_px == pytest.approx(smile.mm_per_px, rel=0.01)
    assert smile_reading.pose.roll_deg == pytest.approx(0.0, abs=0.5)


def test_weak_left_corner_hangs_lower_than_the_right(smile_reading):
    found = values(smile_reading)
    assert found["commissure_height", Side.LEFT] + 10.0 < found["commissure_height", Side.RIGHT]


def test_mirrored_photograph_gives_what_the_unmirrored_one_gives(smile, smile_reading, backend):
    mirror = np.ascontiguousarray(smile.image_rgb[:, ::-1])
    found = measured(backend, as_photo(mirror, Expression.OPEN_SMILE), mirrored=Mirrored.YES)[0]
    assert found.mirrored is Mirrored.YES
    assert values(found) == values(smile_reading)
    assert found.pose == smile_reading.pose


def test_calling_a_photograph_mirrored_swaps_the_sides_and_nothing_else(smile, smile_reading, backend):
    photo = as_photo(smile.image_rgb, Expression.OPEN_SMILE)
    turned = values(measured(backend, photo, mirrored=Mirrored.YES)[0])
    for (name, side), value in values(smile_reading).items():
        if side is not None:
            expected = turned[name, side.opposite]
        elif name.endswith(("deviation", "tilt")):
            expected = None if turned[name, None] is None else -turned[name, None]
        assert (value is None) == (expected is None), name
        if value is not None:
            tolerance = 0.02 * abs(expected) if name == "eye_area" else RESAMPLING_MM
            assert value == pytest.approx(expected, abs=tolerance), (name, side)


def test_closed_eyes_alone_give_no_lengths_but_the_reason_and_the_ratio(closed, backend):
    reading = measured(backend, as_photo(closed.image_rgb, Expression.GENTLE_EYE_CLOSURE))[0]
    assert isinstance(reading.scale, NoScale)
    corner = next(m for m in reading.measures if (m.name, m.side) == ("commissure_height", Side.LEFT))
    assert corner.value is None
    assert "iris" in corner.reason
    raw = read_raw(FaceView.of(closed.points))["commissure_height", Side.LEFT]
    assert corner.ratio == pytest.approx(raw.percent, abs=1.0)
    angle = next(m for m in reading.measures if (m.name, m.side) == ("oral_commissure_tilt", None))
    assert angle.value is not None


def test_closed_eyes_in_a_set_borrow_their_scale(rest, closed, backend):
    at_rest, shut = measured(
        backend,
        as_photo(rest.image_rgb, Expression.REST, "rest.png"),
        as_photo(closed.image_rgb, Expression.GENTLE_EYE_CLOSURE, "closed.png"),
    )
    assert shut.scale.source is ScaleSource.SET_BRIDGE
    assert shut.scale.mm_per_px == pytest.approx(closed.mm_per_px, rel=0.01)
    assert at_rest.scale.source is ScaleSource.SET_BRIDGE
    assert shut.scale.rel_sd >= at_rest.scale.rel_sd
    assert values(shut)["commissure_height", Side.LEFT] == pytest.approx(
        truth_mm(closed)["commissure_height", Side.LEFT], abs=1.5
    )


def test_photographs_without_an_expression_lend_nothing(rest, closed, backend):
    at_rest, shut = measured(backend, as_photo(rest.image_rgb), as_photo(closed.image_rgb))
    assert at_rest.scale.source is ScaleSource.IRIS
    assert isinstance(shut.scale, NoScale)


def test_a_given_scale_is_used_and_the_iris_is_not(rest, smile, backend):
    ruler = scale_from_ruler(100.0, 80.0)
    alone = measured(backend, as_photo(rest.image_rgb), given_scale=ruler)[0]
    assert alone.scale.source is ScaleSource.RULER
    assert alone.scale.mm_per_px == ruler.mm_per_px
    assert alone.scale.rel_sd == pytest.approx(ruler.rel_sd)
    in_set = measured(
        backend,
        as_photo(rest.image_rgb, Expression.REST, "rest.png"),
        as_photo(smile.image_rgb, Expression.OPEN_SMILE, "smile.png"),
        given_scale=ruler,
    )
    for reading in in_set:
        assert reading.scale.source is ScaleSource.RULER
        assert reading.scale.mm_per_px == 1.25
        # One ruler for all: a second photograph tells nothing new about its length.
        assert reading.scale.common_rel_sd == pytest.approx(ruler.rel_sd)
    by_iris = measured(backend, as_photo(rest.image_rgb))[0]
    factor = 1.25 / by_iris.scale.mm_per_px
    key = ("commissure_height", Side.RIGHT)
    assert values(alone)[key] == pytest.approx(factor * values(by_iris)[key])


def test_scale_and_points_are_those_of_the_original_not_of_the_reduced_picture(smile, smile_reading, backend):
    """The same pixels as the reduction of an original of twice the size."""
    found = measured(backend, as_photo(smile.image_rgb, Expression.OPEN_SMILE, scale=0.5))[0]
    assert found.scale.mm_per_px == pytest.approx(smile_reading.scale.mm_per_px / 2)
    assert found.points.chin == pytest.approx(2 * smile_reading.points.chin + 0.5)
    assert found.points.left.iris_diameter == pytest.approx(2 * smile_reading.points.left.iris_diameter)
    assert values(found) == pytest.approx(values(smile_reading))


def test_an_enlarged_photograph_has_half_the_mm_per_px_and_the_same_mm(smile, smile_reading):
    large = cv2.resize(smile.image_rgb, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    mesh = mesh_of(smile.points, smile.pose)
    doubled = np.concatenate([(mesh[:, :2] + 0.5) * 2 - 0.5, mesh[:, 2:] * 2], axis=1)
    found = measured(KnownFacesBackend.of([(large, doubled)]), as_photo(large, Expression.OPEN_SMILE))[0]
    assert found.scale.mm_per_px == pytest.approx(smile_reading.scale.mm_per_px / 2, rel=1e-6)
    for one, other in zip(found.measures, smile_reading.measures, strict=True):
        assert (one.value is None) == (other.value is None)
        if one.value is not None:
            assert one.value == pytest.approx(other.value, abs=other.sd), (one.name, one.side)


def test_raw_is_what_the_network_alone_would_have_said(smile_reading):
    drawn = read_raw(FaceView.of(smile_reading.network_points))
    for measure in smile_reading.measures:
        if measure.name in {"palpebral_fissure", "commissure_height", "brow_height"}:
            expected = drawn[measure.name, measure.side].value * smile_reading.scale.mm_per_px
            assert measure.raw == pytest.approx(expected)


def test_expression_without_movement_against_rest_is_suspected(rest, backend):
    pair = measured(
        backend,
        as_photo(rest.image_rgb, Expression.REST, "rest.png"),
        as_photo(rest.image_rgb, Expression.BROW_RAISE, "brow.png"),
    )
    assert "wrong_expression_suspected" not in [f.code for f in pair[0].findings]
    assert "wrong_expression_suspected" in [f.code for f in pair[1].findings]
    assert pair[1].measures


def test_points_placed_by_hand_replace_the_automatic_ones_and_are_told(smile, smile_reading, backend):
    photo = as_photo(smile.image_rgb, Expression.OPEN_SMILE)
    lower = smile_reading.points.left.commissure + [0.0, 40.0]
    given = ManualFace(photo.file, {Side.LEFT: {"commissure": lower}}, {}, by="Alice", at="2026-11-22")
    corrected = measured(backend, photo, by_hand={photo.file: given})[0]
    before, after = (_values(reading) for reading in (smile_reading, corrected))
    key = "commissure_height", Side.LEFT
    moved_mm = 40.0 * corrected.scale.mm_per_px
    assert after[key].value == pytest.approx(before[key].value - moved_mm, abs=0.1)
    assert after[key].method is Method.MANUAL
    assert after[key].raw == pytest.approx(before[key].raw, abs=1e-6)
    assert after["commissure_height", Side.RIGHT].value == pytest.approx(
        before["commissure_height", Side.RIGHT].value, abs=1e-6
    )
    told = [finding for finding in corrected.findings if finding.code == "points_placed_by_hand"]
    assert len(told) == 1
    assert "Alice" in told[0].sentence


def _values(reading):
    return {(measure.name, measure.side): measure for measure in reading.measures}
