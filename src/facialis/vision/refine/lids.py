"""Find the lid margins as two arches between the corners of the eye.

Networks open a closed lid and close an open one when the other eye differs. What lies between
the lids is not skin: white, iris, pupil, or when the eye is closed only the line of the lashes.
Two smooth arches from corner to corner are fitted so that skin changes to not-skin across them.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.measurement.points import Array, FacePoints
from facialis.vision.refine.colour import ColourClass, shading_free_features
from facialis.vision.refine.patch import CANTHAL_PX, FacePatch

# Lengths are shares of the outer intercanthal distance; positions along the eye run from 0 at the
# medial to 1 at the lateral canthus.
ROW_STEP = 1 / CANTHAL_PX
COLUMN_STEP = 0.005
SEARCH_HALF_HEIGHT = 0.15
COLUMNS_FROM, COLUMNS_TO = 0.10, 0.90
EDGE_WIDTH = 0.012
UPPER_HEIGHTS = np.arange(-0.06, 0.13, 0.002)
"""Heights of the upper arch above the line of the canthi; below it when the eye is closed."""
LOWER_HEIGHTS = np.arange(-0.04, 0.09, 0.002)
ARCH_POWERS = (0.55, 0.75, 1.0)
"""1 is a parabola; less is fuller toward the corners."""
ARCH_SKEWS = (0.75, 1.0, 1.33)
"""Below 1 the arch peaks toward the nose, above 1 toward the temple."""
CORNER_SHIFTS = (-0.01, 0.0, 0.01)
SKIN_GAP_ABOVE, SKIN_REACH_ABOVE = 0.045, 0.09
SKIN_GAP_BELOW, SKIN_REACH_BELOW = 0.035, 0.08
CLASS_FLOOR = (0.02, 0.03, 0.03)

NOT_SKIN_AT = 12.0
"""Squared Mahalanobis distance at which a pixel is as likely skin as not."""
STRICT_NOT_SKIN_AT = 30.0
NOT_SKIN_SOFTNESS = 3.0
MIDDLE = (0.30, 0.72)
MIN_SUPPORT = 0.45
"""Support below which the middle of the eye is not believed (glare, lashes, a bulging iris)."""
MIN_SUPPORT_AT_ALL = 0.18
MAX_GAP_CHANGE = 0.09
"""A lid gap that differs by more from the network's is not believed."""
MAX_RISE = 0.028
"""Nor is a margin that lies this far above the network's: networks open closing lids, hardly ever the
other way, and what lies above is the crease of the lid or the rim of spectacles."""


@dataclass(frozen=True)
class RefinedLids:
    """Lid margins of one side, in image pixels, medial to lateral canthus."""

    upper: Array
    lower: Array
    support: float
    """Share of the upper arch with a clear change from skin to not-skin. [0-1]"""


def refine_lids(image_rgb: NDArray[np.uint8], points: FacePoints, side: Side) -> RefinedLids | None:
    """Fit the lid margins of one side; None where no edge supports them."""
    patch = FacePatch.of(image_rgb, points, side)
    eye = _Eye.of(patch, points, side)
    if eye.skin.sum() < 100:
        return None
    features = shading_free_features(patch.sample(eye.lateral, eye.down))
    distance = ColourClass.fit(features[eye.skin], CLASS_FLOOR).squared_distance(features)
    every_column = np.ones(eye.positions.size)
    arches = _fit_arches(distance, eye, NOT_SKIN_AT, every_column)
    if arches.support < MIN_SUPPORT:
        middle = (eye.positions > MIDDLE[0]) & (eye.positions < MIDDLE[1])
        arches = _fit_arches(distance, eye, STRICT_NOT_SKIN_AT, np.where(middle, 0.0, 1.0))
    if arches.support < MIN_SUPPORT_AT_ALL:
        return None
    upper, lower = arches.upper, np.maximum(arches.lower, arches.upper)
    if abs(float((lower - upper).max()) - eye.network_gap) > MAX_GAP_CHANGE * CANTHAL_PX:
        return None
    middle = (eye.positions > MIDDLE[0]) & (eye.positions < MIDDLE[1])
    for drawn, found in ((eye.network_upper, upper), (eye.network_lower, lower)):
        if float(np.mean((drawn - found - eye.chord)[middle])) > MAX_RISE * CANTHAL_PX:
            return None

    def contour(down: Array) -> Array:
        inner = np.stack([eye.columns, eye.chord + down], axis=-1)
        return patch.to_image(np.vstack([eye.medial, inner, eye.lateral_corner]))

    return RefinedLids(contour(upper), contour(lower), arches.support)


@dataclass(frozen=True)
class _Eye:
    """The sampled neighbourhood of one eye, rows counted from the line of the canthi."""

    medial: Array
    lateral_corner: Array
    positions: Array
    columns: Array
    chord: Array
    rows: Array
    lateral: Array
    down: Array
    skin: NDArray[np.bool_]
    network_upper: Array
    """(columns,) the network's margin, down in the patch. [patch px]"""
    network_lower: Array

    @property
    def network_gap(self) -> float:
        """Largest lid gap that the network drew. [patch px]"""
        return float((self.network_lower - self.network_upper).max())

    @classmethod
    def of(cls, patch: FacePatch, points: FacePoints, side: Side) -> "_Eye":
        here = points.side(side)
        medial, corner = patch.from_image(np.stack([here.medial_canthus, here.lateral_canthus]))
        width = float(np.linalg.norm(corner - medial))
        positions = np.arange(COLUMNS_FROM, COLUMNS_TO, COLUMN_STEP * CANTHAL_PX / max(width, 1.0))
        line = medial + positions[:, None] * (corner - medial)
        half_rows = int(SEARCH_HALF_HEIGHT / ROW_STEP)
        rows: Array = np.arange(-half_rows, half_rows + 1).astype(np.float64) * (ROW_STEP * CANTHAL_PX)
        down = line[None, :, 1] + rows[:, None]
        lateral = np.broadcast_to(line[:, 0], down.shape)
        upper, lower = (
            np.interp(line[:, 0], *_sorted_columns(patch.from_image(lid)))
            for lid in (here.upper_lid, here.lower_lid)
        )
        above, below = upper - down, down - lower
        skin = ((above > SKIN_GAP_ABOVE * CANTHAL_PX) & (above < SKIN_REACH_ABOVE * CANTHAL_PX)) | (
            (below > SKIN_GAP_BELOW * CANTHAL_PX) & (below < SKIN_REACH_BELOW * CANTHAL_PX)
        )
        return cls(medial, corner, positions, line[:, 0], line[:, 1], rows, lateral, down, skin, upper, lower)


@dataclass(frozen=True)
class _Arches:
    upper: Array
    """(columns,) down from the line of the canthi. [patch px]"""
    lower: Array
    support: float


def _fit_arches(distance: Array, eye: _Eye, not_skin_at: float, weights: Array) -> _Arches:
    not_skin = 1 / (1 + np.exp(-(np.clip(distance, 0, 80) - not_skin_at) / NOT_SKIN_SOFTNESS))
    width = max(1, int(EDGE_WIDTH / ROW_STEP))
    total = np.concatenate([np.zeros((1, not_skin.shape[1])), np.cumsum(not_skin, axis=0)])
    edges = np.arange(width, total.shape[0] - width)
    below = (total[edges + width] - total[edges]) / width
    above = (total[edges] - total[edges - width]) / width
    opening, closing = np.zeros(total.shape), np.zeros(total.shape)
    opening[edges] = np.clip(below - above, 0, 1)
    closing[edges] = np.clip(above - below, 0, 1)
    weights = weights / weights.sum()
    upper, support = _best_arch(opening, eye, -UPPER_HEIGHTS, weights)
    lower, _ = _best_arch(closing, eye, LOWER_HEIGHTS, weights)
    return _Arches(upper, lower, support)


def _best_arch(edge: Array, eye: _Eye, depths: Array, weights: Array) -> tuple[Array, float]:
    """The arch (down from the line of the canthi) along which the mean edge is strongest."""
    best: tuple[float, Array] = (-1.0, np.zeros(eye.positions.size))
    columns = np.arange(eye.positions.size)
    for power, skew, shift in itertools.product(ARCH_POWERS, ARCH_SKEWS, CORNER_SHIFTS):
        along = eye.positions**skew
        arch = (4 * along * (1 - along)) ** power
        down = (depths[:, None] * arch + shift) * CANTHAL_PX
        # Edge row e lies half a row above pixel row e.
        row = (down - eye.rows[0]) / (ROW_STEP * CANTHAL_PX) + 0.5
        floor = np.clip(np.floor(row).astype(np.intp), 0, edge.shape[0] - 2)
        share = row - floor
        score = (edge[floor, columns] * (1 - share) + edge[floor + 1, columns] * share) @ weights
        pick = int(score.argmax())
        if score[pick] > best[0]:
            best = (float(score[pick]), down[pick])
    return best[1], best[0]


def _sorted_columns(contour: Array) -> tuple[Array, Array]:
    order = np.argsort(contour[:, 0])
    return contour[order, 0], contour[order, 1]
