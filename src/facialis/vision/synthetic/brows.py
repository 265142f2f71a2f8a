"""Brow hairs, drawn one by one between the two edges that are the truth."""

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.vision.synthetic.painting import linear, over
from facialis.vision.synthetic.scene import Scene
from facialis.vision.synthetic.skin_texture import skin_colour

Array = NDArray[np.float64]

WANTED_PX_PER_MM = 6.0
HAIRS_AT_FULL_DENSITY = 620
HAIR_LENGTH_MM = 6.0
MARGIN_SOFTNESS_MM = 0.55


def paint_brow(scene: Scene, side: Side) -> None:
    """Paint one brow on the picture."""
    lines = scene.contours.side(side)
    if scene.identity.brow_density <= 0.02:
        return
    patch = scene.patch(np.concatenate([lines.brow_upper, lines.brow_lower]), 5.0, WANTED_PX_PER_MM)
    if patch is None:
        return
    upper, lower = scene.project(lines.brow_upper), scene.project(lines.brow_lower)
    band = patch.soften(patch.polygon(np.concatenate([upper, lower[::-1]])), MARGIN_SOFTNESS_MM)
    skin = linear(skin_colour(scene.identity))
    hair = linear(scene.identity.hair_colour) * 0.75
    colour = skin * 0.72 + (hair - skin * 0.72) * np.float32(scene.identity.brow_contrast)
    density = scene.identity.brow_density
    canvas, light = patch.cut(scene.image), patch.cut(scene.light)
    tint = 0.62 * density * scene.identity.brow_contrast * band
    canvas = over(canvas, colour * light, tint)
    rng = scene.chances("brow", side)
    strands = _hairs(upper, lower, int(HAIRS_AT_FULL_DENSITY * density), 1.0 / scene.camera.mm_per_px, rng)
    cover = np.clip(patch.hairs(strands, 0.18), 0.0, 1.0) * np.clip(band * 1.15, 0.0, 1.0)
    canvas = over(canvas, colour * light, cover * (0.45 + 0.45 * scene.identity.brow_contrast))
    patch.paste(scene.image, canvas.astype(np.float32), np.ones(patch.size, dtype=np.float32))


def _hairs(upper: Array, lower: Array, count: int, to_px: float, rng: np.random.Generator) -> Array:
    """Strands that rise medially and lie down laterally. (n, 3, 2) [px]"""
    along = np.sort(rng.uniform(-0.02, 0.98, count)) * (len(upper) - 1)
    across = rng.uniform(-0.1, 1.1, count)
    steps = np.arange(len(upper))
    top = np.stack([np.interp(along, steps, upper[:, k]) for k in (0, 1)], axis=1)
    bottom = np.stack([np.interp(along, steps, lower[:, k]) for k in (0, 1)], axis=1)
    root = bottom + (top - bottom) * across[:, None]
    course = np.gradient((upper + lower) / 2, axis=0)
    course /= np.linalg.norm(course, axis=1, keepdims=True)
    tangent = np.stack([np.interp(along, steps, course[:, k]) for k in (0, 1)], axis=1)
    rise = top - bottom
    rise /= np.linalg.norm(rise, axis=1, keepdims=True) + 1e-9
    share = along / (len(upper) - 1)
    lean = np.clip(0.95 - 1.3 * share, -0.15, 1.0) * (1.2 - 1.1 * across) + rng.normal(0.0, 0.12, count)
    direction = (
        tangent * np.sqrt(np.clip(1.0 - np.clip(lean, -0.95, 0.95) ** 2, 0.05, 1.0))[:, None]
        + rise * lean[:, None]
    )
    length = HAIR_LENGTH_MM * to_px * rng.uniform(0.5, 1.0, count) * (0.8 + 0.2 * np.sin(np.pi * share))
    tip = root + direction * length[:, None]
    middle = (root + tip) / 2 + rise * (0.06 * length)[:, None]
    return np.stack([root, middle, tip], axis=1)
