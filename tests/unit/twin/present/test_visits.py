"""Measures of photographs as arrays with their errors."""

import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.measurement.measure import Measure, SdParts
from facialis.measurement.points import Method
from facialis.twin.errors import ObservationError
from facialis.twin.face.readings import FaceReading
from facialis.twin.present.findings import MuscleFinding
from facialis.twin.present.visits import (
    LEAST_NOISE_MM,
    MOST_CORRELATION,
    visit_from_measures,
    whitening,
)

REST, SMILE = (NINE_PHOTOGRAPHS.index(e) for e in (Expression.REST, Expression.OPEN_SMILE))
CORNER = int(FaceReading.COMMISSURE_HEIGHT)


def measure(side, value, *, name="commissure_height", noise=0.5, correlation=0.3, photo_rel=0.02):
    parts = SdParts(noise, photo_rel, 0.04, correlation)
    return Measure(name, side, value, 1.0, "mm", value, Method.REFINED, parts=parts)


def missing(side, name="commissure_height"):
    return Measure(name, side, None, None, "mm", None, Method.REFINED, reason="the beard hides it")


def both(left, right, **changed):
    return [measure(Side.LEFT, left, **changed), measure(Side.RIGHT, right, **changed)]


def test_every_reading_has_its_place_and_its_errors():
    visit = visit_from_measures(30, [(Expression.OPEN_SMILE, both(-50.0, -55.0))])
    assert visit.day == 30.0
    assert visit.value_mm[SMILE, :, CORNER].tolist() == [-50.0, -55.0]
    assert visit.noise_mm[SMILE, :, CORNER].tolist() == [0.5, 0.5]
    assert visit.side_correlation[SMILE, CORNER] == 0.3
    assert visit.photo_rel[SMILE] == 0.02
    assert visit.is_read.sum() == 2
    assert visit.missing == tuple(e for e in NINE_PHOTOGRAPHS if e is not Expression.OPEN_SMILE)


def test_repeats_are_averaged():
    visit = visit_from_measures(
        0, [(Expression.REST, both(-50.0, -55.0)), (Expression.REST, both(-51.0, -56.0))]
    )
    assert visit.value_mm[REST, :, CORNER] == pytest.approx([-50.5, -55.5], abs=0.01)
    assert (visit.noise_mm[REST, :, CORNER] < 0.5).all()


def test_what_was_not_read_is_left_out_of_it():
    measures = [measure(Side.LEFT, -50.0), missing(Side.RIGHT), *both(3.0, 3.0, name="smile_angle")]
    visit = visit_from_measures(0, [(Expression.REST, measures), (Expression.NASAL_BASE, both(1.0, 1.0))])
    assert visit.is_read[REST, :, CORNER].tolist() == [True, False]
    assert visit.is_read.sum() == 1
    found = whitening(visit)
    assert found[REST, CORNER].tolist() == [[2.0, 0.0], [0.0, 0.0]]
    assert np.count_nonzero(found) == 1


def test_errors_are_never_none_nor_wholly_shared():
    visit = visit_from_measures(0, [(Expression.REST, both(-50.0, -55.0, noise=0.0, correlation=1.0))])
    assert visit.noise_mm[REST, 0, CORNER] == LEAST_NOISE_MM
    assert visit.side_correlation[REST, CORNER] == MOST_CORRELATION


def test_whitened_errors_are_independent_with_unit_variance():
    visit = visit_from_measures(0, [(Expression.REST, both(-50.0, -55.0, noise=0.7, correlation=-0.6))])
    sd, rho = 0.7, -0.6
    covariance = sd**2 * np.array([[1, rho], [rho, 1]])
    matrix = whitening(visit)[REST, CORNER]
    np.testing.assert_allclose(matrix @ covariance @ matrix.T, np.eye(2), atol=1e-12)


def test_a_mirrored_visit_has_its_sides_exchanged_and_twice_is_the_same():
    findings = [MuscleFinding("neck_bands", Side.LEFT, 2, Expression.REST)]
    visit = visit_from_measures(0, [(Expression.REST, both(-50.0, -55.0))], findings)
    turned = visit.mirrored()
    assert turned.value_mm[REST, :, CORNER].tolist() == [-55.0, -50.0]
    assert turned.findings.weights[0, REST, 1].any()
    assert not turned.findings.weights[0, REST, 0].any()
    again = turned.mirrored()
    np.testing.assert_array_equal(again.value_mm, visit.value_mm)
    np.testing.assert_array_equal(again.findings.weights, visit.findings.weights)


@pytest.mark.parametrize(
    "photographs",
    [
        [],
        [(Expression.REST, [missing(Side.LEFT), missing(Side.RIGHT)])],
        [(Expression.NASAL_BASE, both(-50.0, -55.0))],
        [(Expression.REST, both(3.0, 4.0, name="smile_angle"))],
    ],
)
def test_a_visit_without_any_reading_is_refused(photographs):
    with pytest.raises(ObservationError, match="Nothing was measured in any of the nine photographs"):
        visit_from_measures(0, photographs)


def test_teeth_tell_nothing_of_a_side():
    measures = [*both(2.0, 8.0, name="dental_show"), *both(-50.0, -55.0)]
    visit = visit_from_measures(0, [(Expression.OPEN_SMILE, measures)])
    assert not visit.is_read[SMILE, :, int(FaceReading.DENTAL_SHOW)].any()
    assert visit.is_read.sum() == 2
