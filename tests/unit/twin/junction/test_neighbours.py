"""Weakness beside the treated muscle: none without toxin, more with more, calibrated to labels."""

import jax
import jax.numpy as jnp
import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.evidence import Provenance
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.junction.event_experiments import glabella_session
from facialis.twin.junction.neighbours import (
    NeighbourEvent,
    either_side,
    event_probability,
    event_risk,
    session_risk,
)
from facialis.twin.junction.parameters import draw_junctions
from facialis.twin.junction.spread import spread_kernel

ONA = ToxinProduct.ONABOTULINUMTOXIN_A


def corrugator(units, side=Side.LEFT, point=1):
    dose = ToxinDose(units, ONA)
    return ToxinSession(0.0, (ToxinInjection(side, InjectionTarget.CORRUGATOR, point, dose, "0.1"),))


@pytest.mark.parametrize("event", NeighbourEvent)
def test_model_is_tagged_as_calibrated(event):
    assert event_risk(event).citation.provenance is Provenance.CALIBRATED


def test_lid_droops_on_the_injected_side_and_more_with_more():
    left, right = session_risk(NeighbourEvent.EYELID_PTOSIS, corrugator("4")).tolist()
    more = session_risk(NeighbourEvent.EYELID_PTOSIS, corrugator("10")).tolist()[0]
    assert 0 <= right < left < more < 0.1


def test_point_nearer_to_the_lid_is_the_riskier():
    far, near = (
        session_risk(NeighbourEvent.EYELID_PTOSIS, corrugator("4", point=point)).tolist()[0]
        for point in (1, 2)
    )
    assert near > far


def test_lips_are_safe_from_the_glabella():
    assert float(session_risk(NeighbourEvent.LIP_DROOP, corrugator("4")).max()) < 1e-3


def test_patients_and_kernel_can_be_given():
    patients = draw_junctions(jax.random.key(0), ONA, patients=6)
    found = session_risk(
        NeighbourEvent.EYELID_PTOSIS, glabella_session(ONA), junction=patients, kernel=spread_kernel()
    )
    assert found.shape == (6, 2)
    assert bool(((found > 0) & (found < 1)).all())


def test_no_toxin_is_no_risk_and_gradients_stay_finite():
    half, slope = jnp.asarray(2.0), jnp.asarray(1.0)
    assert event_probability(half, slope, jnp.zeros(2)).tolist() == [0.0, 0.0]
    assert float(event_probability(half, slope, half)) == pytest.approx(0.5)
    gradient = jax.grad(lambda x: event_probability(half, slope, x).sum())(jnp.array([0.0, 1.0]))
    assert bool(jnp.isfinite(gradient).all())


def test_either_side():
    assert float(either_side(jnp.array([0.1, 0.2]))) == pytest.approx(0.28)
