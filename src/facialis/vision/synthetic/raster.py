"""Draw a grid of quads: which place of the surface every pixel sees."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

FIXED_POINT_BITS = 4


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
    """Values at every painted pixel, by the affine map of its quad's mid lines."""
    rows, columns = np.nonzero(mask)
    quad_id = buffer[rows, columns]
    corners = quads.astype(np.float32)
    centre = corners.mean(axis=1)
    u = (corners[:, 1] + corners[:, 2] - corners[:, 0] - corners[:, 3]) / 2
    v = (corners[:, 2] + corners[:, 3] - corners[:, 0] - corners[:, 1]) / 2
    area = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    area = np.where(np.abs(area) < 1e-6, 1e-6, area)
    plan = np.concatenate([centre, (v / area[:, None]), (u / area[:, None])], axis=1)[quad_id]
    dx, dy = columns - plan[:, 0], rows - plan[:, 1]
    s = np.clip(dx * plan[:, 3] - dy * plan[:, 2] + 0.5, 0.0, 1.0)
    t = np.clip(dy * plan[:, 4] - dx * plan[:, 5] + 0.5, 0.0, 1.0)
    grid_columns = values.shape[1]
    row0, column0 = np.divmod(quad_id, grid_columns - 1)
    flat = values.reshape(-1, values.shape[2])
    start = row0 * grid_columns + column0
    s, t = s[:, None], t[:, None]
    bottom = flat[start] * (1 - s) + flat[start + 1] * s
    top = flat[start + grid_columns] * (1 - s) + flat[start + grid_columns + 1] * s
    out = np.zeros((*mask.shape, values.shape[2]), dtype=np.float32)
    out[rows, columns] = bottom * (1 - t) + top * t
    return out
