"""The lines that are drawn AND given as truth: lids, brows, lips, folds, in head mm."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.mesh import contour_indices, midline_indices, neutral_points_mm
from facialis.anatomy.sides import Side, lateral_sign
from facialis.vision.synthetic.contour_motion import (
    LidWay,
    along,
    brow_motion,
    contour_motion,
    lid_way,
    lip_motion,
    point_motion,
)
from facialis.vision.synthetic.identity import FaceIdentity, SideTraits
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.natural_asymmetry import Landmarks, natural_shift
from facialis.vision.synthetic.shape import EYE_X_MM, shape_face

Array = NDArray[np.float64]

LID_SAMPLES, BROW_SAMPLES, LIP_SAMPLES, FOLD_SAMPLES = 33, 25, 33, 15
IRIS_DIAMETER_MM = 11.7
IRIS_DEPTH_MM = 1.2
"""The iris lies this far behind the lid margins' plane."""
CLOSED_FISSURE_MM = 0.5
"""With less than this between the lids the iris cannot be seen: the eye counts as closed."""
EYE_SCALE_Y = 1.06
"""Vertical stretch of the neutral lids: the renders behind the mesh have a narrow fissure."""
NASION_MM = np.array([0.0, 4.2, 16.0])
NOSE_TIP_MM = np.array([0.0, -41.3, 37.6])
SUBNASALE_MM = np.array([0.0, -48.2, 23.0])
MENTON_MM = np.array([0.0, -117.9, 6.2])
ALA_MM = np.array([19.6, -42.6, 12.0])


@dataclass(frozen=True)
class SideContours:
    """Drawn lines of one side in head coordinates, medial to lateral. [mm]"""

    brow_upper: Array
    brow_lower: Array
    upper_lid: Array
    lower_lid: Array
    lid_crease: Array
    iris_centre: Array
    open_mm: float
    """Height of the fissure at the pupil."""
    ala: Array
    upper_lip_outer: Array
    upper_lip_inner: Array
    lower_lip_inner: Array
    lower_lip_outer: Array
    nasolabial: Array


@dataclass(frozen=True)
class FaceContours:
    """Drawn lines of a face. [mm]"""

    left: SideContours
    right: SideContours
    nasion: Array
    nose_tip: Array
    subnasale: Array
    chin: Array

    def side(self, side: Side) -> SideContours:
        """The lines of the patient's ``side``."""
        return self.left if side is Side.LEFT else self.right


@cache
def neutral_contour(name: str, count: int) -> Array:
    """A named contour of the mesh in lateral coordinates (lateral positive), resampled. (count, 3)"""
    points = neutral_points_mm()[list(contour_indices()[name])] * [-1.0, 1.0, 1.0]
    curve = along(points, points, count)
    curve.setflags(write=False)
    return curve


def _neutral_lids(identity: FaceIdentity) -> tuple[Array, Array]:
    """Lid margins of the identity at rest, lateral coordinates. (n, 3) each"""
    upper, lower = (neutral_contour(n, LID_SAMPLES).copy() for n in ("upper_lid", "lower_lid"))
    share = (upper[:, 0] - upper[0, 0]) / (upper[-1, 0] - upper[0, 0])
    lower[:, 0] = upper[:, 0]
    lower_shape = neutral_contour("lower_lid", LID_SAMPLES)
    lower[:, 1] = np.interp(upper[:, 0], lower_shape[:, 0], lower_shape[:, 1])
    base = upper[0, 1] + share * (upper[-1, 1] - upper[0, 1])
    for lid in (upper, lower):
        opening = identity.eye_opening * EYE_SCALE_Y
        lid[:, 1] = base + (lid[:, 1] - base) * opening + identity.canthal_tilt_mm * (share - 0.4)
        lid[:, 0] = EYE_X_MM + (lid[:, 0] - EYE_X_MM) * identity.eye_width
        lid[:, 2] = upper[:, 2]
    return upper, lower


def _moved_lids(upper: Array, lower: Array, way: LidWay, traits: SideTraits) -> tuple[Array, Array]:
    """Lid margins that have gone the same share of their way as the twin's."""
    belly = np.sin(np.pi * np.linspace(0.0, 1.0, len(upper))) ** 0.8
    raised, dropped = upper.copy(), lower.copy()
    fissure = np.maximum(upper[:, 1] + traits.upper_lid_up_mm * belly - lower[:, 1], 0.0)
    dropped[:, 1] += way.lower_rise * np.maximum(upper[:, 1] - lower[:, 1], 0.0)
    raised[:, 1] = dropped[:, 1] + way.opening * fissure
    raised[:, 2] += way.forward_mm
    return raised, dropped


def _neutral_brow(identity: FaceIdentity) -> tuple[Array, Array]:
    """Upper and lower edge of the brow hair at rest, lateral coordinates. (n, 3) each"""
    centre = (neutral_contour("brow_upper", BROW_SAMPLES) + neutral_contour("brow_lower", BROW_SAMPLES)) / 2
    t = np.linspace(0.0, 1.0, BROW_SAMPLES)
    centre[:, 1] += identity.brow_up_mm + identity.brow_arch_mm * np.sin(np.pi * t**1.3)
    profile = np.interp(t, [0.0, 0.08, 0.3, 0.6, 0.85, 1.0], [0.72, 0.95, 1.0, 0.85, 0.52, 0.2])
    direction = np.gradient(centre[:, :2], axis=0)
    normal = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    half = np.zeros_like(centre)
    half[:, :2] = normal * (identity.brow_thickness_mm / 2 * profile)[:, None]
    return centre + half, centre - half


def _neutral_lips(identity: FaceIdentity) -> tuple[Array, Array, Array]:
    """Upper vermilion border, seam and lower vermilion border at rest. (n, 3) each"""
    seam = neutral_contour("lip_seam", LIP_SAMPLES).copy()
    upper, lower = (neutral_contour(n, LIP_SAMPLES).copy() for n in ("upper_lip_outer", "lower_lip_outer"))
    corner = neutral_contour("upper_lip_outer", LIP_SAMPLES)[-1]
    seam += np.linspace(0.0, 1.0, LIP_SAMPLES)[:, None] ** 4 * (corner - seam[-1])
    for border in (upper, lower):
        seam_y = np.interp(border[:, 0], seam[:, 0], seam[:, 1])
        border[:, 1] = seam_y + (border[:, 1] - seam_y) * identity.lip_fullness
    return upper, seam, lower


def landmarks_of(identity: FaceIdentity) -> Landmarks:
    """Places of the identity's neutral face that its natural asymmetry is hung on."""
    brow_upper, brow_lower = _neutral_brow(identity)
    _, seam, _ = _neutral_lips(identity)
    brow = shape_face((brow_upper + brow_lower) / 2, identity)
    lips = shape_face(seam, identity)
    return Landmarks(
        commissure=lips[-1, :2], brow_lateral=brow[:, 0], brow_y=brow[:, 1], seam_y=float(lips[-1, 1])
    )


def _side_contours(side: Side, identity: FaceIdentity, motion: FaceMotion, marks: Landmarks) -> SideContours:
    sign = np.array([lateral_sign(side), 1.0, 1.0])

    def place(points: Array, moved: Array | float = 0.0) -> Array:
        shaped = shape_face(points * sign, identity)
        return np.asarray(shaped + natural_shift(shaped, marks, identity) + moved)

    brow_upper, brow_lower = _neutral_brow(identity)
    brow_moved = brow_motion(motion, side, BROW_SAMPLES)
    rest_upper, rest_lower = _neutral_lids(identity)
    way = lid_way(motion, side, LID_SAMPLES)
    upper_lid, lower_lid = _moved_lids(rest_upper, rest_lower, way, identity.side(side))
    upper_lip, seam, lower_lip = _neutral_lips(identity)
    lips = lip_motion(motion, side, LIP_SAMPLES)

    pupil = np.array([[EYE_X_MM, 0.4, float(rest_upper[:, 2].max()) - IRIS_DEPTH_MM]])
    lids = place(upper_lid), place(lower_lid)
    iris = place(pupil)[0]
    order = np.argsort(lids[0][:, 0])
    open_mm = float(
        np.interp(iris[0], lids[0][order, 0], lids[0][order, 1])
        - np.interp(iris[0], lids[1][order, 0], lids[1][order, 1])
    )
    upper_edge = place(seam, lips.upper_inner)
    lower_edge = _below(place(seam, lips.lower_inner), upper_edge)
    upper_border, lower_border = place(upper_lip, lips.upper_outer), place(lower_lip, lips.lower_outer)
    upper_border[-1] = lower_border[-1] = upper_edge[-1]
    ala = contour_indices()["ala"][0]
    fold = neutral_contour("nasolabial", FOLD_SAMPLES)
    return SideContours(
        brow_upper=place(brow_upper, brow_moved),
        brow_lower=place(brow_lower, brow_moved),
        upper_lid=lids[0],
        lower_lid=lids[1],
        lid_crease=place(_crease(identity, rest_upper, rest_lower, way)),
        iris_centre=iris,
        open_mm=open_mm,
        ala=place(ALA_MM[None], point_motion(motion, side, ala))[0],
        upper_lip_outer=upper_border,
        upper_lip_inner=upper_edge,
        lower_lip_inner=lower_edge,
        lower_lip_outer=lower_border,
        nasolabial=place(fold, contour_motion(motion, side, "nasolabial", FOLD_SAMPLES)),
    )


def _crease(identity: FaceIdentity, upper: Array, lower: Array, way: LidWay) -> Array:
    """The fold above the upper lid: it unfolds as the lid comes down, and deepens as it is drawn up."""
    crease = upper.copy()
    t = np.linspace(0.0, 1.0, LID_SAMPLES)
    gap = (4.4 - 2.6 * identity.lid_heaviness) * np.sin(np.pi * np.clip(t * 0.9 + 0.07, 0, 1)) ** 0.7 + 0.3
    fissure = upper[:, 1] - lower[:, 1]
    crease[:, 1] += gap
    crease[:, 1] += np.where(way.upper_rise > 0.0, 0.8, 0.25) * way.upper_rise * fissure
    crease[:, 0] += np.linspace(-0.3, 1.5, LID_SAMPLES)
    return crease


def _below(lower: Array, upper: Array) -> Array:
    """Lips cannot cross: the lower one's edge stays at or under the upper one's; both end together."""
    kept = lower.copy()
    kept[:, 1] = np.minimum(lower[:, 1], upper[:, 1])
    kept[-1] = upper[-1]
    return kept


def face_contours(identity: FaceIdentity, motion: FaceMotion) -> FaceContours:
    """All drawn lines of an invented patient who moves. Head coordinates. [mm]"""
    marks = landmarks_of(identity)
    shaped = shape_face(np.stack([NASION_MM, NOSE_TIP_MM, SUBNASALE_MM, MENTON_MM]), identity)
    indices = [midline_indices()[name] for name in ("nasion", "nose_tip", "subnasale", "chin")]
    moved = shaped + natural_shift(shaped, marks, identity) + motion.displacement_mm[indices]
    return FaceContours(
        left=_side_contours(Side.LEFT, identity, motion, marks),
        right=_side_contours(Side.RIGHT, identity, motion, marks),
        nasion=moved[0],
        nose_tip=moved[1],
        subnasale=moved[2],
        chin=moved[3],
    )
