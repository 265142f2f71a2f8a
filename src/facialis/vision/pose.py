"""How the head is turned, from the depth that the mesh carries."""

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.mesh import neutral_points_mm
from facialis.measurement.points import Array, HeadPose
from facialis.vision.schemas.mp478 import MESH_POINTS

RIGID_BAND_MM = (-25.0, 45.0)
"""Heights (relative to the eyes) of the mesh points that hardly move with expression or palsy..."""
RIGID_HALF_WIDTH_MM = 62.0
LIDS_AND_BROWS_EXCLUDED_MM = (8.0, 12.0, 30.0)
"""...leaving out lids and brows: points nearer than 12 mm in height to the eye line, or within the brow
band 12-30 mm above, and farther than 8 mm from the midline."""


def estimate_pose(mesh: Array) -> tuple[HeadPose, Array]:
    """Turn of the head against the neutral mesh.

    Parameters
    ----------
    mesh : (478, 3)
        x, y in pixels of an unmirrored picture, depth z in pixels (smaller is nearer).

    Returns
    -------
    pose : HeadPose
    rotation : (3, 3)
        Turns head coordinates (x toward the patient's LEFT, y up, z toward the viewer) into the
        camera's; its transpose takes the turn out again.
    """
    rigid = _rigid_points()
    neutral = neutral_points_mm()[rigid]
    seen = camera_axes(mesh)[rigid]
    rotation = _best_rotation(neutral - neutral.mean(axis=0), seen - seen.mean(axis=0))
    return pose_of(rotation), rotation


def pose_of(rotation: Array) -> HeadPose:
    """Angles of a (3, 3) rotation that pitches the head first, then yaws, then rolls it."""
    level, nodded = rotation[:, 0], rotation[2]
    return HeadPose(
        yaw_deg=float(np.degrees(np.arcsin(np.clip(-level[2], -1, 1)))),
        pitch_deg=float(np.degrees(np.arctan2(-nodded[1], nodded[2]))),
        roll_deg=float(np.degrees(np.arctan2(-level[1], level[0]))),
    )


def camera_axes(mesh: Array) -> Array:
    """Mesh (image x right, y down, z away) as x toward the patient's LEFT, y up, z toward the viewer."""
    turned: Array = mesh * np.array([1.0, -1.0, -1.0])
    return turned


def _rigid_points() -> NDArray[np.intp]:
    """Indices of the forehead, temples, nose bridge and cheek bones."""
    x, y, _ = neutral_points_mm().T
    side, low, high = LIDS_AND_BROWS_EXCLUDED_MM
    mobile = (np.abs(x) > side) & (np.abs(y) < low) | (np.abs(x) > side) & (y >= low) & (y < high)
    chosen = (y > RIGID_BAND_MM[0]) & (y < RIGID_BAND_MM[1]) & (np.abs(x) < RIGID_HALF_WIDTH_MM) & ~mobile
    return np.flatnonzero(chosen[:MESH_POINTS])


def _best_rotation(source: Array, target: Array) -> Array:
    """Kabsch: the proper rotation that turns ``source`` nearest to ``target``, both centred."""
    left, _, right = np.linalg.svd(target.T @ source)
    reflection = np.diag([1.0, 1.0, np.sign(np.linalg.det(left @ right))])
    rotation: Array = left @ reflection @ right
    return rotation
