"""What the muscles of one patient do, from all visits and treatments together, with what is left open.

The prior of every score is the unit normal and the errors of what is seen are normal, so the most likely
scores are a least-squares solution, and the curvature there gives the posterior (Laplace). A follow-up
is not a correction of an earlier answer: all visits are looked at again, with one state of the nerve and
the muscles, one sensitivity to toxin, and a visit's own efforts and scales.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import jax
import numpy as np
from jaxtyping import Array, Float, PRNGKeyArray

from facialis.anatomy.sides import Side
from facialis.twin.errors import ObservationError
from facialis.twin.events import ToxinSession
from facialis.twin.present.model import VISIT_SCORES, Layout, Question, question_of
from facialis.twin.present.scores import EXPRESSIONS, state_size
from facialis.twin.present.slopes import residuals_and_slope, residuals_only
from facialis.twin.present.visits import Visit

MOST_STEPS = 25
SMALLEST_GAIN = 3e-3
"""In units of log density: far below what a posterior can tell."""
LARGEST_GAIN_LEFT = 0.5
"""The same, where the search stops: that of one standard deviation in one direction."""
STEP_SIZES = (1.0, 0.5, 0.25, 0.1, 0.03)


@dataclass(frozen=True, eq=False)
class Posterior:
    """A normal approximation about the most likely scores."""

    affected: Side
    layout: Layout
    question: Question
    mean: Float[np.ndarray, " scores"]
    """State, then each visit's efforts and scales."""
    root: Float[np.ndarray, "scores scores"]
    """Square root of the covariance: samples are mean + root z."""
    has_converged: bool

    @property
    def sd(self) -> Float[np.ndarray, " scores"]:
        """Standard deviation of every score; 1 where nothing was learnt."""
        return np.asarray(np.sqrt((self.root**2).sum(axis=1)))

    def samples(self, key: PRNGKeyArray, count: int) -> Float[np.ndarray, "count scores"]:
        """Draw score vectors, in pairs on both sides of the mean so that their mean is exact.

        Parameters
        ----------
        key : PRNGKeyArray
        count : int         Even, 2 or more.

        Raises
        ------
        ObservationError    Another count.
        """
        if count < 2 or count % 2:
            raise ObservationError(f"{count} draws cannot be made in pairs. Give an even number from 2 on.")
        half = np.asarray(jax.random.normal(key, (count // 2, len(self.mean))))
        return np.asarray(self.mean + np.concatenate([half, -half]) @ self.root.T)


def calibrate(visits: Sequence[Visit], sessions: Sequence[ToxinSession], affected: Side) -> Posterior:
    """Find a patient's posterior from any number of visits and toxin sessions.

    Parameters
    ----------
    visits : sequence of Visit          One or more.
    sessions : sequence of ToxinSession All treatments up to the last visit, of any product with data.
    affected : Side                     The palsied side.

    Returns
    -------
    Posterior

    Raises
    ------
    ObservationError        No visit, or two of one day.
    NoJunctionDataError     A product was injected of which nothing is published to simulate it by.

    Notes
    -----
    Gauss-Newton in the space of observations: with slope J and residual r, the step leads to
    J^T (J J^T + 1)^-1 (J x - r); damped by halving while the density does not rise.
    """
    if not visits:
        raise ObservationError("There is no visit with photographs. Measure a set first.")
    ordered = sorted(visits, key=lambda visit: visit.day)
    if len({visit.day for visit in ordered}) < len(ordered):
        raise ObservationError("Two visits lie on one day. Join their photographs into one set.")
    question, layout = question_of(ordered, sessions, affected)

    def cost(scores: Float[np.ndarray, " scores"]) -> float:
        off = residuals_only(scores, question, layout)
        return 0.5 * float(off @ off + scores @ scores)

    scores = np.zeros(layout.size)
    now, promised = cost(scores), np.inf
    for _ in range(MOST_STEPS):
        off, slope = residuals_and_slope(scores, question, layout)
        target = slope.T @ np.linalg.solve(slope @ slope.T + np.eye(len(off)), slope @ scores - off)
        step = target - scores
        promised = -0.5 * float((scores + slope.T @ off) @ step)
        gain = 0.0
        for size in STEP_SIZES:
            tried = scores + size * step
            reached = cost(tried)
            if reached < now:
                gain, scores, now = now - reached, tried, reached
                break
        if gain < SMALLEST_GAIN:
            break
    _, slope = residuals_and_slope(scores, question, layout)
    return Posterior(affected, layout, question, scores, _root(slope), promised < LARGEST_GAIN_LEFT)


def _root(slope: Float[np.ndarray, "seen scores"]) -> Float[np.ndarray, "scores scores"]:
    """Symmetric square root of (1 + J^T J)^-1: the only one that does not hang on the order of directions."""
    values, vectors = np.linalg.eigh(np.eye(slope.shape[1]) + slope.T @ slope)
    return np.asarray((vectors / np.sqrt(values)) @ vectors.T)


def split_visits(
    scores: Float[Array, "*many scores"],
) -> tuple[Float[Array, "*many state"], Float[Array, "*many visits 2 expressions"]]:
    """Scores of the state, and of each visit its efforts and scales."""
    visits = (scores.shape[-1] - state_size()) // VISIT_SCORES
    return scores[..., : state_size()], scores[..., state_size() :].reshape(
        *scores.shape[:-1], visits, 2, EXPRESSIONS
    )
