"""Weights of the objective: named, within their range, and raised by wishes."""

import numpy as np
import pytest

from facialis.planning.case.wishes import Goal, Wishes
from facialis.planning.dosing.weights import WeightError, default_weights, weights_with
from facialis.planning.outcome.terms import Domain, TermKind, outcome_terms
from facialis.planning.plan.wishes import weights_of_wishes


def test_every_kind_and_domain_but_the_ones_of_muscles_has_a_weight():
    assert {domain.value for domain in Domain} <= set(default_weights().values)
    assert {kind.value for kind in TermKind} <= set(default_weights().values)


@pytest.mark.parametrize("value", [-0.1, 4.1, float("nan"), float("inf")])
def test_a_weight_outside_its_range_is_refused(value):
    with pytest.raises(WeightError, match="it lies from 0 to 4"):
        weights_with({"smile": value})


def test_function_is_never_left_out_and_an_unknown_name_is_told():
    with pytest.raises(WeightError, match=r"it lies from 0\.5 to 4"):
        weights_with({"function": 0.1})
    with pytest.raises(WeightError, match="'beauty' is no weight"):
        weights_with({"beauty": 1})


def test_a_changed_weight_changes_its_terms_alone():
    before, after = default_weights().of_terms(), weights_with({"smile": 2}).of_terms()
    of_smile = np.array([term.domain is Domain.SMILE for term in outcome_terms()])
    np.testing.assert_allclose(after[of_smile], 2 * before[of_smile])
    np.testing.assert_array_equal(after[~of_smile], before[~of_smile])


def test_a_wish_of_five_leaves_the_default_ten_doubles_none_leaves_out():
    wishes = Wishes(weights={Goal.SMILE: 10, Goal.CHIN: 0, Goal.REST_SYMMETRY: 5})
    assert weights_of_wishes(wishes) == {"smile": 2, "chin": 0, "rest": 1}
    assert weights_of_wishes(Wishes()) == {}
    every = weights_of_wishes(Wishes(weights=dict.fromkeys(Goal, 10)))
    assert weights_with(every).values["mouth"] == 2
