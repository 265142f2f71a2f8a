"""The normal approximation of a patient's posterior beside draws by the No-U-Turn sampler."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from benchmarks._decoded_patients import excess_draws, excess_of
from benchmarks._virtual_patients import draw_patients, see

from facialis.twin.calibrate import split_visits
from facialis.twin.calibrate_nuts import calibrate_by_nuts

pytestmark = pytest.mark.slow

WELL_KNOWN = 0.5
"""A cell is well determined where less than this share of what was open is left."""
OPEN_BEFORE = 0.02
"""Cells that hardly differ between patients have nothing to be wrong about."""


LATE, HYPERKINETIC = draw_patients(4, 2)
"""Of a hyperkinetic healthy side, photographs leave open how many end plates of the weak side are reached:
its logit runs off to the right, where a normal approximation about the most likely value cannot follow."""


@pytest.fixture(scope="module", params=[LATE, HYPERKINETIC], ids=lambda patient: patient.group.name.lower())
def both(request):
    """Excess of the affected side: draws by either way, and what is open before anything is seen."""
    patient = request.param
    visit = see(patient, 540.0, np.random.default_rng(0), efforts=patient.efforts)
    found = calibrate_by_nuts([visit], [], patient.affected, jax.random.key(1), warmup=200, samples=400)
    exact = drawn_excess(found.scores, found.laplace)
    normal = excess_draws(found.laplace, jax.random.key(2))
    before = drawn_excess(np.random.default_rng(3).normal(size=found.scores.shape), found.laplace)
    ill = patient.side_index
    return patient, found, exact[:, :, ill], normal[:, :, ill], before[:, :, ill].std(axis=0)


def drawn_excess(scores, posterior):
    states, visits = split_visits(jnp.asarray(scores))
    return np.asarray(excess_of(states, visits[:, -1, 0], posterior.question.affected))


def well_known(exact, before):
    sd = exact.std(axis=0)
    return (sd < WELL_KNOWN * before) & (sd > OPEN_BEFORE)


def test_the_sampler_does_its_work(both):
    _, found, *_ = both
    assert found.divergent < 0.1 * len(found.scores)
    assert found.laplace.has_converged
    assert np.isfinite(found.scores).all()


def test_means_of_well_determined_excess_agree(both):
    patient, _, exact, normal, before = both
    take = well_known(exact, before)
    assert take.sum() > 20
    off = np.abs(exact.mean(axis=0) - normal.mean(axis=0))[take]
    in_sds = off / exact.std(axis=0)[take]
    if patient is LATE:
        assert np.median(in_sds) < 0.3
        assert np.quantile(in_sds, 0.9) < 0.5
        assert off.max() < 0.06
    else:
        assert in_sds.max() < 1.3
        assert off.max() < 0.12


def test_spreads_of_well_determined_excess_agree_within_a_factor_of_one_and_a_half(both):
    _, _, exact, normal, before = both
    take = well_known(exact, before)
    ratio = (normal.std(axis=0) / exact.std(axis=0))[take]
    low, high = np.quantile(ratio, [0.05, 0.95])
    assert low > 1 / 1.5
    assert high < 1.5


def test_nearly_all_scores_agree(both):
    _, found, *_ = both
    spread = found.scores.std(axis=0)
    off = np.abs(found.scores.mean(axis=0) - found.laplace.mean) / spread
    assert np.quantile(off, 0.95) < 0.4
    low, high = np.quantile(found.laplace.sd / spread, [0.05, 0.95])
    assert low > 0.75
    assert high < 1.3
