"""Find the brow as a band of hair between two stretches of skin.

Networks report a third of a one-sided brow raise. The brow is the one band of even thickness above
the eye that is darker than skin, or when it has turned grey, less red. So a band is matched across
the network's brow and a smooth path of best matches followed along it.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.measurement.points import Array, FacePoints
from facialis.vision.refine.patch import CANTHAL_PX, FacePatch
from facialis.vision.refine.paths import best_path

# Lengths are shares of the outer intercanthal distance.
STEP = 0.005
COLUMN_STEP = 0.0075
SEARCH_RANGE = 0.10
"""How far above or below the network's brow the hair is looked for."""
SEARCH_BEYOND_HEAD, SEARCH_BEYOND_TAIL = 0.025, 0.012
"""The hair of the temple lies behind the tail, so the search goes less far there."""
HAIR_SHARE = 0.4
"""The brow ends where its contrast falls below this share of what it has along its length."""
THICKNESSES = (0.03, 0.04, 0.05, 0.06)
FLANK = 0.025
"""Height of the skin compared with the band, above and below it."""
LOG_OFFSET = 8.0
LUMA = (0.299, 0.587, 0.114)
"""Weights of red, green and blue in the brightness of sRGB (Rec. 601)."""
CONTRAST_LIMITS = (-0.3, 0.6)
"""Clipped log contrast: one very dark spot (a spectacle frame, a mole) must not outvote the rest."""
EVIDENCE_PER_CONTRAST = 10.0
BEND_PRICE = 0.5
DISTANCE_PRICE = 1.5
"""Paid per column at the end of the search range, growing with the square of the distance: where two bands
compare, as a brow and the rim of spectacles do, the one nearer to the network's brow is the brow."""
MIN_CONTRAST = 0.08
"""Mean log contrast of the path below which there is no brow to follow."""
MAX_DROP, MAX_RISE = 0.03, 0.05
"""Networks misread one brow against the other, but the height of both together well. Two bands that
lie farther below are the rims of spectacles, farther above a fringe."""
REDNESS_WEIGHT = 1.5
"""Skin is redder than grey hair by about 0.15 in log(red / green); weighed to compare with brightness."""
_OUTSIDE = -20.0


class HairCue(StrEnum):
    """What tells hair from skin."""

    DARK = "dark"
    GREY = "grey"


@dataclass(frozen=True)
class RefinedBrow:
    """Centre line of the brow of one side, in image pixels."""

    centre_line: Array
    """(n, 2) medial to lateral."""
    contrast: float
    """Mean log contrast of hair to skin along it."""
    drop: float
    """How far its middle lies below the network's, as a share of the outer intercanthal distance."""


def refine_brows(image_rgb: NDArray[np.uint8], points: FacePoints) -> dict[Side, RefinedBrow | None]:
    """Follow both brows by the same cue: the first that shows a band of hair on both sides."""
    for cue in HairCue:
        brows = {side: refine_brow(image_rgb, points, side, cue) for side in Side}
        found = [brow for brow in brows.values() if brow is not None]
        if len(found) == len(Side) and -MAX_RISE < np.mean([brow.drop for brow in found]) < MAX_DROP:
            return brows
    return dict.fromkeys(Side)


def refine_brow(
    image_rgb: NDArray[np.uint8], points: FacePoints, side: Side, cue: HairCue
) -> RefinedBrow | None:
    """Follow the brow of one side; None where no band of hair stands out."""
    patch = FacePatch.of(image_rgb, points, side)
    drawn = patch.from_image(points.side(side).brow)
    columns, base = _base_curve(drawn)
    if columns.size < 8:
        return None
    step = STEP * CANTHAL_PX
    half_rows = int((SEARCH_RANGE + max(THICKNESSES)) / STEP)
    offsets = step * np.arange(-half_rows, half_rows + 1)
    down = base[None, :] + offsets[:, None]
    feature = _feature(patch.sample(np.broadcast_to(columns, down.shape), down), cue)
    allowed = np.abs(offsets) <= SEARCH_RANGE * CANTHAL_PX
    price = DISTANCE_PRICE * (offsets / (SEARCH_RANGE * CANTHAL_PX)) ** 2
    candidates = []
    for thickness in THICKNESSES:
        contrast = _band_contrast(feature, round(thickness / STEP), round(FLANK / STEP))
        evidence = np.clip(contrast, *CONTRAST_LIMITS) * EVIDENCE_PER_CONTRAST - price[:, None]
        evidence = np.where(allowed[:, None], evidence, _OUTSIDE)
        path, score = best_path(evidence, bend_price=BEND_PRICE)
        candidates.append((score, path, contrast))
    _, path, contrast = max(candidates, key=lambda candidate: candidate[0])
    clearness = float(np.clip(contrast[path, np.arange(path.size)], *CONTRAST_LIMITS).mean())
    if clearness < MIN_CONTRAST:
        return None
    centre = base + (_sub_row(contrast, path) - half_rows) * step
    line = patch.to_image(np.stack([columns, centre], axis=-1)[_hairy(contrast, path)])
    middle = slice(centre.size // 4, -(centre.size // 4))
    drop = float(np.mean((centre - base)[middle])) / CANTHAL_PX
    return RefinedBrow(line, clearness, drop)


def _base_curve(drawn: Array) -> tuple[Array, Array]:
    """Columns from before the head to behind the tail, and a parabola through the network's brow."""
    first = drawn[:, 0].min() - SEARCH_BEYOND_HEAD * CANTHAL_PX
    last = drawn[:, 0].max() + SEARCH_BEYOND_TAIL * CANTHAL_PX
    columns = np.arange(first, last, COLUMN_STEP * CANTHAL_PX)
    base: Array = np.polyval(np.polyfit(drawn[:, 0], drawn[:, 1], 2), columns).astype(np.float64)
    return columns, base


def _hairy(contrast: Array, path: NDArray[np.intp]) -> slice:
    """The stretch of columns from the first to the last with clear hair on the path."""
    along = contrast[path, np.arange(path.size)]
    clear = np.flatnonzero(along > HAIR_SHARE * np.median(along))
    return slice(int(clear.min()), int(clear.max()) + 1) if clear.size else slice(0, path.size)


def _feature(colours: NDArray[np.float32], cue: HairCue) -> Array:
    """What hair has less of than skin, averaged along the brow over the gaps between single hairs."""
    red, green, blue = np.moveaxis(np.clip(colours, 0, 255), -1, 0)
    if cue is HairCue.DARK:
        feature = np.log(LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue + LOG_OFFSET)
    else:
        feature = REDNESS_WEIGHT * (np.log(red + LOG_OFFSET) - np.log(green + LOG_OFFSET))
    smooth: Array = cv2.blur(feature, (3, 1)).astype(np.float64)
    return smooth


def _band_contrast(feature: Array, thickness: int, flank: int) -> Array:
    """Log contrast of a band centred on each row against the skin above and below it.

    Half of it is the weaker of the two sides: the shadow under a ridge is dark on one side only.
    """
    rows = feature.shape[0]
    total = np.concatenate([np.zeros((1, feature.shape[1])), np.cumsum(feature, axis=0)])
    contrast = np.full(feature.shape, -1.0)
    starts = np.arange(flank, rows - flank - thickness + 1)
    ends = starts + thickness
    band = (total[ends] - total[starts]) / thickness
    above = (total[starts] - total[starts - flank]) / flank
    below = (total[ends + flank] - total[ends]) / flank
    contrast[starts + thickness // 2] = np.minimum(above, below) / 2 + (above + below) / 4 - band
    return contrast


def _sub_row(contrast: Array, path: NDArray[np.intp]) -> Array:
    """Refine each row of the path by a parabola through its neighbours."""
    inner = np.clip(path, 1, contrast.shape[0] - 2)
    columns = np.arange(path.size)
    before, here, after = (contrast[inner + shift, columns] for shift in (-1, 0, 1))
    curvature = before - 2 * here + after
    peaked = curvature < 0
    shift = np.zeros(path.size)
    shift[peaked] = np.clip(0.5 * (before - after)[peaked] / curvature[peaked], -1, 1)
    return inner + shift
