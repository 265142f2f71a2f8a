"""Patients whose truth is known, as photographs with their errors and a clinician show them.

A patient is drawn as scores of the present state (`twin.present`). `see` makes the visit: measures of the
nine photographs with errors of the size and the correlation between sides that the gain table of the
default backend states, and what a clinician finds, with the errors that the table of findings states.
The same seed gives the same patients, however many are drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.sides import Side
from facialis.evidence import load_rows
from facialis.measurement.gain import GainRow
from facialis.measurement.points import Method
from facialis.toxins import ToxinProduct
from facialis.twin.events import ToxinSession
from facialis.twin.face.readings import FaceReading
from facialis.twin.junction.parameters import junction_from_scores
from facialis.twin.junction.sessions import block_of_sessions
from facialis.twin.present.findings import finding_rows
from facialis.twin.present.reading import present_readings
from facialis.twin.present.scores import EXPRESSIONS, efforts_of, place_of, state_size
from facialis.twin.present.state import (
    PresentState,
    healthy_activations,
    present_activations,
    present_forces,
    state_from_scores,
)
from facialis.twin.present.visits import LEAST_NOISE_MM, READINGS, Visit
from facialis.vision.backends.face_mesh_worker import NAME as DEFAULT_BACKEND
from facialis.vision.backends.protocol import BackendInfo, Schema
from facialis.vision.gain.table import gain_model_for
from facialis.vision.synthetic.clinician import clinical_findings

OUTER_INTERCANTHAL_MM = 90.0
"""The gain table is in % of this distance."""
PHOTO_REL = 0.01
"""Relative error of the scale of one photograph, beside that which the whole set shares."""
CLOSED = (FaceReading.PALPEBRAL_FISSURE, FaceReading.DENTAL_SHOW)
"""Readings that are never below 0."""

PerMuscle = Float[np.ndarray, "expressions sides muscles"]


class Group(StrEnum):
    """What kind of sequelae."""

    PRIOR = "prior"
    """Anybody with lasting sequelae: every score from its prior."""
    LATE_SYNKINETIC = "late synkinetic"
    HYPERKINETIC_HEALTHY = "hyperkinetic healthy side"
    MIXED = "mixed"
    HEALTHY = "healthy"
    """Nobody with a palsy: outside what the prior takes for likely."""


SEVERITIES: dict[Group, dict[str, tuple[float, float]]] = {
    Group.PRIOR: {},
    Group.LATE_SYNKINETIC: {"foreign_share": (0.0, 1.2), "reinnervated_share": (-0.5, 1.5)},
    Group.HYPERKINETIC_HEALTHY: {
        "healthy_drive": (1.5, 2.5),
        "foreign_share": (-2.0, -1.0),
        "reinnervated_share": (-2.0, -1.0),
    },
    Group.MIXED: {
        "healthy_drive": (0.5, 2.0),
        "foreign_share": (-0.5, 0.8),
        "reinnervated_share": (-1.5, 0.5),
    },
    Group.HEALTHY: {
        "reinnervated_share": (3.0, 4.0),
        "foreign_share": (-4.5, -3.5),
        "contracture_force": (-4.0, -3.0),
        "descent_mm": (-4.0, -3.0),
        "healthy_drive": (-0.3, -0.2),
        "healthy_drive_by_branch": (0.0, 0.0),
    },
}
"""Scores within which a group's patients lie evenly; all others come from their priors."""
THREE_GROUPS = (Group.LATE_SYNKINETIC, Group.HYPERKINETIC_HEALTHY, Group.MIXED)


@dataclass(frozen=True, eq=False)
class VirtualPatient:
    """One patient with everything that is true of them."""

    number: int
    group: Group
    affected: Side
    scores: Float[np.ndarray, " scores"]
    """Of the state, the junction's three last."""
    efforts: Float[np.ndarray, " expressions"]
    """Scores of how far each expression is carried on the patient's usual day."""

    @property
    def side_index(self) -> int:
        """0 where the LEFT side is affected."""
        return list(Side).index(self.affected)

    @property
    def junction_scores(self) -> Float[np.ndarray, "3"]:
        """Half-blocking dose, half-life, release; a higher first one is less sensitive."""
        return self.scores[place_of("junction")]

    @property
    def state(self) -> PresentState:
        """The state that the scores stand for."""
        return state_from_scores(jnp.asarray(self.scores), jnp.asarray(float(self.side_index)))


def draw_patients(seed: int, count: int, groups: Sequence[Group] = THREE_GROUPS) -> list[VirtualPatient]:
    """Draw patients, the groups in turn and LEFT and RIGHT in turn.

    Parameters
    ----------
    seed, count : int
        The first patients of a longer list are those of a shorter one.
    groups : sequence of Group
        `Group.PRIOR` alone for a calibration check.
    """
    return [_draw(seed, number, groups[number % len(groups)]) for number in range(count)]


def _draw(seed: int, number: int, group: Group) -> VirtualPatient:
    rng = np.random.default_rng([seed, number])
    scores, efforts = rng.normal(size=state_size()), rng.normal(size=EXPRESSIONS)
    for name, (least, most) in SEVERITIES[group].items():
        scores[place_of(name)] = rng.uniform(least, most)
    # Groups of two or four would else always meet the same side.
    side = Side.LEFT if rng.uniform() < 0.5 else Side.RIGHT
    return VirtualPatient(number, group, side, scores, efforts)


# ------------------------------------------------------------------------------------- the truth


def true_blocks(
    patient: VirtualPatient, days: Sequence[float], sessions: Sequence[ToxinSession]
) -> Float[np.ndarray, "days sides muscles"]:
    """Blocked share of every muscle on some days; 0 without sessions. [0-1]"""
    products: set[ToxinProduct] = {session.injections[0].dose.product for session in sessions}
    junctions = {p: junction_from_scores(p, jnp.asarray(patient.junction_scores)) for p in products}
    return np.asarray(block_of_sessions(sessions, days, junctions=junctions))


def true_activations(patient: VirtualPatient, efforts: Float[np.ndarray, " e"] | None = None) -> PerMuscle:
    """Activation before toxin, with the usual efforts unless others are given. [0-1]"""
    return np.asarray(_shown(*_asked(patient, efforts), _no_block())[1])


def true_excess(patient: VirtualPatient, efforts: Float[np.ndarray, " e"] | None = None) -> PerMuscle:
    """Activation beyond a healthy person's at the same effort. [0-1]"""
    return np.asarray(_shown(*_asked(patient, efforts), _no_block())[2])


def true_forces(
    patient: VirtualPatient,
    days: Sequence[float],
    sessions: Sequence[ToxinSession] = (),
    efforts: Float[np.ndarray, " e"] | None = None,
) -> Float[np.ndarray, "days expressions sides muscles"]:
    """Force of every muscle in the nine expressions on some days."""
    asked = _asked(patient, efforts)
    return np.array([_shown(*asked, block)[3] for block in true_blocks(patient, days, sessions)])


def true_readings(
    patient: VirtualPatient,
    days: Sequence[float],
    sessions: Sequence[ToxinSession] = (),
    efforts: Float[np.ndarray, " e"] | None = None,
) -> Float[np.ndarray, "days expressions sides readings"]:
    """Measures of both sides in the nine expressions on some days, without error. [mm]"""
    asked = _asked(patient, efforts)
    return np.array([_shown(*asked, block)[0] for block in true_blocks(patient, days, sessions)])


# -------------------------------------------------------------------------------------- the sight


def see(
    patient: VirtualPatient,
    day: float,
    rng: np.random.Generator,
    sessions: Sequence[ToxinSession] = (),
    *,
    efforts: Float[np.ndarray, " e"] | None = None,
    has_findings: bool = True,
    is_gain_shared: bool = False,
) -> Visit:
    """Photograph and examine a patient.

    Parameters
    ----------
    day : float                 From onset.
    rng : Generator             Errors, and the efforts of the day.
    sessions : sequence         All toxin sessions; those after `day` have no effect.
    efforts : array             Scores of the day's efforts, where they must be known; drawn by default.
    has_findings : bool         Whether the clinician examines.
    is_gain_shared : bool       Whether the error of a gain is one for the whole visit, as it may be, or one
                                for every photograph, as the measures state it.

    Returns
    -------
    Visit
    """
    of_day = rng.normal(size=EXPRESSIONS) if efforts is None else efforts
    (block,) = true_blocks(patient, [day], sessions)
    state, effort = _asked(patient, of_day)
    readings, active, _, _ = map(np.asarray, _shown(state, effort, block))
    mean_sd, asymmetry_sd, gain_rel = error_sds_mm()
    difference = readings[:, 0] - readings[:, 1]
    gain_error = rng.normal(size=(1 if is_gain_shared else EXPRESSIONS, READINGS))
    of_mean = mean_sd * rng.normal(size=(EXPRESSIONS, READINGS))
    of_difference = (
        asymmetry_sd * rng.normal(size=(EXPRESSIONS, READINGS)) + gain_rel * difference * gain_error
    )
    value = np.stack(
        [readings[:, 0] + of_mean + of_difference / 2, readings[:, 1] + of_mean - of_difference / 2], 1
    )
    value *= (1 + PHOTO_REL * rng.normal(size=EXPRESSIONS))[:, None, None]
    value[..., list(CLOSED)] = np.maximum(value[..., list(CLOSED)], 0.0)
    # What a user would be told: the gain's share of the error follows the difference that was read.
    opposed = np.hypot(asymmetry_sd, gain_rel * (value[:, 0] - value[:, 1])) ** 2 / 4
    total = mean_sd**2 + opposed
    beyond = active * (1 - block) - float(state.healthy_tone)
    findings = clinical_findings(beyond, patient.affected, rng) if has_findings else []
    return Visit(
        day=float(day),
        value_mm=value,
        noise_mm=np.repeat(np.maximum(np.sqrt(total), LEAST_NOISE_MM)[:, None], 2, axis=1),
        is_read=np.ones(value.shape, dtype=bool),
        side_correlation=(mean_sd**2 - opposed) / total,
        photo_rel=np.full(EXPRESSIONS, PHOTO_REL),
        findings=finding_rows(findings),
    )


@cache
def error_sds_mm() -> tuple[Float[np.ndarray, " readings"], ...]:
    """Scatter of the mean of both sides, of LEFT minus RIGHT [mm], and relative error of the gain.

    From the row of the best reading that the default backend has of each measure.
    """
    (sha,) = {
        row.text("model_sha256")
        for row in load_rows("facialis.vision.gain", "gain_and_noise").rows
        if row.text("backend") == DEFAULT_BACKEND
    }
    model = gain_model_for(BackendInfo(DEFAULT_BACKEND, "", Schema.MP478, sha))
    assert model is not None  # noqa: S101  the default backend is fitted
    rows: list[GainRow] = []
    for reading in FaceReading:
        name = reading.name.lower()
        refined = model.rows.get((name, Method.REFINED))
        rows.append(refined if refined is not None else model.rows[name, Method.NETWORK])
    percent = OUTER_INTERCANTHAL_MM / 100
    return (
        np.array([percent * row.mean_sd for row in rows]),
        np.array([percent * row.asymmetry_sd for row in rows]),
        np.array([row.gain_sd / row.gain for row in rows]),
    )


# ------------------------------------------------------------------------------------------ parts


def _asked(patient: VirtualPatient, efforts: Float[np.ndarray, " e"] | None) -> tuple[PresentState, Array]:
    usual = patient.efforts if efforts is None else efforts
    return _state(patient.scores, float(patient.side_index)), efforts_of(jnp.asarray(usual))


def _no_block() -> Float[np.ndarray, "sides muscles"]:
    return np.zeros((len(Side), len(FACIAL_MUSCLES)))


@jax.jit
def _state(scores: Array, affected: Array) -> PresentState:
    return state_from_scores(scores, affected)


@jax.jit
def _shown(state: PresentState, effort: Array, block: Array) -> tuple[Array, Array, Array, Array]:
    """Readings, activation before toxin, excess before toxin, forces."""
    active = present_activations(state, effort)
    forces = present_forces(state, active, block)
    return present_readings(state, forces), active, active - healthy_activations(state, effort), forces
