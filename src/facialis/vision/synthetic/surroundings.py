"""Backdrop, clothing, glasses: what is neither skin nor hair."""

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side, lateral_sign
from facialis.vision.synthetic.camera import CameraSetting, Projection
from facialis.vision.synthetic.painting import Image, linear, over, patch_over
from facialis.vision.synthetic.scene import Scene

Array = NDArray[np.float64]

SHOULDER_MM = np.array(
    [
        [0, -182, -25],
        [18, -181, -26],
        [36, -176, -30],
        [50, -168, -40],
        [60, -160, -52],
        [66, -156, -60],
        [74, -156, -64],
        [90, -162, -68],
        [120, -172, -72],
        [150, -183, -78],
        [175, -201, -82],
        [192, -229, -85],
        [205, -389, -85],
    ],
    dtype=np.float64,
)
"""Outline of one shoulder with its neckline, lateral coordinates."""
FRAME_CENTRE_MM = np.array([31.0, -3.0, 12.0])
FRAME_HALF_MM = (25.5, 18.5)


def paint_backdrop(camera: CameraSetting) -> Image:
    """An even wall, a little brighter in the middle. (h, w, 3)"""
    x = np.linspace(-1.0, 1.0, camera.width_px, dtype=np.float32)[None, :]
    y = np.linspace(-1.0, 1.0, camera.height_px, dtype=np.float32)[:, None]
    glow = np.float32(1.04) - np.float32(0.12) * (x**2 + (y + np.float32(0.2)) ** 2)
    return linear(camera.background) * glow[..., None]


def paint_clothing(
    image: Image, camera: CameraSetting, projection: Projection, *, mirrored: bool = False
) -> None:
    """Paint a plain garment over the shoulders, with mirrored folds if so; changes ``image``."""
    outline = np.concatenate([SHOULDER_MM, SHOULDER_MM[::-1] * [-1.0, 1.0, 1.0]])
    points = projection.project(outline)
    patch = patch_over(points, 4.0, camera.mm_per_px, image.shape[:2], 3.0)
    if patch is None:
        return
    cover = patch.soften(patch.polygon(points), 0.35)
    neckline = patch.soften(patch.stroke(np.concatenate([points[:6][::-1], points[-6:][::-1]]), 3.0), 0.6)
    rows = np.linspace(1.08, 0.78, patch.size[0], dtype=np.float32)[:, None]
    drape = np.random.default_rng(7).standard_normal((6, 9)).astype(np.float32)
    if mirrored:
        drape = drape[:, ::-1]
    folds = cv2.resize(np.ascontiguousarray(drape), patch.size[::-1], interpolation=cv2.INTER_CUBIC)
    light = 0.45 + 0.4 * camera.light_intensity
    shade = light * rows * (1.0 + 0.05 * folds) * (1.0 - 0.3 * neckline)
    canvas = over(patch.cut(image), (linear(camera.clothing) * shade[..., None]).astype(np.float32), cover)
    patch.paste(image, canvas, np.ones(patch.size, dtype=np.float32))


def paint_glasses(scene: Scene) -> None:
    """Paint a thin frame with faint reflections when the person wears one."""
    if not scene.identity.glasses:
        return
    turn = np.linspace(0.0, 2.0 * np.pi, 72)
    ex = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.75 * FRAME_HALF_MM[0]
    ey = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.75 * FRAME_HALF_MM[1]
    rims = {}
    for side in Side:
        lateral = FRAME_CENTRE_MM[0] + ex
        depth = FRAME_CENTRE_MM[2] + 6.0 - np.maximum(lateral - 12.0, 0.0) ** 2 / 260.0
        rims[side] = np.stack([lateral_sign(side) * lateral, FRAME_CENTRE_MM[1] + ey, depth], axis=1)
    patch = scene.patch(np.concatenate(list(rims.values())), 24.0, 5.0)
    if patch is None:
        return
    canvas = patch.cut(scene.image)
    frame = np.zeros(patch.size, dtype=np.float32)
    for side, rim in rims.items():
        sign = lateral_sign(side)
        frame = np.maximum(frame, patch.stroke(scene.project(rim), 1.6))
        hinge = np.array([[56.0, 5.0, 10.0], [66.0, 4.0, -20.0], [72.0, 2.0, -60.0]]) * [sign, 1.0, 1.0]
        frame = np.maximum(frame, patch.stroke(scene.project(hinge), 2.0))
        glare = np.array([[40.0, 10.0, 12.0], [46.0, 10.0, 10.0], [38.0, -12.0, 12.0], [32.0, -12.0, 12.0]])
        glare_px = scene.project(glare * [sign, 1.0, 1.0])
        canvas = over(canvas, np.full(3, 0.9, np.float32), 0.06 * patch.soften(patch.polygon(glare_px), 1.0))
    bridge = np.array([[-6.0, 2.0, 19.0], [0.0, 4.0, 20.0], [6.0, 2.0, 19.0]])
    frame = np.maximum(frame, patch.stroke(scene.project(bridge), 1.8))
    shadow = patch.soften(frame, 1.4)
    moved = np.roll(shadow, round(1.5 * patch.px_per_mm), axis=0)
    canvas = canvas * (1.0 - 0.25 * moved[..., None])
    canvas = over(canvas, linear((42.0, 38.0, 40.0)) * 0.8, frame)
    patch.paste(scene.image, canvas.astype(np.float32), np.ones(patch.size, dtype=np.float32))
