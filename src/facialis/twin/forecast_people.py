"""Whose courses a forecast computes: the patient, the same with less done, and patients drawn beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import equinox as eqx
import jax
import numpy as np
from jaxtyping import Array, Float, PRNGKeyArray

from facialis.toxins import ToxinProduct
from facialis.twin.course import Course
from facialis.twin.exposure import SIDES
from facialis.twin.face.parameters import FaceParameters, sample_faces
from facialis.twin.forecast_case import Comparison, TwinCase, face_with_values, with_values
from facialis.twin.forecast_days import Days, at_days, block_days, face_days, grid_days
from facialis.twin.junction.model import Junction
from facialis.twin.junction.parameters import draw_junctions, junction_for
from facialis.twin.junction.sessions import block_of_sessions
from facialis.twin.parameters import TwinParameters, named, sample_parameters
from facialis.twin.routing import MUSCLES
from facialis.twin.simulate import simulate_cohort
from facialis.twin.timeline import exposures_of

CHUNK_PEOPLE = 26
"""Computed at once: a patient alone, a pair and a cohort run through the same compiled program."""
ROUND_DAYS = 64

Blocks = Float[np.ndarray, "people days sides muscles"]


@dataclass(frozen=True, eq=False)
class People:
    """The patient first, then the comparisons, then those who were drawn."""

    case: TwinCase
    parameters: TwinParameters
    face: FaceParameters
    junctions: dict[ToxinProduct, Junction]
    """Of the patient and of those who were drawn."""

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Which stand behind the patient."""
        return tuple(self.case.comparisons)

    @property
    def drawn(self) -> slice:
        """Where those stand who were drawn."""
        return slice(1 + len(self.comparisons), None)

    @property
    def count(self) -> int:
        """All of them."""
        return int(np.shape(self.parameters.nerve.insult_strength)[0])

    @cached_property
    def courses(self) -> Course:
        """States on the days of the grid, people first."""
        histories = [self.case.history, *self.case.comparisons.values()]
        drawn = self.count - len(histories)
        exposure = exposures_of([*histories, *[self.case.history] * drawn])
        days = grid_days(self.case.last_day)
        room = -self.count % CHUNK_PEOPLE

        def filled(leaf: Any) -> Any:
            """Repeat the last until the chunk is full; NumPy's arrays need no compiling to be sliced."""
            return np.pad(np.asarray(leaf), [(0, room), *[(0, 0)] * (np.ndim(leaf) - 1)], mode="edge")

        parameters, exposures, blocks = jax.tree.map(filled, (self.parameters, exposure, self.blocks(days)))
        chunks = list(simulate_cohort(parameters, exposures, days, blocks, chunk_patients=CHUNK_PEOPLE))
        joined: Course = jax.tree.map(lambda *leaves: np.concatenate(leaves)[: self.count], *chunks)
        return joined

    def blocks(self, days: Days) -> Blocks:
        """Share of every muscle that toxin blocks, exactly at some days. [0-1]"""
        found = np.zeros((self.count, len(days), SIDES, MUSCLES))
        if self.case.history.toxin_sessions:
            known, shares = self._treated
            if not np.isin(days, known).all():
                known, shares = days, self._treated_at(days)
            at = np.searchsorted(known, days)
            found[0], found[self.drawn] = shares[0, at], shares[1:, at]
        return found

    @cached_property
    def _treated(self) -> tuple[Days, Blocks]:
        """Block of the patient and of those drawn, at every day that a forecast looks at."""
        history, last = self.case.history, self.case.last_day
        days = np.unique(
            np.concatenate([grid_days(last), block_days(history, last), face_days(history, last)])
        )
        return days, self._treated_at(days)

    def _treated_at(self, days: Days) -> Blocks:
        # A round number of days: one more session then seldom needs another compiled program.
        padded = np.append(days, [days[-1]] * (-len(days) % ROUND_DAYS))
        found = block_of_sessions(
            self.case.history.toxin_sessions, tuple(map(float, padded)), junctions=self.junctions
        )
        # Rounding of a sum of exponentials may leave the shares by 1e-16.
        shares: Blocks = np.clip(np.asarray(found), 0.0, 1.0)[:, : len(days)]
        return shares

    def at(self, days: Days) -> Course:
        """States at other days; the block by toxin, which has corners, is exact there."""
        course = at_days(self.courses, days)
        exact: Course = eqx.tree_at(lambda c: c.blocked_share, course, self.blocks(days))
        return exact


def people_of(case: TwinCase, key: PRNGKeyArray | None = None) -> People:
    """Gather the people of a forecast; nothing is integrated yet.

    Parameters
    ----------
    case : TwinCase
    key : PRNGKeyArray, optional
        The same key draws the same patients; nobody is drawn without it.

    Raises
    ------
    NoJunctionDataError
        If nothing is published to simulate a product by.
    """
    products = dict.fromkeys(session.injections[0].dose.product for session in case.history.toxin_sessions)
    alike = 1 + len(case.comparisons)
    rows = [jax.tree.map(lambda leaf: np.full(alike, np.asarray(leaf)), (case.parameters, case.face))]
    junctions = {
        product: [jax.tree.map(lambda leaf: np.asarray(leaf)[None], junction_for(product))]
        for product in products
    }
    if key is not None:
        of_people, of_faces, of_junctions = jax.random.split(key, 3)
        rows.append(_drawn(case, of_people, of_faces))
        for product in products:
            junctions[product].append(draw_junctions(of_junctions, product, patients=case.patients))
    parameters, face = _joined(rows)
    return People(case, parameters, face, {product: _joined(own) for product, own in junctions.items()})


def _drawn(
    case: TwinCase, of_people: PRNGKeyArray, of_faces: PRNGKeyArray
) -> tuple[TwinParameters, FaceParameters]:
    """Patients from the priors, alike in what is known of this one."""
    parameters = jax.jit(sample_parameters, static_argnums=1)(of_people, case.patients)
    faces = jax.jit(sample_faces, static_argnums=1)(of_faces, case.patients)

    def known(values: Mapping[str, Array]) -> dict[str, Float[np.ndarray, " drawn"]]:
        held = {name: value for name, value in values.items() if name in case.held}
        return {name: np.full(case.patients, np.asarray(value)) for name, value in held.items()}

    of_face = {field.name: getattr(case.face, field.name) for field in fields(case.face)}
    return (
        with_values(parameters, known(named(case.parameters))),
        face_with_values(faces, known(of_face)),
    )


def _joined(trees: Sequence[Any]) -> Any:
    return jax.tree.map(lambda *leaves: np.concatenate([np.asarray(leaf) for leaf in leaves]), *trees)
