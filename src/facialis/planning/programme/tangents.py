"""Straight lines below each term's loss: what a linear programme knows of it."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from facialis.planning.programme.terms import TermKind, Terms, expected_loss, loss_slope

FIRST_SPREADS = (-3.0, -1.0, -0.3, 0.3, 1.0, 3.0)
"""Means at which every term has a tangent from the beginning, in its own spreads."""
SAME_SLOPE = 1e-9
"""Tangents closer in slope than this are one."""


@dataclass(frozen=True)
class Tangents:
    """Lines of which each lies below the loss of its term everywhere.

    Sorted by term, then by slope, so that neighbours of a term meet where one takes over from the other.

    Attributes
    ----------
    term : (lines,) array of int    Whose line it is.
    slope : (lines,) array          Loss for one unit more of the mean.
    height : (lines,) array         Of the line where the mean is 0.
    """

    term: Int[np.ndarray, " lines"]
    slope: Float[np.ndarray, " lines"]
    height: Float[np.ndarray, " lines"]


@dataclass(frozen=True)
class Pieces:
    """The upper edge of the tangents of each term, from its lowest mean to its highest.

    Attributes
    ----------
    term : (pieces,) array of int   Whose piece it is.
    slope : (pieces,) array         Rising within a term.
    length : (pieces,) array        Along the mean, above 0.
    start : (terms,) array          Height of the edge at each term's lowest mean.
    """

    term: Int[np.ndarray, " pieces"]
    slope: Float[np.ndarray, " pieces"]
    length: Float[np.ndarray, " pieces"]
    start: Float[np.ndarray, " terms"]


def first_tangents(terms: Terms) -> Tangents:
    """Give the lines that the loss nears far out, and some between them."""
    count = len(terms.base)
    least = np.where(terms.kind == TermKind.EXCESS, 0.0, -1.0)
    far = Tangents(np.tile(np.arange(count), 2), np.concatenate([least, np.ones(count)]), np.zeros(2 * count))
    for spreads in FIRST_SPREADS:
        far = with_tangents(far, terms, spreads * terms.sd)
    return with_tangents(far, terms, terms.base)


def with_tangents(known: Tangents, terms: Terms, mean: Float[np.ndarray, " terms"]) -> Tangents:
    """Add the tangent of each term at a mean, where it is not there yet."""
    slope = loss_slope(terms, mean)
    term = np.concatenate([known.term, np.arange(len(mean))])
    slopes = np.concatenate([known.slope, slope])
    heights = np.concatenate([known.height, expected_loss(terms, mean) - slope * mean])
    order = np.lexsort((slopes, term))
    term, slopes, heights = term[order], slopes[order], heights[order]
    is_new = np.ones(len(term), dtype=bool)
    is_new[1:] = (term[1:] != term[:-1]) | (slopes[1:] - slopes[:-1] > SAME_SLOPE)
    return Tangents(term[is_new], slopes[is_new], heights[is_new])


def pieces_between(
    tangents: Tangents, low: Float[np.ndarray, " terms"], high: Float[np.ndarray, " terms"]
) -> Pieces:
    """Cut the upper edge of the tangents into pieces between the lowest and the highest mean."""
    term, slope, height = tangents.term, tangents.slope, tangents.height
    ends = high[term]
    starts = low[term]
    meets = np.flatnonzero(term[1:] == term[:-1])
    crossing = (height[meets] - height[meets + 1]) / (slope[meets + 1] - slope[meets])
    ends[meets] = starts[meets + 1] = np.clip(crossing, low[term[meets]], high[term[meets]])
    length = ends - starts
    start = np.full(len(low), -np.inf)
    np.maximum.at(start, term, height + slope * low[term])
    kept = length > 0
    return Pieces(term[kept], slope[kept], length[kept], start)


def edge_at(tangents: Tangents, mean: Float[np.ndarray, " terms"]) -> Float[np.ndarray, " terms"]:
    """Height of the upper edge of the tangents of each term at a mean."""
    found = np.full(len(mean), -np.inf)
    np.maximum.at(found, tangents.term, tangents.height + tangents.slope * mean[tangents.term])
    return found
