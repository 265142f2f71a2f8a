"""The onset of paralysis as Lebeda and others (2008) compute it, value by value.

The values stand in the folder of shared test data; without it these tests are skipped.
"""

import json
from pathlib import Path

import jax.numpy as jnp
import pytest
from scipy.optimize import brentq

from facialis.twin.junction.onset import four_step_tension, published_rates, three_step_tension

GOLDEN = Path(__file__).parents[2].parent / "shared" / "data" / "goldens" / "lebeda2008_golden.json"
TOLERANCE = 1e-6
MODELS = {"three_step": three_step_tension, "four_step": four_step_tension}


@pytest.fixture(scope="module")
def golden():
    if not GOLDEN.exists():
        pytest.skip("the shared test data are not here")
    return json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_table_of_rates_holds_the_published_ones(golden):
    rates = published_rates()
    assert golden["parameters_per_min"] == {
        "kB": rates.binding_per_min,
        "kT": rates.translocation_per_min,
        "kL": rates.activation_per_min,
        "kS": rates.release_per_min,
    }


@pytest.mark.parametrize("model", MODELS)
def test_tension_is_the_published_one_at_every_time(golden, model):
    times, tensions = zip(*golden[model]["tension"].items(), strict=True)
    ours = MODELS[model](published_rates(), jnp.array([float(time) for time in times]))
    assert ours.tolist() == pytest.approx(tensions, abs=TOLERANCE)


@pytest.mark.parametrize("share", [0.9, 0.5, 0.1])
@pytest.mark.parametrize("model", MODELS)
def test_tension_falls_to_a_share_at_the_published_minute(golden, model, share):
    def above(minute):
        return float(MODELS[model](published_rates(), jnp.asarray(minute))) - share

    minute = brentq(above, 1.0, 60_000.0, xtol=1e-9)
    assert round(minute, 4) == golden[model][f"t_at_tension_{share}"]
