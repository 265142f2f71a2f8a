"""A parametric face: named points from millimetres, and what a camera makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from facialis.anatomy.sides import Side, lateral_sign
from facialis.measurement.points import Array, FacePoints, SidePoints

IRIS_MM = 11.7


@dataclass(frozen=True)
class HalfFace:
    """One side in millimetres: lateral (away from the midline) and height above the eye line."""

    brow_height: float = 22.0
    upper_lid: float = 3.5
    """Upper lid margin above the pupil; the lid is lowered, never the pupil."""
    lower_lid: float = 5.0
    """Lower lid margin below the pupil."""
    eye_open: bool = True
    ala: tuple[float, float] = (17.0, -40.0)
    commissure: tuple[float, float] = (25.0, -66.0)
    lip_gap: float = 0.0


@dataclass(frozen=True)
class FaceShape:
    """A whole face in millimetres. x of midline points is toward the patient's LEFT."""

    left: HalfFace = HalfFace()
    right: HalfFace = HalfFace()
    mouth_shift: float = 0.0
    chin_shift: float = 0.0
    nose_shift: float = 0.0

    def with_side(self, side: Side, **changes: object) -> FaceShape:
        """The same face with one side changed."""
        return replace(self, **{side.value: replace(getattr(self, side.value), **changes)})

    def mirrored(self) -> FaceShape:
        """The face in a mirror."""
        return FaceShape(self.right, self.left, -self.mouth_shift, -self.chin_shift, -self.nose_shift)


@dataclass(frozen=True)
class Camera:
    """A similarity: how a frontal face lies in the picture."""

    px_per_mm: float = 5.0
    roll_deg: float = 0.0
    centre_px: tuple[float, float] = (500.0, 400.0)

    def project(self, places_mm: Array) -> Array:
        """(..., 2) mm, x toward LEFT and y up, to image px."""
        angle = np.radians(self.roll_deg)
        x, y = np.asarray(places_mm, dtype=float)[..., 0], -np.asarray(places_mm, dtype=float)[..., 1]
        turned = np.stack(
            [x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)], axis=-1
        )
        return turned * self.px_per_mm + np.array(self.centre_px)


def make_face(shape: FaceShape | None = None, camera: Camera | None = None) -> FacePoints:
    """Named points of a face as a camera would see it."""
    shape, camera = shape or FaceShape(), camera or Camera()
    place = camera.project
    sides = {side.value: _side(shape, getattr(shape, side.value), side, camera) for side in Side}
    mouth_y = (shape.left.commissure[1] + shape.right.commissure[1]) / 2
    return FacePoints(
        **sides,
        nasion=place([0.0, 5.0]),
        nose_tip=place([shape.nose_shift, -35.0]),
        subnasale=place([shape.nose_shift, -45.0]),
        philtrum=place([shape.mouth_shift, mouth_y + 8.0]),
        chin=place([shape.chin_shift, -105.0]),
    )


def _side(shape: FaceShape, half: HalfFace, side: Side, camera: Camera) -> SidePoints:
    sign = lateral_sign(side)

    def place(places: object) -> Array:
        away = np.array(places, dtype=float)
        away[..., 0] *= sign
        return camera.project(away)

    medial, pupil, lateral = 17.0, 31.5, 46.0
    share = np.linspace(0.0, 1.0, 9)
    lid_x = medial + share * (lateral - medial)
    arch = 1 - (2 * share - 1) ** 2
    middle = np.array([sign * shape.mouth_shift, (shape.left.commissure[1] + shape.right.commissure[1]) / 2])
    corner = np.array(half.commissure)
    middle_gap = (shape.left.lip_gap + shape.right.lip_gap) / 2

    def lip(rise: float, gap: float) -> Array:
        way = np.linspace(0.0, 1.0, 7)[:, None]
        line = middle + way * (corner - middle)
        w = way[:, 0]
        # Through the mean gap at the midline, this side's gap half way, and none at the commissure.
        parting = middle_gap * (1 - w) * (1 - 2 * w) + half.lip_gap * 4 * w * (1 - w)
        line[:, 1] += rise * (1 - w**2) + gap * parting
        return place(line)

    brow_share = np.linspace(0.0, 1.0, 6)
    fold = np.stack([np.linspace(19.0, corner[0] + 6, 5), np.linspace(half.ala[1], corner[1], 5)], axis=1)
    return SidePoints(
        brow=place(np.stack([15 + 35 * brow_share, np.full(6, half.brow_height)], axis=1)),
        upper_lid=place(np.stack([lid_x, half.upper_lid * arch], axis=1)),
        lower_lid=place(np.stack([lid_x, -half.lower_lid * arch], axis=1)),
        medial_canthus=place([medial, 0.0]),
        lateral_canthus=place([lateral, 0.0]),
        iris_centre=place([pupil, 0.0]) if half.eye_open else None,
        iris_diameter=IRIS_MM * camera.px_per_mm if half.eye_open else None,
        ala=place(half.ala),
        commissure=place(corner),
        upper_lip_outer=lip(8.0, 0.5),
        upper_lip_inner=lip(0.0, 0.5),
        lower_lip_inner=lip(0.0, -0.5),
        lower_lip_outer=lip(-9.0, -0.5),
        nasolabial=place(fold),
    )


def map_points(points: FacePoints, move: Callable[[Array], Array]) -> FacePoints:
    """Send every point through ``move`` ((n, 2) -> (n, 2)); iris diameters stay."""

    def moved(value: object) -> object:
        if isinstance(value, np.ndarray):
            return move(value.reshape(-1, 2)).reshape(value.shape)
        return value

    def of(thing: SidePoints | FacePoints) -> dict[str, object]:
        return {
            f.name: moved(getattr(thing, f.name))
            for f in dataclasses.fields(thing)
            if f.name not in ("left", "right")
        }

    left, right = (replace(points.side(side), **of(points.side(side))) for side in Side)
    return replace(points, left=left, right=right, **of(points))


def mirror_points(points: FacePoints, width_px: float = 1000.0) -> FacePoints:
    """The points of the mirrored picture: x turned round, LEFT and RIGHT exchanged."""

    def flip(places: Array) -> Array:
        return np.stack([width_px - 1 - places[:, 0], places[:, 1]], axis=1)

    flipped = map_points(points, flip)
    return replace(flipped, left=flipped.right, right=flipped.left)
