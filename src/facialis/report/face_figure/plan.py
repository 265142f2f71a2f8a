"""What a figure shows: which muscles, how strongly, on which sides, with which injection points."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from facialis.anatomy.injection_sites import TargetRecord, injection_targets, targets_reaching
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.muscle_shapes import muscle_shape
from facialis.anatomy.muscles import antagonists_of, muscle
from facialis.anatomy.sides import Side
from facialis.report.face_figure.frame import BOTH_SIDES
from facialis.report.face_figure.palette import AGAINST, BYSTANDER, STRONG, ZONE_COLOURS

DEEP_LAYER = (
    Muscle.BUCCINATOR,
    Muscle.LEVATOR_ANGULI_ORIS,
    Muscle.DEPRESSOR_SEPTI_NASI,
    Muscle.CORRUGATOR_SUPERCILII,
    Muscle.DEPRESSOR_SUPERCILII,
)
"""Covered by others, wholly or in part; from the deepest on, as they are painted."""

RINGS = (
    Muscle.ORBICULARIS_ORIS_SUPERIOR,
    Muscle.ORBICULARIS_ORIS_INFERIOR,
    Muscle.ORBICULARIS_OCULI_PRESEPTAL,
    Muscle.ORBICULARIS_OCULI_PRETARSAL,
)
"""Painted on both halves of a plate in two layers: without them the eye and the mouth hang in the air."""

MIDDLE_LAYER = (
    Muscle.MENTALIS,
    Muscle.DEPRESSOR_LABII_INFERIORIS,
    Muscle.NASALIS,
    Muscle.LEVATOR_LABII_SUPERIORIS,
)
"""Partly covered; painted on both halves, named among the deep ones."""

LEVATORS_OF_THE_LIP = (Muscle.LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI, Muscle.ZYGOMATICUS_MINOR)
"""Superficial, but their fibres end within the ring of the mouth, which is painted over them."""

SUPERFICIAL_LAYER = (
    Muscle.PLATYSMA,
    Muscle.RISORIUS,
    Muscle.FRONTALIS,
    Muscle.PROCERUS,
    Muscle.ZYGOMATICUS_MAJOR,
    Muscle.DEPRESSOR_ANGULI_ORIS,
    Muscle.ORBICULARIS_OCULI_ORBITAL_INFERIOR,
    Muscle.ORBICULARIS_OCULI_ORBITAL_LATERAL,
    Muscle.ORBICULARIS_OCULI_ORBITAL_SUPERIOR,
)
"""Under the skin, as they are painted."""

PAINTING_ORDER = (
    *DEEP_LAYER,
    *MIDDLE_LAYER,
    *LEVATORS_OF_THE_LIP,
    *RINGS[:2],
    *SUPERFICIAL_LAYER,
    *RINGS[2:],
)


class Part(StrEnum):
    """What a muscle is in a figure."""

    SHOWN = "shown"
    CHOSEN = "chosen"
    ANTAGONIST = "antagonist"
    BYSTANDER = "bystander"
    REMOVED = "removed"
    """Outlined only, in the half of a plate that shows the deep muscles."""


@dataclass(frozen=True)
class PaintedMuscle:
    """One muscle on one side, as it will be painted and named."""

    muscle: Muscle
    side: Side
    part: Part
    colour: str
    is_labelled: bool


@dataclass(frozen=True)
class FigurePlan:
    """Everything that a figure shows."""

    chosen: tuple[Muscle, ...]
    """Empty: all of them alike."""
    sides: tuple[Side, ...]
    painted: tuple[PaintedMuscle, ...]
    """In the order of painting."""
    targets: tuple[TargetRecord, ...]
    """Whose points are drawn."""
    with_sites: bool
    """Whether points are wanted; a muscle may have none."""

    @property
    def is_layered(self) -> bool:
        """Whether the RIGHT shows the superficial muscles and the LEFT the deep ones."""
        return not self.chosen and len(self.sides) == 2


def plan_figure(
    chosen: Sequence[Muscle] = (), *, side: Side | None = None, with_sites: bool = True
) -> FigurePlan:
    """Decide what a figure shows.

    Parameters
    ----------
    chosen : sequence of Muscle     Drawn strongly, with their antagonists named; none for all alike.
    side : Side, optional           The patient's; None for both.
    with_sites : bool               Whether injection points are drawn.

    Raises
    ------
    NoShapeError        A chosen muscle has no course on the mesh.
    """
    wanted = tuple(m for m in FACIAL_MUSCLES if m in {muscle_shape(m).muscle for m in chosen})
    sides = BOTH_SIDES if side is None else (side,)
    painted = _painted_chosen(wanted, sides) if wanted else _painted_all(sides)
    reached = {record.target for m in wanted for record in targets_reaching(m)}
    targets = tuple(t for t in injection_targets() if with_sites and (not wanted or t.target in reached))
    return FigurePlan(wanted, sides, painted, targets, with_sites)


def _painted_all(sides: tuple[Side, ...]) -> tuple[PaintedMuscle, ...]:
    painted = []
    for side in sides:
        for m in PAINTING_ORDER:
            colour = ZONE_COLOURS[muscle(m).zones[0]]
            part, is_labelled = _in_layer(m, side) if len(sides) == 2 else (Part.SHOWN, True)
            if part is not None:
                painted.append(PaintedMuscle(m, side, part, colour, is_labelled))
    return tuple(painted)


def _in_layer(m: Muscle, side: Side) -> tuple[Part | None, bool]:
    """How a muscle is painted, if at all, and whether it is named, on a side of a plate in two layers."""
    if m in RINGS:
        return Part.SHOWN, (m is Muscle.ORBICULARIS_ORIS_SUPERIOR) == (side is Side.RIGHT)
    if m in MIDDLE_LAYER:
        return Part.SHOWN, side is Side.LEFT
    if m in SUPERFICIAL_LAYER or m in LEVATORS_OF_THE_LIP:
        return (Part.SHOWN, True) if side is Side.RIGHT else (Part.REMOVED, False)
    return (None, False) if side is Side.RIGHT else (Part.SHOWN, True)


def _painted_chosen(chosen: tuple[Muscle, ...], sides: tuple[Side, ...]) -> tuple[PaintedMuscle, ...]:
    against = {m for one in chosen for m in antagonists_of(one)} - set(chosen)
    parts = {
        m: Part.CHOSEN if m in chosen else Part.ANTAGONIST if m in against else Part.BYSTANDER
        for m in PAINTING_ORDER
    }
    colours = {Part.CHOSEN: STRONG, Part.ANTAGONIST: AGAINST, Part.BYSTANDER: BYSTANDER}
    painted = []
    for part in (Part.BYSTANDER, Part.ANTAGONIST, Part.CHOSEN):
        for side in sides:
            for m in (m for m in PAINTING_ORDER if parts[m] is part):
                # On two halves the muscle is named on one, its antagonists on the other.
                at = sides[0] if part is Part.CHOSEN else sides[-1]
                is_labelled = part is not Part.BYSTANDER and side is at
                painted.append(PaintedMuscle(m, side, part, colours[part], is_labelled))
    return tuple(painted)
