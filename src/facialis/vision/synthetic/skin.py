"""The lit skin of head and neck: geometry, light, shadows, texture."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side, lateral_sign
from facialis.vision.synthetic.camera import CameraSetting, Projection
from facialis.vision.synthetic.contours import landmarks_of
from facialis.vision.synthetic.head_surface import neutral_head
from facialis.vision.synthetic.identity import FaceIdentity
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.natural_asymmetry import natural_shift
from facialis.vision.synthetic.painting import covered_part, linear
from facialis.vision.synthetic.raster import coarse_size, enlarge, rasterise_grid, soft_coverage
from facialis.vision.synthetic.shape import shape_face, smoothstep
from facialis.vision.synthetic.skin_motion import FRONT_Z_MM, head_displacement
from facialis.vision.synthetic.skin_texture import skin_colour, skin_texture, texture_coordinates
from facialis.vision.synthetic.wrinkles import fold_darkness

Array = NDArray[np.float64]
Image = NDArray[np.floating]

SHADOW_WIDTH_PX = 160
SHADOW_STEPS = 14
SHADOW_REACH_MM = 34.0
SHADOW_STRENGTH = 0.55
WRAP = np.array([0.38, 0.24, 0.18], dtype=np.float32)
"""How far light creeps round the terminator: red goes furthest in skin."""
PLATYSMA_MM = ((15.0, 0.06), (34.0, 0.16))
"""Bands of the platysma under the jaw: lateral place, and how far they diverge for each mm down."""
PLATYSMA_CONTRAST = 0.3
GLOSS_POWER, GLOSS_STRENGTH = 22.0, 0.05


@dataclass(frozen=True)
class LitSurface:
    """A rendered surface: coverage, colour in linear light, and the light that falls on it."""

    coverage: Image
    colour: Image
    light: Image


def light_vector(camera: CameraSetting) -> NDArray[np.float32]:
    """Unit vector from the face to the light in the camera's axes."""
    direction = np.array(camera.light_direction)
    return np.asarray(direction / np.linalg.norm(direction), dtype=np.float32)


def grid_normals(points: Array) -> Array:
    """Outward unit normals of a grid whose columns go to the patient's LEFT and rows go up."""
    normals = np.cross(np.gradient(points, axis=1), np.gradient(points, axis=0))
    return np.asarray(normals / (np.linalg.norm(normals, axis=-1, keepdims=True) + 1e-9))


def posed_head(identity: FaceIdentity, motion: FaceMotion) -> Array:
    """The head's grid with this person's proportions and movement. (rows, columns, 3) [mm]"""
    head = neutral_head()
    points = shape_face(head.points.reshape(-1, 3), identity)
    front = smoothstep(points[:, 2], *FRONT_Z_MM)[:, None]
    points = points + front * natural_shift(points, landmarks_of(identity), identity)
    return np.asarray(points.reshape(head.points.shape) + head_displacement(motion))


def _occlusion(points: Array) -> Image:
    """Darkness of hollows: how far a point lies behind its surroundings. (rows, columns) 0-1"""
    radius = np.hypot(points[..., 0], points[..., 2] + 65.0).astype(np.float32)
    wide = cv2.GaussianBlur(radius, (0, 0), 5.0)
    return np.asarray(np.clip(1.0 - 0.1 * np.maximum(wide - radius, 0.0), 0.45, 1.0), dtype=np.float32)


def _cast_shadow(
    depth: Image, mask: NDArray[np.bool_], light: NDArray[np.float32], mm_per_px: float
) -> Image:
    """Share of light blocked by nearer parts of the surface, from its depth map. (h, w) 0-1"""
    height, width = depth.shape
    shrink = max(1.0, width / SHADOW_WIDTH_PX)
    size = (round(width / shrink), round(height / shrink))
    low = cv2.resize(np.where(mask, depth, -200.0).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    pixel_mm = mm_per_px * shrink
    shadow = np.zeros_like(low)
    flat = float(np.hypot(light[0], light[1]))
    if flat < 0.05:
        return np.zeros(depth.shape, dtype=np.float32)
    for step in range(1, SHADOW_STEPS + 1):
        reach = SHADOW_REACH_MM * step / SHADOW_STEPS
        dx, dy = light[0] / flat * reach / pixel_mm, -light[1] / flat * reach / pixel_mm
        shift = np.array([[1, 0, -dx], [0, 1, -dy]], dtype=np.float32)
        ahead = cv2.warpAffine(low, shift, size, flags=cv2.INTER_LINEAR, borderValue=-200.0)
        rise = ahead - low - reach * light[2] / flat
        shadow = np.maximum(shadow, np.clip((rise - 1.0) / 3.0, 0.0, 1.0))
    shadow = cv2.GaussianBlur(shadow, (0, 0), 1.1)
    return np.asarray(cv2.resize(shadow, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def light_on(normals: Image, occlusion: Image, shadow: Image, camera: CameraSetting) -> tuple[Image, Image]:
    """Diffuse light (h, w, 3) and gloss (h, w) at every pixel."""
    towards = light_vector(camera)
    facing = normals @ towards
    lit = np.clip((facing[..., None] + WRAP) / (1.0 + WRAP), 0.0, 1.0)
    lit *= (1.0 - SHADOW_STRENGTH * shadow)[..., None]
    sky = camera.ambient * (0.82 + 0.18 * normals[..., 1]) * occlusion
    key = np.asarray(camera.light_colour, dtype=np.float32) * camera.light_intensity
    light = sky[..., None] + (1.05 - 0.55 * camera.ambient) * lit * key * (0.35 + 0.65 * occlusion)[..., None]
    half = towards + np.array([0.0, 0.0, 1.0], dtype=np.float32)
    half /= np.linalg.norm(half)
    gloss = GLOSS_STRENGTH * np.clip(normals @ half, 0.0, 1.0) ** GLOSS_POWER
    return light.astype(np.float32), (gloss * (1.0 - 0.8 * shadow)).astype(np.float32)


def render_head(
    identity: FaceIdentity, motion: FaceMotion, camera: CameraSetting, projection: Projection
) -> LitSurface:
    """Render the bare head without eyes, lips, brows and hair."""
    points = posed_head(identity, motion)
    values = np.concatenate(
        [
            grid_normals(points) @ projection.rotation.T,
            neutral_head().unrolled,
            projection.turned(points)[..., 2:],
            _occlusion(points)[..., None],
        ],
        axis=-1,
    ).astype(np.float32)
    shrink, size = coarse_size(camera.width_px, camera.height_px)
    image_points = (projection.project(points) + 0.5) * shrink - 0.5
    seen = rasterise_grid(image_points, values[..., 5].astype(np.float64), values, size)
    shadow = _cast_shadow(seen.values[..., 5], seen.mask, light_vector(camera), camera.mm_per_px / shrink)
    light, gloss = light_on(seen.values[..., :3], seen.values[..., 6], shadow, camera)
    full = enlarge(np.dstack([light, gloss, seen.values[..., 3:5]]), camera.width_px, camera.height_px)
    coverage = soft_coverage(seen.mask, camera.width_px, camera.height_px)
    part = covered_part(coverage)
    light, gloss, unrolled = full[part][..., :3], full[part][..., 3], full[part][..., 4:6]
    column, row = texture_coordinates(unrolled)
    folds = cv2.remap(fold_darkness(identity, motion), column, row, cv2.INTER_LINEAR)
    light *= (1.0 - folds)[..., None]
    if identity.texture_mirrored:
        column, row = texture_coordinates(unrolled * np.array([-1.0, 1.0], dtype=np.float32))
    texture = skin_texture(identity)
    skin = cv2.remap(texture.colour, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shine = cv2.remap(texture.gloss, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    colour = np.zeros((camera.height_px, camera.width_px, 3), dtype=np.float32)
    colour[part] = skin * light + (gloss * shine * (1.0 - folds))[..., None]
    return LitSurface(coverage, colour, full[..., :3])


def _platysmal_bands(x: Array, y: Array, motion: FaceMotion) -> Array:
    """Change of brightness over the neck: a bright cord between two dark furrows, for each band."""
    change = np.zeros(x.shape)
    for side in Side:
        strength = motion.side(side).platysmal_bands
        for start, spread in PLATYSMA_MM:
            off = lateral_sign(side) * x - start - spread * (-y - 110.0)
            cord = np.exp(-((off / 2.6) ** 2)) - 0.9 * np.exp(-(((np.abs(off) - 5.0) / 2.6) ** 2))
            change += PLATYSMA_CONTRAST * strength * cord * smoothstep(-y, 106.0, 135.0)
    return change


def render_neck(
    identity: FaceIdentity, motion: FaceMotion, camera: CameraSetting, projection: Projection
) -> LitSurface:
    """Render the neck, dark under the chin, with the cords that a tense platysma raises."""
    angle = np.deg2rad(np.linspace(-110.0, 110.0, 161))
    y = np.linspace(-230.0, -45.0, 24)[:, None]
    flare = 1.0 + 0.9 * np.clip((-y - 165.0) / 60.0, 0.0, 1.0) ** 2
    radius = (55.0 + 4.0 * (identity.jaw_width - 1.0) / 0.1) * flare
    x = radius * np.sin(angle)
    z = -82.0 + 50.0 * np.cos(angle) + np.clip((-y - 110.0) * 0.12, 0.0, 12.0)
    points = np.stack([x, np.broadcast_to(y, x.shape), z], axis=-1)
    under = -y - 0.22 * np.abs(x)
    chin_shade = smoothstep(under, 108.0, 180.0) * 0.45 + 0.45
    chin_shade = chin_shade * (1.0 + _platysmal_bands(x, np.broadcast_to(y, x.shape), motion))
    values = np.concatenate([grid_normals(points) @ projection.rotation.T, chin_shade[..., None]], axis=-1)
    turned = projection.turned(points)
    shrink, size = coarse_size(camera.width_px, camera.height_px)
    image_points = (projection.project(points) + 0.5) * shrink - 0.5
    seen = rasterise_grid(image_points, turned[..., 2], values.astype(np.float32), size)
    shade = seen.values[..., 3]
    light, _ = light_on(seen.values[..., :3], shade, 0.9 * (1.0 - shade), camera)
    light = enlarge(light * shade[..., None], camera.width_px, camera.height_px)
    colour = light * linear(skin_colour(identity) * 0.97)
    return LitSurface(soft_coverage(seen.mask, camera.width_px, camera.height_px), colour, light)
