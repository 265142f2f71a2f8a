"""A known one-sided palsy, put into the points of a real mesh: the shifts must come out, signed, in mm.

The point sets stand in the folder of shared test data; without it these tests are skipped.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from facialis.anatomy.sides import Side
from facialis.measurement.measures import MEASURES
from facialis.measurement.scale import Scale, ScaleSource
from facialis.vision.schemas.mp478 import face_points
from tests.factories.measures import measure_points

GOLDEN = Path(__file__).parents[2].parent / "shared" / "data" / "goldens" / "peer_formulas.json"
TOLERANCE_MM = 0.1
INVARIANCE_MM = 0.05
FACE = "img1-512.jpg"


@pytest.fixture(scope="module")
def golden():
    if not GOLDEN.exists():
        pytest.skip("the shared test data are not here")
    return json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def values(golden):
    def measured(variant):
        inputs = golden["faces"][FACE][variant]["inputs"]
        irises = [inputs[name][2] * 2 for name in ("left_iris_xyr", "right_iris_xyr")]
        scale = Scale(golden["iris_mm"] / np.mean(irises), ScaleSource.IRIS, 0.01, 0.03)
        measures = measure_points(face_points(np.array(inputs["mediapipe478_px"])), scale=scale)
        return {(m.name, m.side): m.value for m in measures}

    return {variant: measured(variant) for variant in golden["faces"][FACE]}


@pytest.mark.parametrize(
    ("measure", "shift", "sign"),
    [
        ("commissure_height", "commissure_down", -1),
        ("commissure_lateral", "commissure_medial", -1),
        ("brow_height", "brow_down", -1),
        ("margin_reflex_distance_1", "upper_lid_up", 1),
        ("margin_reflex_distance_2", "lower_lid_down", 1),
    ],
)
def test_synthetic_left_flaccid_palsy_shows_its_known_shift(golden, values, measure, shift, sign):
    truth_mm = sign * golden["synthetic_left_flaccid_mm"][shift]
    healthy, palsied = values["as_detected"], values["synthetic_left_flaccid"]
    left_change = palsied[measure, Side.LEFT] - healthy[measure, Side.LEFT]
    right_change = palsied[measure, Side.RIGHT] - healthy[measure, Side.RIGHT]
    assert left_change == pytest.approx(truth_mm, abs=TOLERANCE_MM)
    assert right_change == pytest.approx(0, abs=TOLERANCE_MM)


def test_synthetic_left_flaccid_palsy_opens_the_fissure_by_both_lids(golden, values):
    truth = golden["synthetic_left_flaccid_mm"]
    change = (
        values["synthetic_left_flaccid"]["palpebral_fissure", Side.LEFT]
        - values["as_detected"]["palpebral_fissure", Side.LEFT]
    )
    assert change == pytest.approx(truth["upper_lid_up"] + truth["lower_lid_down"], abs=TOLERANCE_MM)


@pytest.mark.parametrize(
    ("straight", "mirrored"),
    [("as_detected", "mirrored"), ("synthetic_left_flaccid", "synthetic_left_flaccid_mirrored")],
)
def test_mirrored_points_swap_the_sides_and_nothing_else(values, straight, mirrored):
    compared = 0
    for (name, side), value in values[straight].items():
        partner = values[mirrored][name, side.opposite if side else None]
        if value is None:
            assert partner is None
            continue
        sign = 1 if MEASURES[name].sided else -1
        assert partner == pytest.approx(sign * value, abs=INVARIANCE_MM)
        compared += 1
    assert compared == len(values[straight]) - 3  # all but two cheek prominences and the network's chin


def test_points_rotated_by_10_degrees_measure_the_same(values):
    for key, value in values["as_detected"].items():
        if value is not None:
            assert values["rotated_10deg_cw"][key] == pytest.approx(value, abs=INVARIANCE_MM)


def test_smile_angle_agrees_with_the_convention_of_emotrics(golden, values):
    published = golden["faces"][FACE]["as_detected"]["emotrics"]
    for side in Side:
        # Emotrics lays the vertical through the mouth's own middle, Facialis through the face's.
        assert values["as_detected"]["smile_angle", side] == pytest.approx(
            published[side.value]["SmileAngle"], abs=2.0
        )
