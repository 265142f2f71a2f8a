"""Replace what the network drew by what the picture shows, region by region."""

import dataclasses
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.measurement.points import Array, FacePoints, Method, Region, SidePoints
from facialis.vision.refine.brow import RefinedBrow, refine_brows
from facialis.vision.refine.lids import RefinedLids, refine_lids
from facialis.vision.refine.mouth import RefinedMouthSide, refine_mouth_side

HEMIFACE_SHARE = 0.3
"""Weight of the hemiface corner where lips stand out clearly from skin; more would let its weaker
response to a resting droop through."""
MOST_HEMIFACE_SHARE = 0.8
CLEAR_LIPS = 7.0
"""d-prime of lip against skin from which the lips' own corner is trusted most..."""
SHARE_PER_D_PRIME = 0.2
"""...and what each unit less adds to the weight of the hemiface corner."""


@dataclass(frozen=True)
class SideEvidence:
    """What the picture showed of one side; None where no edge was believed."""

    brow: RefinedBrow | None
    lids: RefinedLids | None
    mouth: RefinedMouthSide | None


@dataclass(frozen=True)
class FaceEvidence:
    """Both sides."""

    sides: dict[Side, SideEvidence] = field(default_factory=dict)


def gather_evidence(image_rgb: NDArray[np.uint8], points: FacePoints) -> FaceEvidence:
    """Search the picture near the network's contours. Points in the picture's pixels."""
    brows = refine_brows(image_rgb, points)
    return FaceEvidence(
        {
            side: SideEvidence(
                brows[side],
                refine_lids(image_rgb, points, side),
                refine_mouth_side(image_rgb, points, side),
            )
            for side in Side
        }
    )


def apply_evidence(direct: FacePoints, hemiface: FacePoints | None, evidence: FaceEvidence) -> FacePoints:
    """Points with every region that BOTH sides support replaced.

    Parameters
    ----------
    direct : FacePoints
        The network's reading of the whole face.
    hemiface : FacePoints, optional
        Its reading of each side completed by its mirror image; None where the head is turned too far.
    evidence : FaceEvidence
        What the picture showed near them.

    A side that fell back to the network while the other was refined would fake an asymmetry:
    the two readings differ in more than noise. So a region is refined on both sides or on none.
    """
    left, right = evidence.sides[Side.LEFT], evidence.sides[Side.RIGHT]
    brow = left.brow is not None and right.brow is not None
    lids = left.lids is not None and right.lids is not None
    mouth = left.mouth is not None and right.mouth is not None

    share = _hemiface_share(left.mouth, right.mouth)

    def refined(side: SidePoints, mirrored: SidePoints | None, found: SideEvidence) -> SidePoints:
        if brow and found.brow is not None:
            side = _marked(dataclasses.replace(side, brow=found.brow.centre_line), Region.BROW)
        if lids and found.lids is not None:
            side = _marked(
                dataclasses.replace(side, upper_lid=found.lids.upper, lower_lid=found.lids.lower), Region.LIDS
            )
        elif not lids and mirrored is not None:
            side = dataclasses.replace(
                side,
                upper_lid=mirrored.upper_lid,
                lower_lid=mirrored.lower_lid,
                methods={**side.methods, Region.LIDS: Method.HEMIFACE},
            )
        if mouth and found.mouth is not None:
            steadied = found.mouth if mirrored is None else _steadied(found.mouth, mirrored, share)
            side = _with_mouth(side, steadied)
        elif not mouth and mirrored is not None:
            side = _with_corner(side, mirrored.commissure)
        return side

    return dataclasses.replace(
        direct,
        left=refined(direct.left, None if hemiface is None else hemiface.left, left),
        right=refined(direct.right, None if hemiface is None else hemiface.right, right),
    )


def _marked(side: SidePoints, *regions: Region) -> SidePoints:
    return dataclasses.replace(side, methods={**side.methods, **dict.fromkeys(regions, Method.REFINED)})


def _hemiface_share(left: RefinedMouthSide | None, right: RefinedMouthSide | None) -> float:
    """The same for both sides, by the side that shows its lips less clearly."""
    if left is None or right is None:
        return MOST_HEMIFACE_SHARE
    missing = CLEAR_LIPS - min(left.separation, right.separation)
    return float(np.clip(HEMIFACE_SHARE + SHARE_PER_D_PRIME * missing, HEMIFACE_SHARE, MOST_HEMIFACE_SHARE))


def _steadied(found: RefinedMouthSide, hemiface: SidePoints, share: float) -> RefinedMouthSide:
    """The corner that the colours show, drawn a little toward the hemiface reading.

    The two err independently, so their weighted mean scatters less than either.
    """
    corner = (1 - share) * found.commissure + share * hemiface.commissure
    return dataclasses.replace(
        found,
        commissure=corner,
        upper_border=np.vstack([found.upper_border[:-1], corner]),
        lower_border=np.vstack([found.lower_border[:-1], corner]),
    )


def _with_corner(side: SidePoints, commissure: Array) -> SidePoints:
    """The network's lips with their end drawn to another corner."""
    moved = commissure - side.commissure
    return dataclasses.replace(
        side,
        commissure=commissure,
        upper_lip_outer=_dragged(side.upper_lip_outer, moved),
        upper_lip_inner=_dragged(side.upper_lip_inner, moved),
        lower_lip_inner=_dragged(side.lower_lip_inner, moved),
        lower_lip_outer=_dragged(side.lower_lip_outer, moved),
        methods={**side.methods, Region.COMMISSURE: Method.HEMIFACE},
    )


def _with_mouth(side: SidePoints, found: RefinedMouthSide) -> SidePoints:
    moved = found.commissure - side.commissure
    mouth = dataclasses.replace(
        side,
        commissure=found.commissure,
        upper_lip_outer=_inner_part_then(side.upper_lip_outer, found.upper_border),
        lower_lip_outer=_inner_part_then(side.lower_lip_outer, found.lower_border),
        upper_lip_inner=_dragged(side.upper_lip_inner, moved),
        lower_lip_inner=_dragged(side.lower_lip_inner, moved),
    )
    return _marked(mouth, Region.COMMISSURE, Region.LIPS)


def _inner_part_then(drawn: Array, border: Array) -> Array:
    """The network's contour up to where the refined border begins, then the border."""
    outward = border[-1] - drawn[0]
    reach = float(outward @ outward)
    along = (drawn - drawn[0]) @ outward / reach
    begins = float((border[0] - drawn[0]) @ outward / reach)
    return np.vstack([drawn[along < begins], border])


def _dragged(contour: Array, moved: Array) -> Array:
    """Move the end of a contour and let the rest follow, less and less toward the midline."""
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(contour, axis=0), axis=1))])
    share = (length / length[-1]) ** 2 if length[-1] > 0 else np.zeros_like(length)
    dragged: Array = contour + share[:, None] * moved
    return dragged
