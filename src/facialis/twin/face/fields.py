"""Phi: where each muscle carries every point of the face at full force."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from jaxtyping import Float

from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.muscle_records import FacePoint, FibreType
from facialis.anatomy.muscle_shapes import muscle_shape
from facialis.anatomy.muscles import muscle
from facialis.anatomy.sides import Side
from facialis.evidence import Row, load_rows
from facialis.twin.face.geometry import (
    Points,
    Weights,
    contour,
    fade,
    free_of_lids,
    hill,
    mirrored,
    right_side,
    shape_number,
    upper_share,
)
from facialis.twin.priors import TABLES

LINEAR_POWER, SHEET_POWER = 2, 4
"""Of the rise of the pull from origin to insertion. A sheet's skin slides over its upper half: the hairline
moves less than the brow."""

Fibres = Float[np.ndarray, "guides places 3"]


class Lips(StrEnum):
    """Which lip follows a muscle."""

    UPPER = "upper"
    LOWER = "lower"
    BOTH = "both"


class Movement(StrEnum):
    """How a muscle moves a part of the face."""

    PULL = "pull"
    RING = "ring"
    CARRY = "carry"


@dataclass(frozen=True)
class MuscleField:
    """One way in which a muscle moves the face."""

    muscle: Muscle
    landmark: FacePoint
    part: str | None
    how: Movement
    bundle: str | None
    vertex: int
    amplitude_mm: float
    reach_mm: float
    spread: float | None
    """Degrees for linear muscles, mm for sheets; None where the field is no pull along fibres."""
    lips: Lips
    row: Row


@cache
def muscle_fields() -> tuple[MuscleField, ...]:
    """Every row of `tables/face_fields.csv`."""
    return tuple(
        MuscleField(
            muscle=row.choice("muscle", Muscle),
            landmark=row.choice("landmark", FacePoint),
            part=row.optional_text("part"),
            how=row.choice("how", Movement),
            bundle=row.optional_text("bundle"),
            vertex=row.integer("vertex"),
            amplitude_mm=row.number("amplitude_mm"),
            reach_mm=row.number("reach_mm"),
            spread=row.optional_number("spread"),
            lips=row.choice("lips", Lips),
            row=row,
        )
        for row in load_rows(TABLES, "face_fields").rows
    )


@cache
def displacement_fields() -> Float[np.ndarray, "2 24 478 3"]:
    """Displacement of every point by every muscle at full force; LEFT first. [mm]

    Notes
    -----
    After Waters 1987, with origin and insertion of each guiding fibre. Linear muscles pull toward the
    origin; the pull fades with the angle to the fibre, and with the distance beyond the insertion. Sheets
    pull parallel to their fibres and fade beside them. Rings draw the skin toward the middle of the
    opening's centre line and fade with the distance from the ring. What a muscle carries besides (a lower
    lip that the mentalis pushes up) moves in the direction of the table of movements and fades around its
    point. Each field is scaled so that its vertex moves by the amplitude of the table.

    The lid margins and the irises stay: `lids` moves them. The lips divide at the seam.
    """
    right = np.zeros((len(FACIAL_MUSCLES), *neutral_points_mm().shape))
    for field in muscle_fields():
        right[FACIAL_MUSCLES.index(field.muscle)] += _scaled(field)
    found = np.stack([mirrored(right), right])
    found.setflags(write=False)
    return found


def _scaled(field: MuscleField) -> Points:
    shape = _raw(field) * free_of_lids()[:, None] * _lip_share(field.lips)[:, None]
    length = float(np.linalg.norm(shape[field.vertex]))
    if not length > 0:
        raise field.row.error(f"vertex {field.vertex} lies outside the field, so it cannot be scaled.")
    # The halves share the midline strip only after scaling: at the midline each side gives half.
    return np.asarray(shape * (field.amplitude_mm / length) * right_side()[:, None])


def _lip_share(lips: Lips) -> Weights:
    upper = upper_share()
    return {Lips.UPPER: upper, Lips.LOWER: 1.0 - upper, Lips.BOTH: np.ones_like(upper)}[lips]


def _raw(field: MuscleField) -> Points:
    if field.how is Movement.RING:
        return _ring(field)
    if field.spread is None:
        return _carried(field)
    fibres = _fibres(field)
    if muscle(field.muscle).fibre_type is FibreType.SHEET:
        return _sheet(fibres, field.reach_mm, field.spread)
    return _linear(fibres, field.reach_mm, field.spread)


def _fibres(field: MuscleField) -> Fibres:
    """The guiding fibres of the bundles that pull, RIGHT."""
    bundles = [b for b in muscle_shape(field.muscle).bundles if field.bundle in (None, b.name)]
    return np.concatenate([bundle.grid(neutral_points_mm(), Side.RIGHT) for bundle in bundles])


def _linear(fibres: Fibres, reach_mm: float, spread_deg: float) -> Points:
    origin, axis, length = _straight(fibres)
    towards = origin[:, None] - neutral_points_mm()
    distance = np.maximum(np.linalg.norm(towards, axis=-1), 1e-9)
    cosine = -(towards * axis[:, None]).sum(axis=-1) / distance
    angle_deg = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    weight = fade(angle_deg / spread_deg) * _along(distance, length, reach_mm, LINEAR_POWER)
    return np.asarray((weight[..., None] * towards / distance[..., None]).mean(axis=0))


def _sheet(fibres: Fibres, reach_mm: float, spread_mm: float) -> Points:
    origin, axis, length = _straight(fibres)
    from_origin = neutral_points_mm() - origin[:, None]
    along = (from_origin * axis[:, None]).sum(axis=-1)
    beside = np.linalg.norm(from_origin - along[..., None] * axis[:, None], axis=-1)
    weight = fade(beside / spread_mm) * _along(along, length, reach_mm, SHEET_POWER)
    return np.asarray((weight[..., None] * -axis[:, None]).mean(axis=0))


def _straight(
    fibres: Fibres,
) -> tuple[Float[np.ndarray, "guides 3"], Float[np.ndarray, "guides 3"], Float[np.ndarray, "guides 1"]]:
    """Origin, direction to the insertion, and length of each fibre."""
    origin = fibres[:, 0]
    span = fibres[:, -1] - origin
    length = np.linalg.norm(span, axis=-1, keepdims=True)
    return origin, span / length, length


def _along(
    distance: Float[np.ndarray, "guides points"],
    length: Float[np.ndarray, "guides 1"],
    reach_mm: float,
    power: int,
) -> Float[np.ndarray, "guides points"]:
    """0 at the origin, 1 at the insertion, fading beyond it; the larger the power, the later it rises."""
    before = np.sin(np.pi / 2.0 * np.clip(distance / length, 0.0, 1.0)) ** power
    return np.asarray(before * fade(np.maximum(distance - length, 0.0) / reach_mm))


def _ring(field: MuscleField) -> Points:
    points = neutral_points_mm()
    is_mouth = field.landmark is FacePoint.COMMISSURE
    start, end = _core(is_mouth=is_mouth)
    span = end - start
    share = np.clip(((points - start) @ span) / (span @ span), 0.0, 1.0)
    towards = start + share[:, None] * span - points
    if is_mouth:
        towards[:, 1] *= shape_number("mouth_across")
    towards[:, 2] = 0.0
    fibres = _fibres(field).reshape(-1, 3)
    distance = np.linalg.norm(points[:, None] - fibres, axis=-1).min(axis=1)
    return np.asarray(towards * fade(distance / field.reach_mm)[:, None])


def _core(*, is_mouth: bool) -> tuple[Float[np.ndarray, " 3"], Float[np.ndarray, " 3"]]:
    """The middle of the opening's centre line on the RIGHT, from medial to lateral."""
    points = neutral_points_mm()
    if is_mouth:
        start, end, share = contour("lip_seam")[0], contour("lip_seam")[-1], shape_number("mouth_ring_core")
    else:
        start, end, share = contour("upper_lid")[0], contour("upper_lid")[-1], shape_number("eye_ring_core")
    return points[start], points[start] + share * (points[end] - points[start])


def _carried(field: MuscleField) -> Points:
    moves = muscle(field.muscle).movements
    direction = next(
        (m.direction for m in moves if (m.landmark, m.part) == (field.landmark, field.part)), None
    )
    if direction is None:
        raise field.row.error(f"the table of movements names no such movement of {field.landmark}.")
    right = np.array([-direction.lateral, direction.superior, direction.anterior])
    return np.asarray(hill(field.vertex, field.reach_mm)[:, None] * right)
