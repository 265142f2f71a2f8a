"""From a photograph to face meshes in its own pixels, the same way for every pair of networks.

1. Detect on a small picture of the whole photograph; when nothing is found, from further away
   (a face that fills the frame) and then in overlapping parts (a face that is far off).
2. Crop the face along its eye line and read the mesh; crop again by what was read, because a mesh
   is steadier when the crop is centred on the face itself than on a detector's coarse box.
3. Average the mesh over slightly different crops and their mirror images: the networks' answers
   wobble with the crop, and lean to one side. Averaging halves the noise of the worker's asymmetries,
   and makes them change sign exactly when the crop is mirrored.
"""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.vision.backends.face_crop import FaceRegion, PhotoPyramid, region_around
from facialis.vision.backends.networks import CropMesh, Detection, FaceNetworks, box_overlap
from facialis.vision.backends.protocol import FaceObservation
from facialis.vision.schemas.mp478_mirror import mirror_order

Floats = NDArray[np.float64]

SMALLEST_PHOTO_PX = 32
"""A shorter side than this leaves no face that could be read."""
SEARCH_SIZE_PX = 256
"""Side of the pictures that are searched for faces; the detectors look at 128 and 192 px."""
SMALLEST_PRESENCE = 0.5
"""Under this the mesh network says that the crop holds no face (the public graphs' limit)."""
SAME_FACE_OVERLAP = 0.3
"""Boxes that share more than this are the same face (the public graphs' limit)."""
MOST_FACES = 4
"""One patient is measured; more faces only have to be noticed."""
DISTANT_VIEW = 1.7
"""Size of the second view over that of the photograph: a face that fills the frame needs a margin."""
PARTS_OF_PHOTO = (0.5, 0.25)
"""Size of the overlapping parts of the last searches, over that of the photograph."""
RIGHT_EYE_OUTER, LEFT_EYE_OUTER = 33, 263
"""Mesh points whose line turns the crop, as in the networks' training."""
MIRROR_ORDER = mirror_order()
UNSTEADY = 0.01
"""Wobble over size: upright frontal faces stay under 0.007, upside-down ones and profiles reach 0.016."""
MOST_RECROPS = 4
SETTLED = 0.03
"""A crop that moved less than this share of its side is centred on the face."""
LOOKS_AROUND = 4
"""Crops on a ring around the first one, each also mirrored; twice as many gain little more."""
LOOK_SHIFT = 0.04
"""Their shift, in sides of the crop; with their change of scale and turn, larger ones flatten expressions."""
LOOK_SCALE = 0.05
LOOK_TURN_RAD = 0.05


def observe_faces(networks: FaceNetworks, image_rgb: NDArray[np.uint8]) -> list[FaceObservation]:
    """Find and read every face of a photograph, the largest first.

    Parameters
    ----------
    networks : FaceNetworks
        The detector and the mesh network.
    image_rgb : (height, width, 3) uint8
        The photograph.

    Returns
    -------
    list of FaceObservation
        Points in the photograph's pixels; empty when there is no face. ``extras["spread_px"]``
        (478,) is how far each point wandered between the crops. [px]
    """
    if min(image_rgb.shape[:2]) < SMALLEST_PHOTO_PX:
        return []
    photo = PhotoPyramid(image_rgb)
    for views in _searches(image_rgb.shape[1], image_rgb.shape[0]):
        regions = _regions(networks, photo, views)
        faces = [face for region in regions if (face := _read_upright(networks, photo, region)) is not None]
        if faces:
            return _different(faces)[:MOST_FACES]
    return []


def _searches(width_px: int, height_px: int) -> Iterator[list[FaceRegion]]:
    """The views to search, one list after the other until a face is found."""
    middle = np.array([(width_px - 1) / 2, (height_px - 1) / 2])
    longest = float(max(width_px, height_px))
    yield [FaceRegion(middle, longest, 0.0)]
    yield [FaceRegion(middle, longest * DISTANT_VIEW, 0.0)]
    for part in PARTS_OF_PHOTO:
        side = longest * part
        yield [
            FaceRegion(np.array([x, y]), side, 0.0)
            for y in _part_centres(height_px, side)
            for x in _part_centres(width_px, side)
        ]


def _part_centres(length_px: int, side_px: float) -> Floats:
    """Centres of squares that overlap by half along one edge of the photograph. [px]"""
    if length_px <= side_px:
        return np.array([(length_px - 1) / 2])
    count = int(np.ceil((length_px - side_px) / (side_px / 2))) + 1
    return np.linspace(side_px / 2, length_px - side_px / 2, count) - 0.5


def _regions(networks: FaceNetworks, photo: PhotoPyramid, views: list[FaceRegion]) -> list[FaceRegion]:
    """Search the views; return one square per face, the most trusted faces first."""
    found: list[Detection] = []
    for view in views:
        picture = photo.crop(view, SEARCH_SIZE_PX, border=cv2.BORDER_CONSTANT)
        corner = view.centre_px - view.side_px / 2
        for face in networks.find(picture):
            box = np.concatenate([face.box[:2] * view.side_px + corner, face.box[2:] * view.side_px])
            in_photo = Detection(face.score, box, face.keypoints * view.side_px + corner)
            if all(in_photo.overlap(other) < SAME_FACE_OVERLAP for other in found):
                found.append(in_photo)
    found.sort(key=lambda face: -face.score)
    return [_detected_region(face) for face in found[:MOST_FACES]]


def _detected_region(face: Detection) -> FaceRegion:
    """The crop for the first reading: the detector's box (a square), turned about its centre."""
    x, y, width, height = face.box
    half = max(width, height) / 2
    centre = np.array([x + width / 2, y + height / 2])
    upright = region_around(np.array([centre - half, centre + half]), np.zeros(2), np.array([1.0, 0.0]))
    across, down = face.keypoints[1] - face.keypoints[0]
    return upright.moved(shift=(0.0, 0.0), scale=1.0, turn_rad=float(np.arctan2(down, across)))


def _read_upright(networks: FaceNetworks, photo: PhotoPyramid, region: FaceRegion) -> FaceObservation | None:
    """Read the mesh; when it is unsteady, also upside down, and keep that reading if it is steady.

    The detectors take an upside-down face for an upright one, and so does the mesh network, with full
    presence: only the wobble between the crops gives it away.
    """
    face = _read(networks, photo, region)
    if face is None or _unsteadiness(face) < UNSTEADY:
        return face
    turned = _read(networks, photo, region.moved(shift=(0.0, 0.0), scale=1.0, turn_rad=np.pi))
    return face if turned is None or _unsteadiness(turned) >= UNSTEADY else turned


def _unsteadiness(face: FaceObservation) -> float:
    """Wobble of the mesh between the crops, over its size."""
    size_px = float(np.ptp(face.points_px[:, :2], axis=0).max())
    return float(np.mean(np.asarray(face.extras["spread_px"]))) / size_px


def _read(networks: FaceNetworks, photo: PhotoPyramid, region: FaceRegion) -> FaceObservation | None:
    """Crop by what was read until the crop settles, then read the mesh from every look."""
    size = networks.crop_size_px
    for _ in range(MOST_RECROPS):
        mesh = networks.read(photo.crop(region, size)[None])[0]
        if mesh.presence < SMALLEST_PRESENCE:
            return None
        before, region = region, _mesh_region(region.to_image(mesh.points, size))
        if region.distance_from(before) < SETTLED:
            break
    looks = _looks(region)
    crops = np.stack([photo.crop(look, size) for look in looks])
    straight = networks.read(crops)
    mirrored = [_unmirrored(mesh, size) for mesh in networks.read(np.ascontiguousarray(crops[:, :, ::-1]))]
    presence = float(np.mean([mesh.presence for mesh in straight + mirrored]))
    if presence < SMALLEST_PRESENCE:
        return None
    points = np.array(
        [look.to_image(mesh.points, size) for look, mesh in zip(looks * 2, straight + mirrored, strict=True)]
    )
    spread_px = np.sqrt(points[:, :, :2].var(axis=0, ddof=1).mean(axis=1))
    return FaceObservation(points.mean(axis=0), presence, {"spread_px": spread_px})


def _looks(region: FaceRegion) -> list[FaceRegion]:
    """The region, and a ring of slightly moved, scaled and turned ones."""
    angles = 2 * np.pi * np.arange(LOOKS_AROUND) / LOOKS_AROUND
    around = [
        region.moved(
            shift=(LOOK_SHIFT * float(np.cos(angle)), LOOK_SHIFT * float(np.sin(angle))),
            scale=1.0 + (LOOK_SCALE if number % 2 else -LOOK_SCALE),
            # Odd about the vertical axis: with each look, its mirror image is in the ring too.
            turn_rad=LOOK_TURN_RAD * float(np.cos(3 * angle)),
        )
        for number, angle in enumerate(angles)
    ]
    return [region, *around]


def _unmirrored(mesh: CropMesh, size_px: int) -> CropMesh:
    """The mesh of a mirrored crop, carried back to the crop as it was."""
    points = mesh.points[MIRROR_ORDER]
    points[:, 0] = size_px - points[:, 0]
    return CropMesh(points, mesh.presence)


def _mesh_region(points_px: Floats) -> FaceRegion:
    """The crop for the second reading: around the mesh, along the line of its eyes."""
    plane = points_px[:, :2]
    return region_around(plane, plane[RIGHT_EYE_OUTER], plane[LEFT_EYE_OUTER])


def _different(faces: list[FaceObservation]) -> list[FaceObservation]:
    """Sort by size, and drop meshes that settled on a face that is already there."""

    def box(face: FaceObservation) -> Floats:
        low, high = face.points_px[:, :2].min(axis=0), face.points_px[:, :2].max(axis=0)
        return np.concatenate([low, high - low])

    kept: list[FaceObservation] = []
    for face in sorted(faces, key=lambda face: -float(np.prod(box(face)[2:]))):
        if all(box_overlap(box(face), box(other)) < SAME_FACE_OVERLAP for other in kept):
            kept.append(face)
    return kept
