"""The expected losses agree with integration, and the tangents lie below them."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from facialis.planning.programme import TermKind, Terms, expected_loss
from facialis.planning.programme.tangents import edge_at, first_tangents, pieces_between, with_tangents
from facialis.planning.programme.terms import loss_slope


def one_term(kind, sd):
    return Terms([0.0], np.zeros((1, 1)), [sd], [1.0], [kind])


@pytest.mark.parametrize("sd", [0.3, 1.5])
@pytest.mark.parametrize("mean", [-4.0, -0.2, 0.0, 1.0, 30.0])
@pytest.mark.parametrize(("kind", "loss"), [(TermKind.ABSOLUTE, abs), (TermKind.EXCESS, lambda x: max(x, 0))])
def test_expected_loss_agrees_with_integration(kind, loss, mean, sd):
    spread = [mean - 9 * sd, *([0.0] if abs(mean) < 9 * sd else []), mean + 9 * sd]
    wanted = sum(
        quad(lambda x: loss(x) * norm.pdf(x, mean, sd), low, high, epsabs=1e-12)[0]
        for low, high in pairwise(spread)
    )
    assert expected_loss(one_term(kind, sd), np.array([mean]))[0] == pytest.approx(wanted, abs=1e-9)


def test_without_spread_the_loss_has_a_corner():
    means = np.array([[-2.0, 0.0, 3.0]])
    assert expected_loss(one_term(TermKind.ABSOLUTE, 0.0), means).tolist() == [[2.0, 0.0, 3.0]]
    assert expected_loss(one_term(TermKind.EXCESS, 0.0), means).tolist() == [[0.0, 0.0, 3.0]]
    assert loss_slope(one_term(TermKind.ABSOLUTE, 0.0), np.array([-2.0])) == [-1.0]
    assert loss_slope(one_term(TermKind.EXCESS, 0.0), np.array([0.0])) == [0.5]


@pytest.mark.parametrize("sd", [0.0, 0.3, 1.5])
@pytest.mark.parametrize("kind", list(TermKind))
def test_slope_agrees_with_differences(kind, sd):
    terms = one_term(kind, sd)
    for mean in (-2.0, -0.1, 0.4, 3.0):
        ahead, behind = (expected_loss(terms, np.array([mean + step])) for step in (1e-5, -1e-5))
        assert loss_slope(terms, np.array([mean])) == pytest.approx((ahead - behind) / 2e-5, abs=1e-6)


@pytest.mark.parametrize("sd", [0.0, 0.3, 1.5])
@pytest.mark.parametrize("kind", list(TermKind))
def test_tangents_lie_below_and_touch_where_they_were_drawn(kind, sd):
    terms = one_term(kind, sd)
    tangents = with_tangents(first_tangents(terms), terms, np.array([0.7]))
    for mean in np.linspace(-5, 5, 101):
        at = np.array([mean])
        assert edge_at(tangents, at)[0] <= expected_loss(terms, at)[0] + 1e-12
    touched = np.array([0.7])
    assert edge_at(tangents, touched) == pytest.approx(expected_loss(terms, touched))
    again = with_tangents(tangents, terms, touched)
    assert len(again.term) == len(tangents.term)


def test_pieces_follow_the_edge():
    terms = Terms([0.5, -1.0], np.zeros((2, 1)), [0.4, 0.0], [1.0, 1.0], [0, 1])
    tangents = first_tangents(terms)
    low, high = np.array([-2.0, -3.0]), np.array([1.0, 2.0])
    pieces = pieces_between(tangents, low, high)
    for term in (0, 1):
        own = pieces.term == term
        assert pieces.length[own].sum() == pytest.approx(high[term] - low[term])
        assert np.all(np.diff(pieces.slope[own]) > 0)
    climbed = np.bincount(pieces.term, pieces.slope * pieces.length)
    assert pieces.start + climbed == pytest.approx(edge_at(tangents, high))
