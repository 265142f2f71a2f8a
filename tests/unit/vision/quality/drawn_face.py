"""A face of a few shapes whose points are exact: enough for the gate, which judges light and edges."""

from dataclasses import replace

import cv2
import numpy as np

from facialis.measurement.points import FacePoints, SidePoints

SIZE = 600
CENTRE = np.array([300.0, 250.0])


def _side(sign: int, *, eye_gap: float, mouth_gap: float) -> SidePoints:
    """The side whose x is `sign` times the distance from the midline; 1 is the patient's LEFT."""

    def at(x: float, y: float) -> np.ndarray:
        return CENTRE + np.array([sign * x, y])

    share = np.linspace(0, 1, 9)
    lid_x = 35 + 65 * share
    bow = np.sin(np.pi * share) * eye_gap / 2
    lids = [np.stack([CENTRE[0] + sign * lid_x, CENTRE[1] + s * bow], axis=1) for s in (-1, 1)]
    lip_x = 60 * share
    arch = 1 - share**2

    def lip(offset: float) -> np.ndarray:
        return np.stack([CENTRE[0] + sign * lip_x, CENTRE[1] + 150 + offset * arch], axis=1)

    brow_x = 30 + 85 * share
    return SidePoints(
        brow=np.stack([CENTRE[0] + sign * brow_x, np.full(9, CENTRE[1] - 50.0)], axis=1),
        upper_lid=lids[0],
        lower_lid=lids[1],
        medial_canthus=at(35, 0),
        lateral_canthus=at(100, 0),
        iris_centre=at(67, 0) if eye_gap > 6 else None,
        iris_diameter=26.0 if eye_gap > 6 else None,
        ala=at(40, 90),
        commissure=at(60, 150),
        upper_lip_outer=lip(-15 - mouth_gap / 2),
        upper_lip_inner=lip(-mouth_gap / 2),
        lower_lip_inner=lip(mouth_gap / 2),
        lower_lip_outer=lip(18 + mouth_gap / 2),
        nasolabial=np.stack([at(50, 85), at(75, 130)]),
    )


def drawn_points(
    *, eye_gap: float = 20.0, mouth_gap: float = 2.0, left_eye_gap: float | None = None
) -> FacePoints:
    left = _side(1, eye_gap=eye_gap if left_eye_gap is None else left_eye_gap, mouth_gap=mouth_gap)
    return FacePoints(
        left=left,
        right=_side(-1, eye_gap=eye_gap, mouth_gap=mouth_gap),
        nasion=CENTRE + np.array([0.0, -10]),
        nose_tip=CENTRE + np.array([0.0, 75]),
        subnasale=CENTRE + np.array([0.0, 100]),
        philtrum=left.upper_lip_outer[0],
        chin=CENTRE + np.array([0.0, 230]),
    )


def drawn_face(points: FacePoints, *, skin: tuple[int, int, int] = (205, 165, 140)) -> np.ndarray:
    """Skin, brows, eyes and lips in flat colours with sharp edges, over a grey wall."""
    picture = np.full((SIZE, SIZE, 3), 120, np.uint8)
    middle = (int(CENTRE[0]), int(CENTRE[1]) + 60)
    cv2.ellipse(picture, middle, (165, 230), 0, 0, 360, skin, cv2.FILLED, cv2.LINE_AA)
    for side in (points.left, points.right):
        cv2.polylines(picture, [np.int32(side.brow)], False, (60, 40, 30), 9, cv2.LINE_AA)
        eye = np.int32(np.concatenate([side.upper_lid, side.lower_lid[::-1]]))
        cv2.fillPoly(picture, [eye], (240, 240, 240), cv2.LINE_AA)
        if side.iris_centre is not None:
            cv2.circle(picture, tuple(np.int32(side.iris_centre)), 9, (50, 60, 90), cv2.FILLED, cv2.LINE_AA)
        cv2.polylines(picture, [np.int32(side.upper_lid)], False, (40, 20, 20), 3, cv2.LINE_AA)
        lips = np.int32(np.concatenate([side.upper_lip_outer, side.lower_lip_outer[::-1]]))
        cv2.fillPoly(picture, [lips], (180, 90, 90), cv2.LINE_AA)
    return picture


def moved(points: FacePoints, shift: tuple[float, float], factor: float = 1.0) -> FacePoints:
    """The same face elsewhere and in another size."""

    def change(value):
        return None if value is None else (np.asarray(value) * factor + np.array(shift))

    def side(old: SidePoints) -> SidePoints:
        names = [name for name in vars(old) if name not in {"iris_diameter", "methods"}]
        diameter = None if old.iris_diameter is None else old.iris_diameter * factor
        return replace(old, iris_diameter=diameter, **{name: change(getattr(old, name)) for name in names})

    names = [name for name in vars(points) if name not in {"left", "right"}]
    return replace(
        points,
        left=side(points.left),
        right=side(points.right),
        **{name: change(getattr(points, name)) for name in names},
    )
