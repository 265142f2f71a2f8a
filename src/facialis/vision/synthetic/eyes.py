"""Eyeball, iris, lid margins, lashes and lid crease."""

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.vision.synthetic.contours import CLOSED_FISSURE_MM, IRIS_DIAMETER_MM, SideContours
from facialis.vision.synthetic.painting import Image, Mask, Patch, linear, over
from facialis.vision.synthetic.scene import Scene

Array = NDArray[np.float64]

WANTED_PX_PER_MM = 8.0
LIGHTEST_LASHES = (44.0, 32.0, 28.0)
"""Lashes stay dark when the hair is fair or grey."""
PUPIL_SHARE = 0.36
RESTING_FISSURE_MM = 10.0
"""Below this the crease unfolds and grows faint."""
SCLERA = (226.0, 219.0, 213.0)
CARUNCLE = (206.0, 128.0, 118.0)
WATERLINE = (214.0, 158.0, 146.0)
LASH_COUNT_UPPER, LASH_COUNT_LOWER = 58, 26


def paint_eye(scene: Scene, side: Side) -> None:
    """Paint one eye on the picture."""
    lines = scene.contours.side(side)
    patch = scene.patch(
        np.concatenate([lines.upper_lid, lines.lower_lid, lines.lid_crease]), 8.0, WANTED_PX_PER_MM
    )
    if patch is None:
        return
    canvas = patch.cut(scene.image)
    light = patch.cut(scene.light)
    canvas = _paint_lid_skin(scene, lines, patch, canvas)
    upper, lower = scene.project(lines.upper_lid), scene.project(lines.lower_lid)
    opening = patch.polygon(np.concatenate([upper, lower[::-1]]))
    if lines.open_mm >= CLOSED_FISSURE_MM:
        canvas = over(canvas, _eyeball(scene, side, patch, light, opening), opening)
        canvas = _paint_waterline(patch, canvas, light, lower, opening)
    canvas = _paint_lashes(scene, side, patch, canvas)
    patch.paste(scene.image, canvas, np.ones(patch.size, dtype=np.float32))


def _paint_lid_skin(scene: Scene, lines: SideContours, patch: Patch, canvas: Image) -> Image:
    """Crease, the hollow above it, and the shade of the lid's own curve."""
    crease = scene.project(lines.lid_crease)
    margin = scene.project(lines.upper_lid)
    lower = scene.project(lines.lower_lid)
    lid = patch.soften(patch.polygon(np.concatenate([crease, margin[::-1]])), 0.5)
    canvas = canvas * (1.0 - 0.10 * lid[..., None])
    heavy = scene.identity.lid_heaviness
    open_share = float(np.clip(lines.open_mm / RESTING_FISSURE_MM, 0.0, 1.0))
    fine = (0.35 + 0.65 * open_share) * patch.soften(patch.stroke(crease[1:], 0.5), 0.25)
    wide = patch.soften(patch.stroke(crease[3:-1] - [0.0, 0.7 / scene.camera.mm_per_px], 1.8), 1.0)
    canvas = canvas * (1.0 - np.clip(0.42 * fine + (0.2 + 0.12 * heavy) * wide, 0, 0.8)[..., None])
    below = lower + [0.0, 1.4 / scene.camera.mm_per_px]
    bag = patch.soften(patch.stroke(below[3:-3], 1.4), 0.8)
    return np.asarray(canvas * (1.0 - 0.10 * bag[..., None]), dtype=np.float32)


def _distance(mask: Mask, patch: Patch) -> Mask:
    """Distance of every inside pixel from the outline. [mm]"""
    inside = (mask > 0.5).astype(np.uint8)
    return np.asarray(cv2.distanceTransform(inside, cv2.DIST_L2, 3) / patch.px_per_mm, dtype=np.float32)


def _falloff(distance: Mask, softness: float) -> Mask:
    """1 well inside (negative distance), 0 well outside, half at the edge."""
    return np.asarray(0.5 - 0.5 * np.tanh(distance / (2.0 * softness)), dtype=np.float32)


def _eyeball(scene: Scene, side: Side, patch: Patch, light: Image, opening: Mask) -> Image:
    """Sclera, caruncle, iris, pupil, the lid's shadow and the catch light."""
    lines = scene.contours.side(side)
    height, width = patch.size
    centre = patch.local(scene.project(lines.iris_centre[None]))[0]
    scale = patch.px_per_mm
    px_radius = IRIS_DIAMETER_MM / 2 / scene.projection.mm_per_px_at(lines.iris_centre) * patch.fineness
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    dx, dy = columns - np.float32(centre[0]), rows - np.float32(centre[1])
    radius = np.hypot(dx, dy) / px_radius

    globe = np.clip(1.0 - 0.22 * np.clip(radius - 0.8, 0, None) ** 1.5, 0.45, 1.0)
    colour = linear(SCLERA) * globe[..., None]
    pink = np.clip((radius - 1.25) * 0.35, 0.0, 0.35)
    colour = over(colour, linear((214.0, 170.0, 160.0)), pink.astype(np.float32))
    medial = patch.local(scene.project(lines.upper_lid[:1]))[0]
    caruncle = np.exp(-(((columns - medial[0]) ** 2 + (rows - medial[1]) ** 2) / (2.3 * scale) ** 2))
    colour = over(colour, linear(CARUNCLE), np.clip(1.4 * caruncle, 0, 1).astype(np.float32))

    iris = linear(scene.identity.iris_colour)
    spokes = scene.chances("iris", side).normal(0, 1, 96)
    # Counted from the lateral side, so that a mirrored eye has mirrored fibres.
    around = np.arctan2(dy, dx * np.sign(lines.iris_centre[0]))
    fibres = np.interp(around, np.linspace(-np.pi, np.pi, 97), np.r_[spokes, spokes[0]])
    depth = (
        0.85
        + 0.16 * fibres * np.clip(radius * 1.4 - 0.3, 0, 1)
        + 0.28 * np.exp(-(((radius - 0.52) / 0.12) ** 2))
    )
    limbus = 1.0 - 0.72 * _falloff(0.93 - radius, 0.035)
    lower_glow = 1.0 + 0.3 * np.clip(dy / px_radius, -0.6, 1.0)
    disc = iris * (depth * limbus * lower_glow)[..., None].astype(np.float32)
    edge = _falloff(radius - 1.0, max(0.22 * scale, 0.8) / px_radius)
    colour = over(colour, disc.astype(np.float32), edge)
    pupil = _falloff(radius - PUPIL_SHARE, max(0.12 * scale, 0.7) / px_radius)
    colour = over(colour, np.full(3, 0.006, dtype=np.float32), pupil)

    upper = scene.project(lines.upper_lid)
    rim = patch.soften(patch.stroke(upper - [0.0, 0.2 / scene.camera.mm_per_px], 3.0), 0.9)
    colour = colour * (1.0 - 0.62 * np.clip(rim, 0, 1))[..., None]
    corners = np.clip(_distance(opening, patch) / 1.5, 0.0, 1.0)
    colour = colour * (0.72 + 0.28 * corners)[..., None]
    lit = colour * np.clip(light[..., 1:2], 0.22, 1.05)

    towards = np.array([scene.camera.light_direction[0], -scene.camera.light_direction[1]])
    spot = centre + towards / np.linalg.norm(scene.camera.light_direction) * px_radius * 0.62
    glint = np.exp(-((((columns - spot[0]) ** 2 + (rows - spot[1]) ** 2) / (0.62 * scale) ** 2) ** 2))
    return over(lit.astype(np.float32), np.full(3, 0.95, dtype=np.float32), (0.9 * glint).astype(np.float32))


def _paint_waterline(patch: Patch, canvas: Image, light: Image, lower: Array, opening: Mask) -> Image:
    """The wet pink edge of the lower lid, outside the eyeball."""
    line = patch.soften(patch.stroke(lower[1:-1], 1.4), 0.15) * (1.0 - opening)
    return over(canvas, linear(WATERLINE) * light, 0.28 * line)


def _paint_lashes(scene: Scene, side: Side, patch: Patch, canvas: Image) -> Image:
    """The lash line along the upper margin, single lashes, and the finer lower ones."""
    lines = scene.contours.side(side)
    upper, lower = scene.project(lines.upper_lid), scene.project(lines.lower_lid)
    to_px = 1.0 / scene.camera.mm_per_px
    dark = np.minimum(linear(scene.identity.hair_colour) * 0.25, linear(LIGHTEST_LASHES))
    closed = lines.open_mm < CLOSED_FISSURE_MM
    drop_mm, thickness_mm = (0.1, 1.0) if closed else (-0.25, 0.8)
    line = patch.soften(patch.stroke(upper[2:] + [0.0, drop_mm * to_px], thickness_mm), 0.18)
    canvas = over(canvas, dark, np.clip((0.95 if closed else 0.75) * line, 0, 1))
    droop = 1.0 if closed else -1.0
    outward = np.sign(upper[-1, 0] - upper[0, 0])
    strands = _lashes(
        upper, outward, droop, (2.0, 4.2), LASH_COUNT_UPPER, to_px, scene.chances("upper_lashes", side)
    )
    canvas = over(canvas, dark, 0.6 * patch.hairs(strands, 0.12))
    strands = _lashes(
        lower, outward, 1.0, (1.0, 2.0), LASH_COUNT_LOWER, to_px, scene.chances("lower_lashes", side)
    )
    return over(canvas, dark, 0.3 * patch.hairs(strands + [0.0, 0.6 * to_px], 0.1))


def _lashes(
    margin: Array,
    outward: float,
    down: float,
    length_mm: tuple[float, float],
    count: int,
    to_px: float,
    rng: np.random.Generator,
) -> Array:
    """Curved strands that start on a lid margin and fan outward. (n, 3, 2) [px]"""
    share = np.clip(np.linspace(0.12, 0.97, count) + rng.normal(0.0, 0.006, count), 0.0, 1.0)
    places, steps = share * (len(margin) - 1), np.arange(len(margin))
    root = np.stack([np.interp(places, steps, margin[:, k]) for k in (0, 1)], axis=1)
    length = rng.uniform(*length_mm, count) * (0.5 + 0.6 * share) * to_px
    fan = outward * ((share - 0.35) * 1.1 + rng.normal(0.0, 0.12, count))
    tip = root + length[:, None] * np.stack([fan, np.full(count, down * 0.55)], axis=1)
    middle = (root + tip) / 2 + length[:, None] * np.array([0.06 * outward, 0.14])
    return np.stack([root, middle, tip], axis=1)
