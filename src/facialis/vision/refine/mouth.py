"""Find the corner of the mouth and the vermilion borders from the colour of the lips.

Networks draw the corner of a drooping mouth half way back to where a healthy one would be. The
lips themselves are redder than skin in every complexion and light, so the region of lip colour is
followed column by column from the middle of the mouth outward; the corner is where it ends.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.measurement.points import Array, FacePoints
from facialis.vision.refine.colour import ColourClass, separation, shading_free_features
from facialis.vision.refine.patch import CANTHAL_PX, FacePatch
from facialis.vision.refine.paths import best_interval

# Lengths are shares of the outer intercanthal distance.
STEP = 0.005
SEARCH_BEYOND_CORNER = 0.10
"""How far outside the network's corner the true one is looked for."""
SEARCH_HALF_HEIGHT = 0.22
FREE_BEYOND_BORDER = 0.06
"""Farther than this outside the network's borders, evidence has to pay for being far off."""
FAR_PRICE = 60.0
INNER_START = 0.25
"""Columns start at this share of the half mouth; the dip of Cupid's bow lies before it."""
SAMPLED_SHARE = 0.8
"""Lip colour is learned from this share of the half mouth, where even a wrong corner is far away."""
LIP_MARGIN = 0.012
SKIN_NEAR, SKIN_FAR = 0.03, 0.11
CORNER_FIT = 0.06
"""The borders are drawn to their meeting point over this length before the last column of lip. Beyond it
they are not drawn on: shadow in the corner bends them, and the corner would run away along it."""

CORNER_OVERSHOOT = 0.02
CLASS_FLOOR = (0.3, 0.05, 0.05)
EVIDENCE_LIMIT = 2.5
FOREIGN_LOG_DENSITY = -12.0
"""Below this under both classes a pixel is neither (tooth, glare, shadow of a hair)..."""
FOREIGN_EVIDENCE = -1.0
"""...and counts against the lip unless it lies between the lips."""
INSIDE_EVIDENCE = 2.0
BEND_PRICE = 0.6
MIN_SEPARATION = 3.0
"""d-prime of lip against skin below which lips cannot be told by colour (pale lips, beard)."""
MAX_CORNER_SHIFT = 0.10
MIN_THICKNESS_ROWS = 2


@dataclass(frozen=True)
class RefinedMouthSide:
    """One half of the mouth, in image pixels."""

    commissure: Array
    upper_border: Array
    """(n, 2) upper vermilion border from a quarter of the half mouth to the corner."""
    lower_border: Array
    separation: float


def refine_mouth_side(
    image_rgb: NDArray[np.uint8], points: FacePoints, side: Side
) -> RefinedMouthSide | None:
    """Follow the lips of one side to their corner; None where their colour does not show them."""
    patch = FacePatch.of(image_rgb, points, side)
    half = _HalfMouth.of(patch, points, side)
    features = shading_free_features(patch.sample(half.lateral, half.down))
    lip_pixels, skin_pixels = half.sure_lip(), half.sure_skin()
    if min(lip_pixels.sum(), skin_pixels.sum()) < 50:
        return None
    lip = ColourClass.fit(features[lip_pixels], CLASS_FLOOR)
    skin = ColourClass.fit(features[skin_pixels], CLASS_FLOOR)
    d_prime = separation(lip, skin)
    if d_prime < MIN_SEPARATION:
        return None
    first, last = best_interval(_evidence(features, lip, skin, half), bend_price=BEND_PRICE)
    inside = np.flatnonzero(last - first >= MIN_THICKNESS_ROWS)
    if inside.size == 0:
        return None
    end = int(inside.max())
    upper, lower = half.edge_down(first), half.edge_down(last)
    corner = _meeting_point(half.columns, upper, lower, end)
    if np.linalg.norm(corner - half.corner) > MAX_CORNER_SHIFT * CANTHAL_PX:
        return None
    outward = corner + [half.centre, 0.0]
    keep = half.columns[: end + 1] < corner[0]

    def border(down: Array) -> Array:
        contour = np.stack([half.columns[: end + 1] + half.centre, down[: end + 1]], axis=-1)[keep]
        return patch.to_image(np.vstack([contour, outward]))

    return RefinedMouthSide(patch.to_image(outward[None])[0], border(upper), border(lower), d_prime)


@dataclass(frozen=True)
class _HalfMouth:
    """The sampled half of the mouth: lateral positions count from the middle of the lips."""

    centre: float
    corner: Array
    """(2,) the network's corner: lateral from the centre, down. [patch px]"""
    columns: Array
    rows: Array
    seam: Array
    lateral: Array
    down: Array
    contours: dict[str, Array]

    @classmethod
    def of(cls, patch: FacePatch, points: FacePoints, side: Side) -> "_HalfMouth":
        here = points.side(side)
        drawn = {
            "upper_outer": patch.from_image(here.upper_lip_outer),
            "upper_inner": patch.from_image(here.upper_lip_inner),
            "lower_inner": patch.from_image(here.lower_lip_inner),
            "lower_outer": patch.from_image(here.lower_lip_outer),
        }
        centre = float(drawn["upper_outer"][0, 0] + drawn["lower_outer"][0, 0]) / 2
        contours = {name: line - [centre, 0.0] for name, line in drawn.items()}
        corner = patch.from_image(here.commissure)[0] - [centre, 0.0]
        step = STEP * CANTHAL_PX
        reach = max(corner[0], step)
        columns: Array = np.arange(
            INNER_START * reach, reach + SEARCH_BEYOND_CORNER * CANTHAL_PX, step, dtype=np.float64
        )
        middle = (contours["upper_inner"][0, 1] + contours["lower_inner"][0, 1]) / 2
        seam = middle + (corner[1] - middle) * np.clip(columns / reach, 0, 1)
        half_rows = int(SEARCH_HALF_HEIGHT * CANTHAL_PX / step)
        rows: Array = step * np.arange(-half_rows, half_rows + 1).astype(np.float64)
        down = seam[None, :] + rows[:, None]
        lateral = np.broadcast_to(columns + centre, down.shape)
        return cls(centre, corner, columns, rows, seam, lateral, down, contours)

    def line(self, name: str) -> Array:
        """Down position of the network's contour at every column."""
        contour = self.contours[name]
        order = np.argsort(contour[:, 0])
        down: Array = np.interp(self.columns, contour[order, 0], contour[order, 1])
        return down

    def sure_lip(self) -> NDArray[np.bool_]:
        """Pixels well inside the network's lips, away from the corner."""
        margin = LIP_MARGIN * CANTHAL_PX
        upper = (self.down > self.line("upper_outer") + margin) & (
            self.down < self.line("upper_inner") - margin / 2
        )
        lower = (self.down > self.line("lower_inner") + margin / 2) & (
            self.down < self.line("lower_outer") - margin
        )
        sure: NDArray[np.bool_] = (upper | lower) & self._inner_columns()
        return sure

    def sure_skin(self) -> NDArray[np.bool_]:
        """Pixels well outside the lips: above, below and beside the corner."""
        near, far = SKIN_NEAR * CANTHAL_PX, SKIN_FAR * CANTHAL_PX
        above = self.line("upper_outer") - self.down
        below = self.down - self.line("lower_outer")
        beside = (self.columns > self.corner[0] + 0.05 * CANTHAL_PX) & (
            np.abs(self.rows[:, None]) < 0.1 * CANTHAL_PX
        )
        sure: NDArray[np.bool_] = ((above > near) & (above < far)) | ((below > near) & (below < far)) | beside
        return sure

    def between_lips(self) -> NDArray[np.bool_]:
        """Teeth, tongue and the dark of the mouth, as far as the network shows them."""
        inside = (self.down > self.line("upper_inner")) & (self.down < self.line("lower_inner"))
        between: NDArray[np.bool_] = inside & self._inner_columns()
        return between

    def beyond_borders(self) -> Array:
        """How far each pixel lies outside the network's outer contours; negative inside. [patch px]"""
        beyond: Array = np.maximum(self.line("upper_outer") - self.down, self.down - self.line("lower_outer"))
        return beyond

    def edge_down(self, edge: NDArray[np.intp]) -> Array:
        """Down position of the upper edge of row number ``edge`` in each column."""
        down: Array = self.seam + self.rows[0] + (edge - 0.5) * STEP * CANTHAL_PX
        return down

    def _inner_columns(self) -> NDArray[np.bool_]:
        inner: NDArray[np.bool_] = self.columns < SAMPLED_SHARE * self.corner[0]
        return inner


def _evidence(features: Array, lip: ColourClass, skin: ColourClass, half: _HalfMouth) -> Array:
    as_lip, as_skin = lip.log_density(features), skin.log_density(features)
    evidence = as_lip - as_skin
    evidence[np.maximum(as_lip, as_skin) < FOREIGN_LOG_DENSITY] = FOREIGN_EVIDENCE
    evidence = np.clip(evidence, -EVIDENCE_LIMIT, EVIDENCE_LIMIT)
    evidence[half.between_lips()] = INSIDE_EVIDENCE
    return evidence - FAR_PRICE * np.clip(half.beyond_borders() / CANTHAL_PX - FREE_BEYOND_BORDER, 0, None)


def _meeting_point(columns: Array, upper: Array, lower: Array, end: int) -> Array:
    """Where straight lines through the last stretch of the two borders meet, near their end."""
    count = max(4, round(CORNER_FIT / STEP))
    stretch = slice(max(0, end - count), end + 1)
    lateral = columns[stretch]
    if lateral.size < 3:
        return np.array([columns[end], (upper[end] + lower[end]) / 2])
    upper_line, lower_line = np.polyfit(lateral, upper[stretch], 1), np.polyfit(lateral, lower[stretch], 1)
    closing = upper_line[0] - lower_line[0]
    meets = (lower_line[1] - upper_line[1]) / closing if closing > 0 else columns[end]
    step = STEP * CANTHAL_PX
    meets = float(np.clip(meets, columns[end] - 2 * step, columns[end] + CORNER_OVERSHOOT * CANTHAL_PX))
    return np.array([meets, (np.polyval(upper_line, meets) + np.polyval(lower_line, meets)) / 2])
