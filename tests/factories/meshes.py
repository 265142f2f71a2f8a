"""Meshes of faces whose points are known, and a backend that answers with them."""

from collections.abc import Mapping, Sequence

import numpy as np

from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.sides import Side
from facialis.measurement.points import Array, FacePoints, HeadPose, SidePoints
from facialis.vision.backends.image_digest import image_digest
from facialis.vision.backends.protocol import BackendError, BackendInfo, FaceObservation, Schema
from facialis.vision.schemas.mp478 import CHIN, INDICES, NASION, NOSE_TIP, SUBNASALE, SideIndices
from facialis.vision.schemas.mp478_mirror import mirror_order
from facialis.vision.synthetic.camera import rotation_of

HALF_BROW = 0.03
"""Upper and lower edge of the brow lie this share of the outer intercanthal distance off its centre."""
IRIS = 0.13
"""Diameter of an iris, as a share of the same."""
FRONTAL = HeadPose(0.0, 0.0, 0.0)


def neutral_mesh_px(pose: HeadPose = FRONTAL, px_per_mm: float = 2.0, centre_px: float = 320.0) -> Array:
    """(478, 3) the neutral face, turned about its middle, seen from far away."""
    neutral = neutral_points_mm()
    turned = (neutral - neutral.mean(axis=0)) @ rotation_of(pose).T
    return turned * px_per_mm * [1.0, -1.0, -1.0] + [centre_px, centre_px, 0.0]


def mesh_of(points: FacePoints, pose: HeadPose = FRONTAL) -> Array:
    """(478, 3) a mesh that runs through named points; the rest of it is the neutral face, turned."""
    mesh = neutral_mesh_px(pose)
    right, left = INDICES[Side.RIGHT].upper_lid[-1], INDICES[Side.LEFT].upper_lid[-1]
    drawn, known = mesh[left] - mesh[right], points.left.lateral_canthus - points.right.lateral_canthus
    factor = float(np.hypot(*known) / np.hypot(*drawn[:2]))
    mesh = (mesh - (mesh[left] + mesh[right]) / 2) * factor
    mesh[:, :2] += (points.left.lateral_canthus + points.right.lateral_canthus) / 2
    for side in Side:
        _draw_side(mesh, points.side(side), INDICES[side], float(np.hypot(*known)))
    midline = {
        NASION: points.nasion,
        NOSE_TIP: points.nose_tip,
        SUBNASALE: points.subnasale,
        CHIN: points.chin,
    }
    for index, point in midline.items():
        mesh[index, :2] = point
    return mesh


def _draw_side(mesh: Array, side: SidePoints, index: SideIndices, canthal_px: float) -> None:
    half_brow = np.array([0.0, HALF_BROW * canthal_px])
    contours = {
        index.brow_upper: side.brow - half_brow,
        index.brow_lower: side.brow + half_brow,
        index.upper_lid: side.upper_lid,
        index.lower_lid: side.lower_lid,
        index.upper_lip_outer: side.upper_lip_outer,
        index.upper_lip_inner: side.upper_lip_inner,
        index.lower_lip_inner: side.lower_lip_inner,
        index.lower_lip_outer: side.lower_lip_outer,
        index.nasolabial: side.nasolabial,
    }
    for indices, contour in contours.items():
        mesh[list(indices), :2] = evenly(contour, len(indices))
    mesh[index.ala, :2] = side.ala
    # A network draws an iris behind a closed lid, too.
    centre = (
        (side.medial_canthus + side.lateral_canthus) / 2 if side.iris_centre is None else side.iris_centre
    )
    diameter = side.iris_diameter or IRIS * canthal_px
    half_iris = np.array([diameter / 2, 0.0])
    mesh[list(index.iris), :2] = [centre, centre - half_iris, centre + half_iris]


def evenly(contour: Array, count: int) -> Array:
    """(count, 2) points at equal distances along a contour, its ends included."""
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(contour, axis=0), axis=1))])
    at = np.linspace(0.0, length[-1], count)
    return np.stack([np.interp(at, length, contour[:, axis]) for axis in range(2)], axis=-1)


def mirrored_mesh(mesh: Array, width_px: int) -> Array:
    """The mesh of the mirrored picture."""
    turned = mesh[mirror_order()].copy()
    turned[:, 0] = width_px - 1 - turned[:, 0]
    return turned


def pulled_to_symmetry(mesh: Array, share: float) -> Array:
    """What a network that believes in symmetry makes of a face that stands level in its picture."""
    right, left = (mesh[INDICES[side].upper_lid[-1], 0] for side in (Side.RIGHT, Side.LEFT))
    return (1 - share / 2) * mesh + share / 2 * mirrored_mesh(mesh, right + left + 1)


class KnownFacesBackend:
    """Knows the meshes of certain pictures, sees no face in any other, and fails where it is told to."""

    def __init__(self, known: Mapping[str, Array | BackendError]) -> None:
        self._known = known
        self.info = BackendInfo("known_faces", "1", Schema.MP478, "0" * 64)

    @classmethod
    def of(cls, pictures: Sequence[tuple[np.ndarray, Array | BackendError]]) -> "KnownFacesBackend":
        """With the mesh of each picture, and of its mirror image."""
        known: dict[str, Array | BackendError] = {}
        for picture, answer in pictures:
            flipped = np.ascontiguousarray(picture[:, ::-1])
            known[image_digest(flipped)] = (
                answer if isinstance(answer, BackendError) else mirrored_mesh(answer, picture.shape[1])
            )
            known[image_digest(picture)] = answer
        return cls(known)

    def detect(self, image_rgb: np.ndarray, timestamp: float | None = None) -> list[FaceObservation]:
        """The face of a known picture."""
        answer = self._known.get(image_digest(image_rgb))
        if isinstance(answer, BackendError):
            raise answer
        return [] if answer is None else [FaceObservation(answer.copy(), 1.0)]

    def detect_many(self, images_rgb: Sequence[np.ndarray]) -> list[list[FaceObservation]]:
        """`detect` for several pictures."""
        return [self.detect(image) for image in images_rgb]

    def close(self) -> None:
        """Nothing to release."""
