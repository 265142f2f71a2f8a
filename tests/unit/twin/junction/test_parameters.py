"""Each product by its own parameters; one without data is refused."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from facialis.evidence import Provenance
from facialis.toxins import ToxinProduct
from facialis.twin.junction.errors import JunctionError, NoJunctionDataError
from facialis.twin.junction.parameters import (
    JunctionParameter,
    Tissue,
    draw_junctions,
    junction_for,
    junction_priors,
    products_with_data,
)

ONA, RIMA = ToxinProduct.ONABOTULINUMTOXIN_A, ToxinProduct.RIMABOTULINUMTOXIN_B


@pytest.mark.parametrize("tissue", Tissue)
def test_every_product_with_data_has_all_parameters_in_its_own_units(tissue):
    for product in products_with_data(tissue):
        priors = junction_priors(product, tissue)
        assert set(priors) == set(JunctionParameter)
        assert priors[JunctionParameter.ED50].unit == f"units {product.value}"
        for prior in priors.values():
            assert prior.median > 0
            assert prior.log_sd > 0
            assert prior.row.citation.provenance in {Provenance.CALIBRATED, Provenance.DESIGN}


def test_type_b_is_known_in_the_foot_and_refused_in_the_face():
    assert products_with_data(Tissue.FOOT_MUSCLE) == (ONA, RIMA)
    assert RIMA not in products_with_data(Tissue.FACE)
    with pytest.raises(NoJunctionDataError, match=r"rimabotulinumtoxinB in the face .* Products with data"):
        junction_for(RIMA)


def test_unknown_product_is_refused():
    with pytest.raises(JunctionError, match="'botox' is unknown"):
        junction_for("botox")


@pytest.mark.parametrize("patients", [0, -1, True, 2.0, "3"])
def test_number_of_patients_must_be_a_count(patients):
    with pytest.raises(JunctionError, match="whole number from 1 on"):
        draw_junctions(jax.random.key(0), ONA, patients=patients)


def test_draws_are_log_normal_around_the_median_and_alike_for_one_key():
    drawn = draw_junctions(jax.random.key(1), ONA, patients=20_000)
    again = draw_junctions(jax.random.key(1), ONA, patients=20_000)
    assert drawn.half_life_days.tolist() == again.half_life_days.tolist()
    prior = junction_priors(ONA)[JunctionParameter.ED50]
    logs = np.log(np.asarray(drawn.ed50_units))
    assert np.exp(np.median(logs)) == pytest.approx(prior.median, rel=0.03)
    assert logs.std() == pytest.approx(prior.log_sd, rel=0.03)


def test_patient_keeps_the_rank_of_sensitivity_in_every_product():
    ranks = [
        jnp.argsort(draw_junctions(jax.random.key(2), product, patients=50).ed50_units).tolist()
        for product in products_with_data()
    ]
    assert all(rank == ranks[0] for rank in ranks)
