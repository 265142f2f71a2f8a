"""Parameters come from the tables, one for each field, and nothing impossible is integrated."""

import dataclasses

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.errors import FacialisError
from facialis.evidence import Citation, EvidenceError, Provenance
from facialis.evidence.row import Row
from facialis.twin.errors import ParameterError
from facialis.twin.parameters import (
    PARTS,
    all_priors,
    check_parameters,
    named,
    parameters_from_scores,
    sample_parameters,
    scores_of,
    typical_parameters,
)
from facialis.twin.priors import PriorKind, priors_of, read_prior

CITATION = Citation("Facialis", "choice", Provenance.DESIGN, "adults", "")


def row(**cells):
    usual = {"name": "x", "value": "0.5", "spread": "0.1", "distribution": "lognormal", "unit": "1"}
    return Row({**usual, **cells}, "test table, line 2", CITATION)


@pytest.mark.parametrize(("part", "stem", "kind"), PARTS, ids=[part for part, _, _ in PARTS])
def test_every_field_has_a_row_and_every_row_a_field(part, stem, kind):
    assert [prior.name for prior in priors_of(stem)] == [field.name for field in dataclasses.fields(kind)]
    assert all(prior.citation.note for prior in priors_of(stem)), part


def test_names_of_parameters_are_unique():
    names = [prior.name for prior in all_priors()]
    assert len(set(names)) == len(names)


def test_typical_patient_has_the_medians():
    values = named(typical_parameters())
    for prior in all_priors():
        assert float(values[prior.name]) == pytest.approx(prior.median, rel=1e-12)


def test_the_same_key_draws_the_same_patients_and_the_median_is_the_tables():
    one, same, other = (sample_parameters(jax.random.key(key), 4000) for key in (1, 1, 2))
    assert eqx.tree_equal(one, same)
    assert not eqx.tree_equal(one, other)
    assert one.count == 4000
    assert typical_parameters().count is None
    for prior in all_priors():
        drawn = np.asarray(named(one)[prior.name])
        assert np.median(drawn) == pytest.approx(prior.median, rel=0.15)
        assert (np.ptp(drawn) == 0) == (prior.kind is PriorKind.FIXED)


def test_scores_lead_back_to_parameters():
    patients = sample_parameters(jax.random.key(3), 50)
    again = parameters_from_scores(scores_of(patients))
    assert all(
        np.allclose(a, b, rtol=1e-12)
        for a, b in zip(jax.tree.leaves(patients), jax.tree.leaves(again), strict=True)
    )
    assert patients.of(7).count is None
    assert float(patients.of(7).nerve.insult_strength) == float(patients.nerve.insult_strength[7])


@pytest.mark.parametrize("count", [0, -1, True, 2.0, "3"])
def test_no_cohort_of_an_impossible_size(count):
    with pytest.raises(ParameterError, match=r"cannot be drawn\. Give a whole number above 0"):
        sample_parameters(jax.random.key(0), count)


def test_a_score_for_each_prior():
    with pytest.raises(ParameterError, match=f"2 scores for {len(all_priors())} priors"):
        parameters_from_scores(jnp.zeros(2))


@pytest.mark.parametrize("value", [np.nan, np.inf, 0.0, -1.0])
def test_impossible_parameters_name_patient_value_and_what_is_usual(value):
    patients = sample_parameters(jax.random.key(0), 3)
    broken = eqx.tree_at(
        lambda p: p.nerve.remyelination_per_day,
        patients,
        patients.nerve.remyelination_per_day.at[1].set(value),
    )
    check_parameters(patients)
    with pytest.raises(
        ParameterError, match=r"remyelination_per_day of patient 2 is .* finite and above 0"
    ) as error:
        check_parameters(broken)
    assert error.value.code == "parameter_invalid"
    assert isinstance(error.value, FacialisError)


def test_a_share_is_at_most_one():
    broken = eqx.tree_at(lambda p: p.nerve.regrowth_share, typical_parameters(), jnp.asarray(1.2))
    with pytest.raises(ParameterError, match=r"regrowth_share of patient 1 is 1.2 .* above 0 and up to 1"):
        check_parameters(broken)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"distribution": "fixed"}, "spread is 0.1 and the distribution fixed"),
        ({"spread": "0"}, "spread is 0.0 and the distribution lognormal"),
        ({"spread": "-1"}, "spread is -1"),
        ({"value": "0"}, "value is 0.0; it lies above 0"),
        ({"value": "1", "distribution": "logit_normal"}, "below 1 for logit_normal"),
        ({"distribution": "gamma"}, "distribution 'gamma' is unknown"),
    ],
)
def test_rows_that_are_no_distribution_are_refused(cells, message):
    assert read_prior(row()).spread == 0.1
    with pytest.raises(EvidenceError, match=message):
        read_prior(row(**cells))
