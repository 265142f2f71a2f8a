"""Draw a grid of quads: which place of the surface every pixel sees.

Light and geometry change slowly over skin, so they are drawn on a coarse picture and enlarged;
colour and all edges that are truth are drawn at full size elsewhere.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

FIXED_POINT_BITS = 4
RIM_PX = (5, 5)
EDGE_BLUR_PX = 1.5
"""Blur of the coarse outline before it is enlarged and made crisp again: it takes out the stairs."""
MOST_CHANNELS = 4
"""OpenCV interpolates at most this many channels at once."""


COARSE_WIDTH_PX, COARSE_SHARE = 340, 0.4
"""Surfaces are drawn this wide, or at this share of the picture's width if that is more."""


def coarse_size(width_px: int, height_px: int) -> tuple[float, tuple[int, int]]:
    """Scale of the coarse picture against the full one, and its (height, width)."""
    scale = min(1.0, max(COARSE_WIDTH_PX / width_px, COARSE_SHARE))
    return scale, (round(height_px * scale), round(width_px * scale))


def enlarge(coarse: NDArray[np.floating], width_px: int, height_px: int) -> NDArray[np.float32]:
    """A coarse picture at full size."""
    if coarse.shape[1] == width_px:
        return coarse.astype(np.float32)
    flat = coarse if coarse.ndim == 3 else coarse[..., None]
    full = np.empty((height_px, width_px, flat.shape[2]), dtype=np.float32)
    for k in range(0, flat.shape[2], MOST_CHANNELS):
        part = np.ascontiguousarray(flat[..., k : k + MOST_CHANNELS])
        resized = cv2.resize(part, (width_px, height_px), interpolation=cv2.INTER_LINEAR)
        full[..., k : k + MOST_CHANNELS] = resized.reshape(height_px, width_px, -1)
    return full if coarse.ndim == 3 else full[..., 0]


def soft_coverage(mask: NDArray[np.bool_], width_px: int, height_px: int) -> NDArray[np.float32]:
    """Smooth-edged coverage at full size from a coarse mask."""
    blurred = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), EDGE_BLUR_PX)
    full = cv2.resize(blurred, (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    steepness = EDGE_BLUR_PX * 1.5 * max(1.0, width_px / mask.shape[1])
    return np.asarray(np.clip((full - 0.5) * steepness + 0.5, 0.0, 1.0), dtype=np.float32)


@dataclass(frozen=True)
class SurfaceMap:
    """What each pixel sees of a surface; `mask` is False where it sees none."""

    mask: NDArray[np.bool_]
    values: NDArray[np.float32]
    """(h, w, channels) the grid's values, interpolated."""


def rasterise_grid(
    image_points: NDArray[np.float64],
    depth: NDArray[np.float64],
    values: NDArray[np.float32],
    size: tuple[int, int],
) -> SurfaceMap:
    """Paint a grid's quads from far to near and interpolate its values inside each.

    Parameters
    ----------
    image_points : (rows, columns, 2)      Projected grid. [px]
    depth : (rows, columns)                Larger is nearer to the camera. [mm]
    values : (rows, columns, channels)     What to interpolate.
    size : (height, width)                 Of the picture. [px]
    """
    height, width = size
    a, b = image_points[:-1, :-1], image_points[:-1, 1:]
    d, c = image_points[1:, :-1], image_points[1:, 1:]
    across, along = c - a, d - b
    turned = across[..., 0] * along[..., 1] - across[..., 1] * along[..., 0]
    quads = np.stack([a, b, c, d], axis=2)
    low, high = quads.min(axis=2), quads.max(axis=2)
    visible = (turned < 0) & (high[..., 0] >= 0) & (high[..., 1] >= 0)
    visible &= (low[..., 0] <= width - 1) & (low[..., 1] <= height - 1)
    ids = np.flatnonzero(visible)
    quad_depth = (depth[:-1, :-1] + depth[1:, 1:])[visible]
    ids = ids[np.argsort(quad_depth, kind="stable")]
    fixed = np.round(quads.reshape(-1, 4, 2)[ids] * (1 << FIXED_POINT_BITS)).astype(np.int32)
    buffer = np.full((height, width), -1, dtype=np.int32)
    for quad_id, corners in zip(ids.tolist(), fixed, strict=True):
        cv2.fillConvexPoly(buffer, corners, quad_id, cv2.LINE_8, FIXED_POINT_BITS)
    mask = buffer >= 0
    return SurfaceMap(mask, _interpolate(buffer, mask, quads.reshape(-1, 4, 2), values))


def _interpolate(
    buffer: NDArray[np.int32],
    mask: NDArray[np.bool_],
    quads: NDArray[np.float64],
    values: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Values at every painted pixel, by the affine map of its quad's mid lines.

    A rim of pixels around the painted ones gets the values of its neighbours, so that enlarging the
    map does not mix in empty pixels.
    """
    corners = quads.astype(np.float32)
    centre = corners.mean(axis=1)
    u = (corners[:, 1] + corners[:, 2] - corners[:, 0] - corners[:, 3]) / 2
    v = (corners[:, 2] + corners[:, 3] - corners[:, 0] - corners[:, 1]) / 2
    area = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    area = np.where(np.abs(area) < 1e-6, np.float32(1e-6), area)
    rows, columns = np.nonzero(mask)
    quad_id = buffer[rows, columns]
    dx = columns.astype(np.float32) - centre[quad_id, 0]
    dy = rows.astype(np.float32) - centre[quad_id, 1]
    s = np.clip(dx * (v[:, 1] / area)[quad_id] - dy * (v[:, 0] / area)[quad_id] + 0.5, 0.0, 1.0)
    t = np.clip(dy * (u[:, 0] / area)[quad_id] - dx * (u[:, 1] / area)[quad_id] + 0.5, 0.0, 1.0)
    row0, column0 = np.divmod(quad_id, values.shape[1] - 1)
    map_column = np.zeros(mask.shape, dtype=np.float32)
    map_row = np.zeros(mask.shape, dtype=np.float32)
    map_column[rows, columns] = column0 + s
    map_row[rows, columns] = row0 + t
    weight = mask.astype(np.float32)
    spread = cv2.blur(weight, RIM_PX)
    rim = (spread > 0.0) & ~mask
    for place in (map_column, map_row):
        place[rim] = (cv2.blur(place * weight, RIM_PX)[rim]) / spread[rim]
    out = np.empty((*mask.shape, values.shape[2]), dtype=np.float32)
    for k in range(0, values.shape[2], MOST_CHANNELS):
        part = np.ascontiguousarray(values[..., k : k + MOST_CHANNELS])
        seen = cv2.remap(part, map_column, map_row, cv2.INTER_LINEAR)
        out[..., k : k + MOST_CHANNELS] = seen.reshape(*mask.shape, -1)
    return out
