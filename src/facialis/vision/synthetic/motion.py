"""What a renderer needs of a moved face: places of the mesh, and signs that are not places."""

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from facialis.anatomy.expressions import Expression
from facialis.anatomy.mesh import mirror_partner, neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.twin.face.resting import RestingFace
from facialis.twin.soft_tissue import cheek_support
from facialis.vision.synthetic.cheek import cheek_shift_mm
from facialis.vision.synthetic.jaw import JAW_OPENING_MM, jaw_shift_mm

Array = NDArray[np.float64]

SMILE_MUSCLES = (
    (Muscle.ZYGOMATICUS_MAJOR, 0.35),
    (Muscle.ZYGOMATICUS_MINOR, 0.25),
    (Muscle.LEVATOR_LABII_SUPERIORIS, 0.25),
    (Muscle.LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI, 0.15),
)
"""Muscles that deepen the nasolabial fold, and their parts in it."""
FOLD_BY_PULL, FOLD_BY_PUCKER, FOLD_BY_TONE = 2.0, 0.45, 0.9
"""Change of the fold's depth (1 at rest) by full pull, by pucker, and by the loss of all tone."""
CROWS_FEET_GAIN, SNARL_GAIN, DIMPLING_GAIN, FROWN_GAIN = 1.35, 1.1, 1.1, 2.0
LARGEST_FOLD = 3.0


class MotionError(FacialisError):
    """Something that is no moved face."""

    code = "face_motion_invalid"


@dataclass(frozen=True)
class SideSigns:
    """What one side shows besides where it lies. 0 a healthy face at rest, 1 strong, -1 smoothed away."""

    forehead_lines: float = 0.0
    frown_lines: float = 0.0
    crows_feet: float = 0.0
    snarl_lines: float = 0.0
    chin_dimpling: float = 0.0
    platysmal_bands: float = 0.0
    nasolabial_depth: float = 1.0
    """1 at rest; 0 a fold that is gone."""


def _still() -> Array:
    return np.zeros(neutral_points_mm().shape)


@dataclass(frozen=True, eq=False)
class FaceMotion:
    """How a face differs from the neutral one. Nothing here knows why."""

    displacement_mm: Array = field(default_factory=_still)
    """(478, 3) from the neutral mesh: x toward the patient's LEFT, y up, z toward the viewer. [mm]"""
    left: SideSigns = field(default_factory=SideSigns)
    right: SideSigns = field(default_factory=SideSigns)
    jaw_opening_mm: float = 0.0
    """How far the lower teeth have gone down; `displacement_mm` has it in lips and chin already."""

    def __post_init__(self) -> None:
        kept = np.array(self.displacement_mm, dtype=np.float64)
        if kept.shape != neutral_points_mm().shape or not np.isfinite(kept).all():
            raise MotionError(
                f"The displacement has the shape {kept.shape}; a face is 478 finite points (478, 3) in mm. "
                "Give what `face_points` returns, less the neutral mesh."
            )
        kept.setflags(write=False)
        object.__setattr__(self, "displacement_mm", kept)

    def side(self, side: Side) -> SideSigns:
        """The signs of the patient's ``side``."""
        return self.left if side is Side.LEFT else self.right

    def mirrored(self) -> "FaceMotion":
        """The same movement as in a mirror."""
        turned = self.displacement_mm[mirror_partner()] * [-1.0, 1.0, 1.0]
        return FaceMotion(turned, self.right, self.left, self.jaw_opening_mm)


def motion_of(
    mesh_mm: ArrayLike,
    forces: ArrayLike,
    expression: Expression,
    *,
    healthy_tone: float | None = None,
    flattening: ArrayLike = (0.0, 0.0),
) -> FaceMotion:
    """Turn a twin's face in one expression into what is drawn of it.

    Parameters
    ----------
    mesh_mm : (478, 3)          Places of the mesh, as `expression_faces` gives them. [mm]
    forces : (2, 24)            Forces that moved it, LEFT then RIGHT, as `expression_forces`. [share]
    expression : Expression     What the patient intends: the jaw obeys the trigeminal nerve, which a
        facial palsy spares.
    healthy_tone : float        Force of this patient's healthy muscle at rest; the typical one when left
        out. [share]
    flattening : (2,)           Of the cheek, LEFT then RIGHT: 0 healthy, 1 wholly flat.

    Returns
    -------
    FaceMotion

    Raises
    ------
    MotionError                 Mesh, forces or flattening have another shape.
    """
    mesh, pull, flat = (np.asarray(a, dtype=np.float64) for a in (mesh_mm, forces, flattening))
    if pull.shape != (len(Side), len(FACIAL_MUSCLES)) or flat.shape != (len(Side),):
        raise MotionError(
            f"Forces of shape {pull.shape} and flattening of shape {flat.shape} are not those of one face; "
            f"({len(Side)}, {len(FACIAL_MUSCLES)}) and ({len(Side)},) are, LEFT first."
        )
    if mesh.shape != neutral_points_mm().shape:
        raise MotionError(f"The mesh has the shape {mesh.shape}; a face has 478 points (478, 3) in mm.")
    tone = _typical_tone() if healthy_tone is None else float(healthy_tone)
    opening = JAW_OPENING_MM.get(expression, 0.0)
    gained = np.clip(_contraction(pull) - _contraction(tone), 0.0, 1.0)
    bulge = gained @ _weights(SMILE_MUSCLES[:2])
    left, right = (_signs(gained[i], pull[i] / tone, float(flat[i])) for i in range(len(Side)))
    shift = jaw_shift_mm(opening) + cheek_shift_mm(bulge, flat)
    return FaceMotion(mesh - neutral_points_mm() + shift, left, right, opening)


def _signs(gained: Array, support: Array, flat: float) -> SideSigns:
    """Signs of one side from what each muscle has gained on its tone, and its force over its tone."""

    def of(muscle: Muscle) -> float:
        return float(gained[FACIAL_MUSCLES.index(muscle)])

    def kept(muscle: Muscle) -> float:
        return min(1.0, float(support[FACIAL_MUSCLES.index(muscle)]))

    held = float(cheek_support() @ np.minimum(support, 1.0))
    pucker = (of(Muscle.ORBICULARIS_ORIS_SUPERIOR) + of(Muscle.ORBICULARIS_ORIS_INFERIOR)) / 2
    pull = float(gained @ _weights(SMILE_MUSCLES))
    fold = 1.0 - FOLD_BY_TONE * (1.0 - held) + FOLD_BY_PULL * pull - FOLD_BY_PUCKER * pucker
    snarl = (of(Muscle.NASALIS) + of(Muscle.LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI)) / 2
    lateral = Muscle.ORBICULARIS_OCULI_ORBITAL_LATERAL
    return SideSigns(
        forehead_lines=of(Muscle.FRONTALIS) - (1.0 - kept(Muscle.FRONTALIS)),
        frown_lines=min(1.0, FROWN_GAIN * of(Muscle.CORRUGATOR_SUPERCILII)),
        crows_feet=min(1.0, CROWS_FEET_GAIN * of(lateral)) - (1.0 - kept(lateral)),
        snarl_lines=min(1.0, SNARL_GAIN * snarl),
        chin_dimpling=min(1.0, DIMPLING_GAIN * of(Muscle.MENTALIS)),
        platysmal_bands=of(Muscle.PLATYSMA),
        nasolabial_depth=float(np.clip(fold * (1.0 - flat), 0.0, LARGEST_FOLD)),
    )


def _contraction(force: Array | float) -> Array:
    """Visible contraction saturates as the movement does."""
    return np.asarray(np.tanh(force) / np.tanh(1.0))


@cache
def _typical_tone() -> float:
    return float(RestingFace.healthy().healthy_tone)


@cache
def _weights(parts: tuple[tuple[Muscle, float], ...]) -> Array:
    found = np.zeros(len(FACIAL_MUSCLES))
    for muscle, part in parts:
        found[FACIAL_MUSCLES.index(muscle)] = part
    return np.asarray(found / found.sum())
