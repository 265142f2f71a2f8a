"""Render an invented patient: the picture and the exact place of every point."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.measurement.points import FacePoints, HeadPose
from facialis.vision.synthetic.brows import paint_brow
from facialis.vision.synthetic.camera import CameraSetting, projection_of
from facialis.vision.synthetic.contours import face_contours
from facialis.vision.synthetic.eyes import paint_eye
from facialis.vision.synthetic.hair import paint_ears, paint_hair_before, paint_hair_behind, paint_scalp_hair
from facialis.vision.synthetic.identity import FaceIdentity
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.mouth import paint_mouth
from facialis.vision.synthetic.nose import paint_nose
from facialis.vision.synthetic.painting import DISPLAY_GAMMA, Image, lay
from facialis.vision.synthetic.scene import Scene
from facialis.vision.synthetic.skin import render_head, render_neck
from facialis.vision.synthetic.surroundings import paint_backdrop, paint_clothing, paint_glasses
from facialis.vision.synthetic.truth import exact_points

GAMMA_STEPS = 4096
NOISE_BY_CHANNEL = np.array([1.0, 0.85, 1.1], dtype=np.float32)
"""Cameras smooth colour noise away; what is left is mostly brightness noise."""


@dataclass(frozen=True)
class SyntheticPhoto:
    """A rendered photograph with its truth. The image is unmirrored."""

    image_rgb: NDArray[np.uint8]
    """(h, w, 3)"""
    points: FacePoints
    """Exact points. [px]"""
    frontal_points: FacePoints
    """The same points of the head before the same camera, unturned: truth for lateral measures. [px]"""
    mm_per_px: float
    """In the plane of the irises of the head as it is turned."""
    pose: HeadPose


def render_face(
    identity: FaceIdentity, motion: FaceMotion, camera: CameraSetting, rng: np.random.Generator
) -> SyntheticPhoto:
    """Photograph an invented patient.

    Parameters
    ----------
    identity, motion, camera    Who, doing what, seen how.
    rng                              For the sensor's noise; hairs and pores are the identity's.

    Returns
    -------
    SyntheticPhoto    The picture, its exact points, scale and pose.
    """
    projection = projection_of(camera)
    contours = face_contours(identity, motion)
    image = paint_backdrop(camera)
    head = render_head(identity, motion, camera, projection)
    scene = Scene(image, head.light, identity, motion, camera, projection, contours)
    paint_hair_behind(scene)
    neck = render_neck(identity, motion, camera, projection)
    lay(image, neck.colour, neck.coverage)
    paint_clothing(image, camera, projection, mirrored=identity.texture_mirrored)
    paint_ears(scene)
    lay(image, head.colour, head.coverage)
    paint_nose(scene)
    paint_mouth(scene)
    for side in Side:
        paint_eye(scene, side)
        paint_brow(scene, side)
    paint_scalp_hair(image, identity, camera, projection)
    paint_hair_before(scene)
    paint_glasses(scene)
    irises = (contours.left.iris_centre + contours.right.iris_centre) / 2
    return SyntheticPhoto(
        image_rgb=_expose(image, camera, rng),
        points=exact_points(contours, projection),
        frontal_points=exact_points(contours, projection_of(camera.frontal())),
        mm_per_px=projection.mm_per_px_at(irises),
        pose=camera.pose,
    )


def _expose(image: Image, camera: CameraSetting, rng: np.random.Generator) -> NDArray[np.uint8]:
    """What the camera makes of the light: blur, tone curve, noise, JPEG."""
    if camera.blur_px > 0.2:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), camera.blur_px), dtype=np.float32)
    steps = np.linspace(0.0, 1.5, GAMMA_STEPS)
    shoulder = np.where(steps < 0.7, steps, 0.7 + 0.3 * np.tanh((steps - 0.7) / 0.45))
    curve = (255.0 * shoulder ** (1.0 / DISPLAY_GAMMA)).astype(np.float32)
    index = np.clip(image * ((GAMMA_STEPS - 1) / 1.5), 0, GAMMA_STEPS - 1).astype(np.int32)
    shown = curve.take(index)
    if camera.noise_sd > 0.0:
        grain = rng.standard_normal((*shown.shape[:2], 1), dtype=np.float32)
        shown += np.float32(camera.noise_sd) * grain * NOISE_BY_CHANNEL
    picture = np.clip(shown + 0.5, 0, 255).astype(np.uint8)
    if camera.jpeg_quality is None:
        return np.asarray(picture, dtype=np.uint8)
    _, coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, camera.jpeg_quality])
    return np.array(cv2.imdecode(coded, cv2.IMREAD_COLOR), dtype=np.uint8)[..., ::-1].copy()
