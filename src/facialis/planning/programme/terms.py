"""Outcome quantities, and what is lost by each: the programme's convex part."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from jaxtyping import Float, Int
from scipy.special import ndtr

from facialis.planning.programme.checked_arrays import numbers, places


class TermKind(IntEnum):
    """What of a quantity is lost."""

    ABSOLUTE = 0
    """Its size, on either side of 0."""
    EXCESS = 1
    """What of it lies above 0."""


@dataclass(frozen=True)
class Terms:
    """Quantities with a normal distribution about a mean that moves with the choices.

    Attributes
    ----------
    base : (terms,) array               Mean when nothing is chosen.
    effect : (terms, choices) array     What each choice adds to the mean.
    sd : (terms,) array                 Spread, from 0; no choice changes it.
    weight : (terms,) array             What one unit of expected loss counts, from 0.
    kind : (terms,) array of TermKind   Which loss is expected.
    """

    base: Float[np.ndarray, " terms"]
    effect: Float[np.ndarray, "terms choices"]
    sd: Float[np.ndarray, " terms"]
    weight: Float[np.ndarray, " terms"]
    kind: Int[np.ndarray, " terms"]

    def __post_init__(self) -> None:
        base = numbers(self.base, (-1,), "base means")
        count = len(base)
        object.__setattr__(self, "base", base)
        object.__setattr__(self, "effect", numbers(self.effect, (count, -1), "effects on the terms"))
        object.__setattr__(self, "sd", numbers(self.sd, (count,), "spreads of the terms", at_least=0))
        object.__setattr__(self, "weight", numbers(self.weight, (count,), "weights of the terms", at_least=0))
        object.__setattr__(
            self, "kind", places(self.kind, (count,), "kinds of the terms", below=len(TermKind))
        )


def expected_loss(terms: Terms, mean: Float[np.ndarray, "terms ..."]) -> Float[np.ndarray, "terms ..."]:
    """Give the expected loss of each term at given means, before its weight.

    Parameters
    ----------
    terms : Terms       Whose spreads and kinds hold.
    mean : array        Terms first; any further axis.

    Returns
    -------
    array               E|X| or E max(X, 0) of a normal X, as large as ``mean``.
    """
    sd, is_excess = (
        column.reshape(-1, *[1] * (mean.ndim - 1)) for column in (terms.sd, terms.kind == TermKind.EXCESS)
    )
    below = -np.abs(mean) / _not_zero(sd)
    # What remains above 0 of a normal with mean -|m|: both losses are a corner plus this.
    spread_out = sd * np.exp(-below * below / 2) / np.sqrt(2 * np.pi) - np.abs(mean) * ndtr(below)
    rest = np.where(sd > 0, spread_out, 0.0)
    corner = np.where(is_excess, np.maximum(mean, 0.0), np.abs(mean))
    loss: Float[np.ndarray, "terms ..."] = corner + np.where(is_excess, rest, 2 * rest)
    return loss


def loss_slope(terms: Terms, mean: Float[np.ndarray, " terms"]) -> Float[np.ndarray, " terms"]:
    """Give the derivative of each term's expected loss by its mean; at a corner, half way."""
    share = np.where(terms.sd > 0, ndtr(mean / _not_zero(terms.sd)), (np.sign(mean) + 1) / 2)
    slope: Float[np.ndarray, " terms"] = np.where(terms.kind == TermKind.EXCESS, share, 2 * share - 1)
    return slope


def _not_zero(sd: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
    return np.where(sd > 0, sd, 1.0)
