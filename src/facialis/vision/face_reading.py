"""Everything that is read off one face before anything is measured."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.measurement.points import Array, FacePoints, HeadPose
from facialis.vision.backends.protocol import FaceObservation, LandmarkBackend
from facialis.vision.frontal import frontal_points
from facialis.vision.landmarks import FaceMesh, read_meshes
from facialis.vision.moved_points import move_points
from facialis.vision.pose import estimate_pose
from facialis.vision.refine import apply_evidence, gather_evidence
from facialis.vision.schemas.mp478 import face_points, face_width, hide_closed_irises

MAX_HEMIFACE_YAW_DEG = 5.0
"""A turned head has no mirror axis in the picture: beyond this the composites are no faces."""


@dataclass(frozen=True)
class FaceReading:
    """One face in the pixels of the picture that was read."""

    network: FacePoints
    """What the network drew."""
    points: FacePoints
    """After contour refinement and hemiface reading."""
    pose: HeadPose
    face_width_px: float
    """In space, whatever the turn of the head."""
    mesh: FaceMesh
    rotation: Array
    """(3, 3) turn of the head in the crop."""

    @property
    def frontal(self) -> FacePoints:
        """`points` with the turn of the head taken out."""
        return self.unturn(self.points)

    @property
    def network_frontal(self) -> FacePoints:
        """`network` with the turn of the head taken out."""
        return self.unturn(self.network)

    def unturn(self, points: FacePoints) -> FacePoints:
        """Points of this face, in the same pixels, as a camera straight in front would see them."""
        crop = self.mesh.crop
        in_crop = move_points(points, crop.from_source, 1 / crop.source_px_per_crop_px)
        straight = frontal_points(in_crop, self.mesh.direct, self.rotation)
        return move_points(straight, crop.to_source, crop.source_px_per_crop_px)


def read_faces(
    backend: LandmarkBackend, faces: Sequence[tuple[NDArray[np.uint8], FaceObservation]]
) -> list[FaceReading]:
    """Read each picture's face.

    Parameters
    ----------
    backend : LandmarkBackend
        With schema mp478.
    faces : sequence of (image_rgb, observation)
        Unmirrored pictures, each with the face first found in it.
    """
    return [read_face(mesh) for mesh in read_meshes(backend, faces)]


def read_face(mesh: FaceMesh) -> FaceReading:
    """Refine one face and take the turn of its head out."""
    crop = mesh.crop
    network = face_points(mesh.direct, keep_hidden_irises=True)
    # The pose against the picture's axes, not the crop's: the crop has been levelled.
    pose, _ = estimate_pose(crop.to_source(mesh.direct))
    _, rotation = estimate_pose(mesh.direct)
    trusted = abs(pose.yaw_deg) <= MAX_HEMIFACE_YAW_DEG
    hemiface = face_points(mesh.hemiface, keep_hidden_irises=True) if trusted else None
    refined = apply_evidence(network, hemiface, gather_evidence(crop.image_rgb, network))
    points, network = hide_closed_irises(refined), hide_closed_irises(network)

    def in_source(named: FacePoints) -> FacePoints:
        return move_points(named, crop.to_source, crop.source_px_per_crop_px)

    return FaceReading(
        network=in_source(network),
        points=in_source(points),
        pose=pose,
        face_width_px=face_width(mesh.direct) * crop.source_px_per_crop_px,
        mesh=mesh,
        rotation=rotation,
    )
