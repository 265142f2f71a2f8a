"""Folds that movement and age draw on the skin, as a darkness map on the unrolled head."""

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side, lateral_sign
from facialis.vision.synthetic.contours import FOLD_SAMPLES, neutral_contour
from facialis.vision.synthetic.head_surface import AXIS_Z_MM, UNROLLED_RADIUS_MM
from facialis.vision.synthetic.identity import FaceIdentity
from facialis.vision.synthetic.motion import FaceMotion, SideSigns
from facialis.vision.synthetic.skin_texture import PX_PER_MM, noise, texture_coordinates, unrolled_grid

Image = NDArray[np.floating]
Array = NDArray[np.float64]

MARIONETTE = np.array([[28.0, -75.0, 7.0], [30.0, -82.0, 5.0], [30.5, -89.0, 3.0]])
CROWS_FEET = (
    np.array([[49.0, 2.0, -8.0], [54.0, 6.0, -15.0], [56.5, 9.5, -20.0]]),
    np.array([[49.5, -1.5, -8.0], [55.0, -1.0, -16.0], [58.0, -0.5, -22.0]]),
    np.array([[49.0, -5.0, -8.0], [54.0, -8.5, -14.0], [56.5, -12.0, -18.0]]),
)
UNDER_EYE = np.array([[17.0, -8.0, 4.0], [23.0, -12.0, 5.0], [31.0, -13.5, 5.0], [38.0, -12.0, 2.0]])
ALAR_CREASE = np.array(
    [[17.8, -34.0, 14.0], [19.7, -36.5, 13.0], [20.8, -39.5, 12.0], [19.4, -43.8, 13.0], [16.0, -46.0, 15.0]]
)
BUNNY_LINES = (
    np.array([[5.0, -8.0, 22.0], [9.0, -13.0, 17.0]]),
    np.array([[6.0, -13.0, 24.0], [11.0, -18.0, 17.0]]),
)
FROWN_LINES = (
    np.array([[6.5, 31.0, 20.0], [6.0, 25.0, 20.0], [7.0, 19.0, 20.0]]),
    np.array([[10.5, 32.0, 19.0], [10.0, 28.0, 19.0]]),
)
MENTOLABIAL = np.array([[0.0, -90.5, 14.0], [8.0, -90.0, 13.0], [15.0, -87.5, 11.0]])
FOREHEAD_Y_MM = (36.0, 42.0, 48.0, 54.0)


def _place(line: Array, sign: int) -> Array:
    """Texture coordinates of a line given in neutral head coordinates on the lateral side."""
    angle = sign * np.arctan2(line[:, 0], line[:, 2] - AXIS_Z_MM) * UNROLLED_RADIUS_MM
    column, row = texture_coordinates(np.stack([angle, line[:, 1]], axis=-1).astype(np.float32))
    return np.stack([column, row], axis=-1)


def _add(canvas: Image, line: Array, depth: float, width_mm: float) -> None:
    """Add a soft dark line that fades at both ends; changes ``canvas``."""
    if depth <= 0.01:
        return
    t = np.linspace(0.0, 1.0, 24)
    knots = np.linspace(0.0, 1.0, len(line))
    smooth = np.stack([np.interp(t, knots, line[:, k]) for k in (0, 1)], axis=1)
    smooth[1:-1] = (smooth[:-2] + 2 * smooth[1:-1] + smooth[2:]) / 4
    margin = int(4 * width_mm * PX_PER_MM) + 4
    low = np.maximum(np.floor(smooth.min(axis=0)).astype(int) - margin, 0)
    high = np.ceil(smooth.max(axis=0)).astype(int) + margin
    part = canvas[low[1] : high[1], low[0] : high[0]]
    if part.size == 0:
        return
    layer = np.zeros(part.shape, dtype=np.float32)
    weight = np.sin(np.pi * np.clip(t * 0.94 + 0.03, 0, 1)) ** 0.6
    for start, end, strength in zip(smooth[:-1], smooth[1:], weight[1:], strict=True):
        cv2.line(
            layer,
            tuple(np.round((start - low) * 16).astype(int).tolist()),
            tuple(np.round((end - low) * 16).astype(int).tolist()),
            float(strength),
            2,
            cv2.LINE_8,
            4,
        )
    sigma = width_mm * PX_PER_MM / 2
    part += depth * sigma * 1.25 * np.asarray(cv2.GaussianBlur(layer, (0, 0), sigma))


def _side_folds(canvas: Image, sign: int, signs: SideSigns, age: float) -> None:
    fold = np.clip((0.07 + 0.17 * age) * signs.nasolabial_depth, 0.0, 0.45)
    line = _place(neutral_contour("nasolabial", FOLD_SAMPLES), sign)
    _add(canvas, line, fold, 2.0)
    _add(canvas, line, 0.5 * fold, 5.5)
    _add(canvas, _place(MARIONETTE, sign), 0.22 * max(age - 0.3, 0.0), 1.8)
    _add(canvas, _place(UNDER_EYE, sign), 0.06 + 0.16 * age, 1.8)
    _add(canvas, _place(ALAR_CREASE, sign), 0.27, 1.2)
    _add(canvas, _place(ALAR_CREASE, sign), 0.15, 3.5)
    feet = _line_depth(signs.crows_feet, 0.12 + 0.3 * age, 0.18 * max(age - 0.4, 0.0))
    for line in CROWS_FEET:
        _add(canvas, _place(line, sign), feet, 0.8)
    for line in BUNNY_LINES:
        _add(canvas, _place(line, sign), 0.27 * signs.snarl_lines, 1.0)
    for line in FROWN_LINES:
        _add(canvas, _place(line, sign), _line_depth(signs.frown_lines, 0.1 + 0.22 * age, 0.0), 1.2)
    strength = _line_depth(signs.forehead_lines, 0.18 + 0.3 * age, 0.12 * max(age - 0.5, 0.0))
    for k, y in enumerate(FOREHEAD_Y_MM):
        x = np.linspace(1.0, 48.0, 7)
        wave = 1.2 * np.sin(x / 9.0 + k) - ((x - 22.0) / 24.0) ** 2 * 2.0
        line = np.stack([x, y + wave, 10.0 - (x / 20.0) ** 2], axis=1)
        _add(canvas, _place(line, sign), strength, 1.1)


def _line_depth(sign: float, moving: float, lasting: float) -> float:
    """Depth of a line: what age has left deepens with contraction and fades as tone is lost."""
    return moving * max(sign, 0.0) + lasting * min(1.0 + sign, 1.0)


def fold_darkness(identity: FaceIdentity, motion: FaceMotion) -> Image:
    """Share of light lost in folds, on the texture of the unrolled head (0-1)."""
    u, y = unrolled_grid()
    canvas = np.zeros(u.shape, dtype=np.float32)
    for side in Side:
        _side_folds(canvas, lateral_sign(side), motion.side(side), identity.age)
        _add(canvas, _place(MENTOLABIAL, lateral_sign(side)), 0.17, 3.5)
        dimples = motion.side(side).chin_dimpling
        if dimples > 0.0:
            rng = np.random.default_rng(identity.texture_seed + 1)
            sign = lateral_sign(side)
            rough = np.clip(noise(rng, u.shape, 2.6 * PX_PER_MM), 0.0, 2.0)
            rough = rough[:, ::-1] if identity.texture_mirrored else rough
            chin = np.exp(-(((sign * u - 11.0) / 11.0) ** 2) - ((y + 103.0) / 8.5) ** 2)
            canvas += (0.2 * dimples * rough * chin).astype(np.float32)
    return np.clip(canvas, 0.0, 0.8)
