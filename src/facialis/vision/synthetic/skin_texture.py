"""Colour of the skin on the unrolled head: tone, redness, mottling, pores, stubble."""

from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.vision.synthetic.identity import Beard, FaceIdentity
from facialis.vision.synthetic.painting import linear
from facialis.vision.synthetic.shape import smoothstep

Image = NDArray[np.floating]

PX_PER_MM = 2.6
LEFT_EDGE_MM, RIGHT_EDGE_MM = -150.0, 150.0
BOTTOM_MM, TOP_MM = -135.0, 122.0
TONES = np.array(
    [
        (241.0, 208.0, 190.0),
        (232.0, 190.0, 166.0),
        (214.0, 166.0, 136.0),
        (182.0, 130.0, 98.0),
        (134.0, 90.0, 64.0),
        (88.0, 58.0, 42.0),
    ]
)
"""Displayed colours of skin at Fitzpatrick I to VI under even light."""


@dataclass(frozen=True)
class SkinTexture:
    """Linear-light colour and gloss of the unrolled skin; rows run from the crown down."""

    colour: Image
    gloss: Image


def texture_coordinates(unrolled: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Column and row of the texture at places of the unrolled skin (..., 2). [px]"""
    column = (unrolled[..., 0] - LEFT_EDGE_MM) * PX_PER_MM
    row = (TOP_MM - unrolled[..., 1]) * PX_PER_MM
    return column.astype(np.float32), row.astype(np.float32)


@cache
def unrolled_grid() -> tuple[Image, Image]:
    """Unrolled place (angle times radius, height) of every texture pixel; read-only. [mm]"""
    columns = np.arange(LEFT_EDGE_MM, RIGHT_EDGE_MM, 1.0 / PX_PER_MM, dtype=np.float32)
    rows = np.arange(TOP_MM, BOTTOM_MM, -1.0 / PX_PER_MM, dtype=np.float32)
    u, y = np.meshgrid(columns, rows)
    u.setflags(write=False)
    y.setflags(write=False)
    return u, y


def skin_colour(identity: FaceIdentity) -> NDArray[np.float64]:
    """Displayed colour of the bare skin under even light. (3,)"""
    steps = np.arange(1.0, len(TONES) + 1.0)
    return np.array([np.interp(identity.skin_tone, steps, TONES[:, k]) for k in range(3)])


@cache
def _spot(centre: tuple[float, float], radius: tuple[float, float]) -> Image:
    """A hill at a place of both halves of the texture, falling to 1/e at ``radius``; read-only. [mm]"""
    u, y = unrolled_grid()
    hill = np.exp(-(((np.abs(u) - centre[0]) / radius[0]) ** 2) - ((y - centre[1]) / radius[1]) ** 2)
    hill.setflags(write=False)
    return np.asarray(hill, dtype=np.float32)


def noise(rng: np.random.Generator, shape: tuple[int, int], grain_px: float) -> Image:
    """Smooth noise of standard deviation 1 with features of about ``grain_px``."""
    shrink = max(1.0, grain_px / 2.0)
    small = (max(4, round(shape[0] / shrink)), max(4, round(shape[1] / shrink)))
    white = rng.standard_normal(small, dtype=np.float32)
    field = np.asarray(cv2.GaussianBlur(white, (0, 0), max(grain_px / shrink / 2, 0.4)), dtype=np.float32)
    field /= field.std()
    return np.asarray(
        cv2.resize(field, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), dtype=np.float32
    )


@lru_cache(maxsize=2)
def skin_texture(identity: FaceIdentity) -> SkinTexture:
    """Make the skin of one person; the same person always gets the same skin."""
    rng = np.random.default_rng(identity.texture_seed)
    u, y = unrolled_grid()
    base = linear(skin_colour(identity))
    light_skin = float(np.clip((5.5 - identity.skin_tone) / 4.0, 0.15, 1.0))
    red = 0.9 * _spot((50, -36), (22, 18)) + 1.0 * _spot((0, -40), (16, 14))
    red += 0.35 * _spot((0, -104), (20, 14)) + 0.4 * _spot((34, 3), (24, 12))
    red *= identity.skin_redness * light_skin * 0.24
    mottle = noise(rng, u.shape, 9.0 * PX_PER_MM) * 0.5 + noise(rng, u.shape, 3.0 * PX_PER_MM) * 0.5
    red += 0.025 * mottle * light_skin
    fine = noise(rng, u.shape, 1.1 * PX_PER_MM)
    pores = noise(rng, u.shape, 0.55 * PX_PER_MM)
    value = 1.0 + 0.02 * mottle + 0.025 * fine + 0.035 * np.minimum(pores, 0.5)
    value -= (0.05 + 0.1 * identity.age) * _spot((31, -10), (14, 5))
    value -= 0.06 * _spot((20, 9), (11, 9))
    spots = noise(rng, u.shape, 2.0 * PX_PER_MM)
    freckled = np.clip(spots - 2.2 + 0.5 * identity.age, 0.0, 1.0)
    value -= 0.22 * freckled
    colour = base * value[..., None]
    colour[..., 0] *= 1.0 + 0.5 * red
    colour[..., 1] *= 1.0 - 0.75 * red
    colour[..., 2] *= 1.0 - 0.65 * red
    gloss = 1.0 + 0.35 * light_skin * pores + 0.6 * _spot((0, -34), (9, 16)) + 0.25 * _spot((0, 36), (40, 14))
    if identity.beard is not Beard.NONE:
        cover, strands = _beard(u, y, identity, rng)
        hair = linear(identity.hair_colour) * (0.75 + 0.22 * strands)[..., None]
        colour += (hair - colour) * cover[..., None]
        gloss *= 1.0 - 0.9 * cover
    return SkinTexture(colour.astype(np.float32), gloss.astype(np.float32))


def _beard(u: Image, y: Image, identity: FaceIdentity, rng: np.random.Generator) -> tuple[Image, Image]:
    """Share of the skin that beard hair hides, and the brightness of its strands (sd 1)."""
    jaw = smoothstep(-y.astype(np.float64), 58.0, 84.0)
    jaw = np.clip(jaw + smoothstep(np.abs(u).astype(np.float64), 50.0, 76.0), 0.0, 1.0)
    cheek_line = smoothstep((-y - 0.35 * np.abs(u)).astype(np.float64), 12.0, 34.0)
    moustache = _spot((11, -56), (18, 6.5)) * 1.3
    area = np.clip(jaw * cheek_line + moustache, 0.0, 1.0) * (1.0 - 0.8 * _spot((0, -88), (9, 3)))
    strands = noise(rng, u.shape, 0.5 * PX_PER_MM)
    if identity.beard is Beard.STUBBLE:
        return np.asarray(area * np.clip(0.34 + 0.12 * strands, 0.0, 1.0), dtype=np.float32), strands
    strands = np.asarray(cv2.GaussianBlur(strands, (0, 0), sigmaX=0.4, sigmaY=1.8 * PX_PER_MM))
    strands = strands / strands.std()
    cover = np.clip(2.2 * area - 0.62 + 0.3 * strands * (area > 0.02), 0.0, 0.96)
    return np.asarray(cover, dtype=np.float32), strands
