"""Lips with their borders and seam, teeth, and the cavity behind."""

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.vision.synthetic.contours import landmarks_of
from facialis.vision.synthetic.identity import FaceIdentity
from facialis.vision.synthetic.painting import Image, Mask, Patch, linear, over
from facialis.vision.synthetic.scene import Scene
from facialis.vision.synthetic.skin_texture import noise, skin_colour

Array = NDArray[np.float64]

WANTED_PX_PER_MM = 6.5
CAVITY = (52.0, 18.0, 18.0)
GUM = (176.0, 92.0, 92.0)
ENAMEL = (226.0, 216.0, 198.0)
UPPER_WIDTHS_MM = (8.6, 6.8, 7.6, 6.8, 6.6, 8.0)
LOWER_WIDTHS_MM = (5.2, 5.8, 6.6, 6.8, 6.8, 8.0)
UPPER_EDGE_MM = -2.2
"""Height of the edges of upper and lower teeth against the resting lip seam: the upper overlap the lower."""
LOWER_EDGE_MM = -0.6
TIP_OFFSETS_MM = (0.0, 0.5, -0.5, 0.0, 0.0, 0.0)
"""From the middle: how much shorter each tooth is; canines are longest."""
CROWN_MM = 9.5
CAVITY_FADE_MM = 30.0
"""Half width over which the teeth fade into the shadow of the cheeks."""
GRAIN_MM, GRAIN_PX_PER_MM = (48.0, 96.0), 6.5
"""Height and width of the patch of lip skin whose lines are drawn, and its fineness."""
OPEN_MOUTH_MM = 0.4
"""With less than this between the lips a seam is drawn instead of a cavity."""


def lip_colour(identity: FaceIdentity) -> NDArray[np.float32]:
    """Colour of the vermilion in linear light."""
    skin = skin_colour(identity)
    rosy = np.array([188.0, 92.0, 92.0]) if identity.skin_tone < 4.0 else np.array([128.0, 64.0, 62.0])
    return linear(skin + (rosy - skin) * (0.45 + 0.4 * identity.lip_colour_depth))


def whole(right: Array, left: Array) -> Array:
    """One line from the RIGHT commissure to the LEFT one, from two halves that start in the midline."""
    return np.concatenate([right[::-1], left[1:]])


def paint_mouth(scene: Scene) -> None:
    """Paint cavity, teeth and lips on the picture."""
    left, right = scene.contours.left, scene.contours.right
    lines_mm = [
        whole(getattr(right, name), getattr(left, name))
        for name in ("upper_lip_outer", "upper_lip_inner", "lower_lip_inner", "lower_lip_outer")
    ]
    patch = scene.patch(np.concatenate(lines_mm), 9.0, WANTED_PX_PER_MM)
    if patch is None:
        return
    upper_outer, upper_inner, lower_inner, lower_outer = (scene.project(line) for line in lines_mm)
    canvas, light = patch.cut(scene.image), patch.cut(scene.light)
    gap_mm = float((lines_mm[1][:, 1] - lines_mm[2][:, 1]).max())
    canvas = _paint_surroundings(scene, patch, canvas, upper_outer, lower_outer)
    cavity = patch.polygon(np.concatenate([upper_inner, lower_inner[::-1]]))
    if gap_mm > OPEN_MOUTH_MM:
        canvas = over(canvas, _cavity(scene, patch, light, cavity, upper_inner), cavity)
    grain = _grain(scene, patch, (upper_inner + lower_inner)[len(upper_inner) // 2] / 2)
    upper = patch.polygon(np.concatenate([upper_outer, upper_inner[::-1]]))
    lower = patch.polygon(np.concatenate([lower_inner, lower_outer[::-1]]))
    canvas = _paint_lip(scene, patch, canvas, light, upper, cavity, grain, is_upper=True)
    canvas = _paint_lip(scene, patch, canvas, light, lower, cavity, grain, is_upper=False)
    seam = (upper_inner + lower_inner) / 2
    line = patch.soften(patch.stroke(seam[1:-1], 0.7), 0.25)
    if gap_mm > OPEN_MOUTH_MM:
        # A paralysed half stays shut beside a half that opens: the seam is left where no gap is.
        line = line * (1.0 - np.clip(patch.soften(cavity, 0.5) * 1.6, 0.0, 1.0))
    canvas = over(canvas, linear((70.0, 26.0, 26.0)) * 0.6, np.clip(0.85 * line, 0, 1))
    for line_px in (upper_inner, lower_inner):
        rim = patch.soften(patch.stroke(line_px, 0.4), 0.25)
        canvas = canvas * (1.0 - 0.28 * rim[..., None])
    for corner, inward in ((upper_inner[0], upper_inner[2]), (upper_inner[-1], upper_inner[-3])):
        dot = patch.soften(patch.stroke(np.stack([corner, corner + 0.6 * (inward - corner)]), 1.0), 0.45)
        canvas = canvas * (1.0 - 0.5 * np.clip(dot, 0, 1)[..., None])
    patch.paste(scene.image, canvas.astype(np.float32), np.ones(patch.size, dtype=np.float32))


def _grain(scene: Scene, patch: Patch, middle_px: Array) -> Image:
    """Fine vertical lines of the lips, fixed to the middle of the seam. Mean 0, sd about 1."""
    height, width = (round(size * GRAIN_PX_PER_MM) for size in GRAIN_MM)
    grain = noise(scene.chances("lips"), (height, width), 0.9 * GRAIN_PX_PER_MM)
    grain = np.asarray(cv2.GaussianBlur(grain, (0, 0), sigmaX=0.4, sigmaY=1.1 * GRAIN_PX_PER_MM))
    grain = grain / grain.std()
    mirror = -1.0 if scene.identity.texture_mirrored else 1.0
    scale = GRAIN_PX_PER_MM / patch.px_per_mm
    x0, y0 = patch.local(middle_px[None])[0]
    columns = (np.arange(patch.size[1]) - x0) * scale * mirror + (width - 1) / 2
    rows = (np.arange(patch.size[0]) - y0) * scale + (height - 1) / 2
    column, row = np.meshgrid(columns.astype(np.float32), rows.astype(np.float32))
    return np.asarray(cv2.remap(grain, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT))


def _paint_surroundings(
    scene: Scene, patch: Patch, canvas: Image, upper_outer: Array, lower_outer: Array
) -> Image:
    """The pale roll above the upper lip, the shadow under the lower one, the philtrum's groove."""
    to_px = 1.0 / scene.camera.mm_per_px
    roll = patch.soften(patch.stroke(upper_outer[3:-3] - [0.0, 0.8 * to_px], 1.0), 0.5)
    canvas = canvas * (1.0 + 0.09 * roll[..., None])
    middle = len(lower_outer) // 2
    low = lower_outer[middle - 16 : middle + 17] + [0.0, 2.4 * to_px]
    shade = patch.soften(patch.stroke(low, 3.0), 1.8)
    canvas = canvas * (1.0 - 0.24 * shade[..., None])
    dip = upper_outer[len(upper_outer) // 2]
    groove = np.stack([dip - [0.0, 1.5 * to_px], dip - [0.0, 9.0 * to_px]])
    dark = patch.soften(patch.stroke(groove, 3.4), 1.3)
    sides = np.zeros_like(dark)
    for shift in (-3.4, 3.4):
        sides = sides + patch.soften(patch.stroke(groove + [shift * to_px, 0.0], 1.4), 0.9)
    return np.asarray(canvas * (1.0 - 0.09 * dark + 0.05 * sides)[..., None], dtype=np.float32)


def _paint_lip(
    scene: Scene,
    patch: Patch,
    canvas: Image,
    light: Image,
    lip: Mask,
    cavity: Mask,
    grain: Image,
    *,
    is_upper: bool,
) -> Image:
    """One lip: colour, cushion-like shading, fine vertical lines, wet highlight."""
    inside = (lip > 0.5).astype(np.uint8)
    if not inside.any():
        return canvas
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3) / patch.px_per_mm
    cushion = np.clip(depth / 2.4, 0.0, 1.0)
    rows = np.arange(patch.size[0], dtype=np.float32)[:, None]
    weight = inside.sum(axis=0)
    middle = (rows * inside).sum(axis=0) / np.maximum(weight, 1)
    across = (rows - middle) / np.maximum(weight, 1) * 2.0
    if is_upper:
        shade = 0.80 - 0.16 * across + 0.05 * cushion
    else:
        shade = 0.92 - 0.14 * across + 0.10 * cushion
    shade = shade * (1.0 + 0.045 * grain)
    colour = lip_colour(scene.identity) * np.clip(shade, 0.3, 1.4)[..., None] * light
    wet = np.exp(-(((across + (0.1 if is_upper else 0.25)) / 0.35) ** 2)) * cushion
    wet *= np.clip(0.5 + 0.5 * grain, 0.0, 2.0) * (0.03 if is_upper else 0.075)
    colour = colour + (wet * light[..., 1])[..., None]
    edge = np.clip(patch.soften(lip, 0.22), 0.0, 1.0) * (1.0 - cavity)
    return over(canvas, colour.astype(np.float32), edge)


def _tooth_row(scene: Scene, patch: Patch, *, is_upper: bool) -> tuple[Image, Mask]:
    """Colour and coverage of one row of teeth with its gum."""
    rest = landmarks_of(scene.identity).seam_y
    drop = 0.0 if is_upper else -scene.motion.jaw_opening_mm
    edge = rest + (UPPER_EDGE_MM if is_upper else LOWER_EDGE_MM) + drop
    widths = UPPER_WIDTHS_MM if is_upper else LOWER_WIDTHS_MM
    colour = np.zeros((*patch.size, 3), dtype=np.float32)
    cover = np.zeros(patch.size, dtype=np.float32)
    away = 1.0 if is_upper else -1.0
    gum = _plate(0.0, 44.0, edge + away * 6.0, edge + away * 15.0)
    for sign in (-1.0, 1.0):
        plate = patch.polygon(scene.project(gum * [sign, 1.0, 1.0]))
        colour = over(colour, linear(GUM), plate)
        cover = np.maximum(cover, plate)
    crowns = []
    start = 0.0
    for order, width in enumerate(widths):
        curve = 0.0022 * (start + width / 2) ** 2
        tip = edge + curve + away * TIP_OFFSETS_MM[order]
        crowns += [_tooth(start, width, tip, away) * [sign, 1.0, 1.0] for sign in (-1.0, 1.0)]
        start += width
    teeth = patch.polygons(scene.project(np.stack(crowns)))
    body = patch.soften(teeth, 0.35)
    shade = (0.78 + 0.22 * np.clip(body * 1.6 - 0.6, 0, 1)) * (1.0 if is_upper else 0.86)
    colour = over(colour, linear(ENAMEL) * shade[..., None], teeth)
    return colour, np.maximum(cover, teeth)


def _arch_z(x: Array) -> Array:
    """Depth of the dental arch. [mm]"""
    return 13.0 - x**2 / 55.0


def _plate(x0: float, x1: float, y0: float, y1: float) -> Array:
    x = np.linspace(x0, x1, 12)
    return np.concatenate(
        [
            np.stack([x, np.full(12, y0), _arch_z(x)], axis=1),
            np.stack([x, np.full(12, y1), _arch_z(x)], axis=1)[::-1],
        ]
    )


def _tooth(start: float, width: float, tip: float, away: float) -> Array:
    """Outline of a crown with rounded corners, in lateral coordinates. (n, 3) [mm]"""
    turn = np.linspace(0.0, 2.0 * np.pi, 28, endpoint=False)
    x = start + width / 2 + np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.45 * (width / 2 - 0.12)
    y = tip + away * (CROWN_MM / 2 + np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.5 * CROWN_MM / 2)
    return np.stack([x, y, _arch_z(x)], axis=1)


def _cavity(scene: Scene, patch: Patch, light: Image, cavity: Mask, upper_inner: Array) -> Image:
    """Everything between the lips, darker toward the corners and under the upper lip."""
    colour = np.broadcast_to(linear(CAVITY) * 0.5, (*patch.size, 3)).astype(np.float32)
    for is_upper in (False, True):
        teeth, cover = _tooth_row(scene, patch, is_upper=is_upper)
        colour = over(colour, teeth, cover)
    to_px = 1.0 / scene.camera.mm_per_px
    shadow = patch.soften(patch.stroke(upper_inner, 2.4), 1.0)
    colour = colour * (1.0 - 0.5 * np.clip(shadow, 0, 1))[..., None]
    inside = (cavity > 0.5).astype(np.uint8)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3) / patch.px_per_mm
    centre = patch.local(upper_inner[len(upper_inner) // 2][None])[0, 0]
    columns = (np.arange(patch.size[1]) - centre) / (CAVITY_FADE_MM * to_px * patch.fineness)
    corner = np.clip(1.12 - 0.75 * np.abs(columns) ** 1.5, 0.25, 1.0)
    shade = (0.6 + 0.4 * np.clip(depth / 1.6, 0, 1)) * corner
    return np.asarray(colour * shade[..., None] * np.clip(light[..., 1:2], 0.3, 1.1), dtype=np.float32)
