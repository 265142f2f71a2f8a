"""Nostrils and the shadow at the nasal base."""

import numpy as np

from facialis.anatomy.sides import Side, lateral_sign
from facialis.vision.synthetic.contours import landmarks_of
from facialis.vision.synthetic.natural_asymmetry import natural_shift
from facialis.vision.synthetic.painting import linear, over
from facialis.vision.synthetic.scene import Scene
from facialis.vision.synthetic.shape import shape_face
from facialis.vision.synthetic.skin_motion import displacement_at

WANTED_PX_PER_MM = 7.0
NOSTRIL_CENTRE_MM = np.array([8.6, -45.2, 25.5])
NOSTRIL_HALF_AXES_MM = (4.5, 1.9)
NOSTRIL_TILT_DEG = 14.0
NOSTRIL = (46.0, 20.0, 16.0)
PITCH_GAIN = 0.045
"""Share by which a nostril opens to the camera for each degree of chin-up."""


def paint_nose(scene: Scene) -> None:
    """Paint both nostrils on the picture."""
    turn = np.linspace(0.0, 2.0 * np.pi, 40, endpoint=False)
    tilt = np.deg2rad(NOSTRIL_TILT_DEG)
    opening = np.clip(1.0 + PITCH_GAIN * scene.camera.pitch_deg, 0.35, 1.8)
    a, b = NOSTRIL_HALF_AXES_MM
    ex, ey = a * np.cos(turn), b * opening * np.sin(turn) * (1.0 + 0.25 * np.cos(turn))
    marks = landmarks_of(scene.identity)
    for side in Side:
        sign = lateral_sign(side)
        x = NOSTRIL_CENTRE_MM[0] + ex * np.cos(tilt) + ey * np.sin(tilt)
        y = NOSTRIL_CENTRE_MM[1] - ex * np.sin(tilt) * -0.6 + ey * np.cos(tilt)
        outline = np.stack([sign * x, y, np.full(x.shape, NOSTRIL_CENTRE_MM[2])], axis=1)
        shaped = shape_face(outline, scene.identity)
        placed = shaped + natural_shift(shaped, marks, scene.identity)
        # Each hole moves as a whole: its rim lies behind the skin that the mesh knows.
        placed = placed + displacement_at(outline.mean(axis=0)[None], scene.motion)
        patch = scene.patch(placed, 5.0, WANTED_PX_PER_MM)
        if patch is None:
            continue
        hole = patch.soften(patch.polygon(scene.project(placed)), 0.55)
        shade = patch.soften(patch.polygon(scene.project(placed)), 1.8)
        canvas = patch.cut(scene.image) * (1.0 - 0.3 * shade[..., None])
        light = patch.cut(scene.light)[..., 1:2]
        canvas = over(canvas, (linear(NOSTRIL) * (0.4 + light)).astype(np.float32), 0.88 * hole)
        patch.paste(scene.image, canvas.astype(np.float32), np.ones(patch.size, dtype=np.float32))
