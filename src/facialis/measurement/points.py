"""The named points of one face that every measure is computed from.

Coordinates are image pixels of the UNMIRRORED picture: x to the right, y down, sub-pixel,
the centre of the top-left pixel at (0, 0). A picture known to be mirrored is turned round
before its points are named, so the patient's LEFT always has the larger x.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side

Array = NDArray[np.float64]


class Region(StrEnum):
    """A group of points that is detected, refined and trusted together."""

    BROW = "brow"
    LIDS = "lids"
    IRIS = "iris"
    ALA = "ala"
    COMMISSURE = "commissure"
    LIPS = "lips"
    NASOLABIAL = "nasolabial"
    MIDLINE = "midline"
    CHIN = "chin"
    """Apart from the rest of the midline: its measure is given only where a person placed it."""


class Method(StrEnum):
    """How the points of a region were found; the gain-and-noise table has a row for each."""

    NETWORK = "network"
    HEMIFACE = "hemiface"
    REFINED = "refined"
    MANUAL = "manual"
    EXACT = "exact"


@dataclass(frozen=True)
class SidePoints:
    """The points of one side of the patient. [px]

    Contours run from medial to lateral (lids, brow), from the midline to the commissure
    (lips), and from the ala downward (nasolabial fold). Lids include both canthi; lips
    include the commissure as their last point.
    """

    brow: Array
    """(n, 2) centre line of the hair-bearing brow (half way between its upper and lower edge)."""
    upper_lid: Array
    """(n, 2) margin of the upper lid, medial canthus to lateral canthus."""
    lower_lid: Array
    """(n, 2) margin of the lower lid, medial canthus to lateral canthus."""
    medial_canthus: Array
    lateral_canthus: Array
    iris_centre: Array | None
    """(2,) centre of the iris; None when the eye is closed."""
    iris_diameter: float | None
    """Horizontal diameter of the iris. [px]"""
    ala: Array
    """(2,) lowest lateral point of the nostril wing, where it meets the cheek."""
    commissure: Array
    upper_lip_outer: Array
    """(n, 2) upper vermilion border."""
    upper_lip_inner: Array
    """(n, 2) lower edge of the upper lip."""
    lower_lip_inner: Array
    """(n, 2) upper edge of the lower lip."""
    lower_lip_outer: Array
    """(n, 2) lower vermilion border."""
    nasolabial: Array
    """(n, 2) nasolabial fold from beside the ala to beside the commissure."""
    methods: Mapping[Region, Method] = field(default_factory=dict)
    """How each region was found; a region that is absent came straight from the network."""

    def method(self, region: Region) -> Method:
        """How the points of ``region`` were found."""
        return self.methods.get(region, Method.NETWORK)


@dataclass(frozen=True)
class FacePoints:
    """All named points of one face. [px]"""

    left: SidePoints
    right: SidePoints
    nasion: Array
    nose_tip: Array
    subnasale: Array
    """(2,) where the columella meets the upper lip: the nasal base."""
    philtrum: Array
    """(2,) midpoint of the upper vermilion border (the dip of Cupid's bow)."""
    chin: Array
    """(2,) menton, the lowest midline point of the chin."""

    def side(self, side: Side) -> SidePoints:
        """The points of the patient's ``side``."""
        return self.left if side is Side.LEFT else self.right


@dataclass(frozen=True)
class HeadPose:
    """Head rotation in degrees: zero when the patient faces the camera.

    yaw > 0: the patient turns toward the patient's LEFT; pitch > 0: chin up;
    roll > 0: the head tilts toward the patient's LEFT shoulder.
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
