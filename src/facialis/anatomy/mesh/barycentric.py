"""A place on the face, said so that it can be found again on any other face."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.mesh import mirror_partner
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError

MESH_POINTS = 478
"""Points of the mesh: 468 of the skin and two irises of five."""

WEIGHT_SUM_TOLERANCE = 1e-12
"""Tables write weights as decimals that add up to exactly 1; binary numbers come this close."""


class PlaceError(FacialisError):
    """A place on the mesh that is not one."""

    code = "bad_mesh_place"


@dataclass(frozen=True)
class BarycentricPoint:
    """A place as the weighted mean of three mesh points.

    Attributes
    ----------
    corners : tuple     Three different indices of the mesh, 0-477.
    weights : tuple     Their weights, which add up to 1. A weight below 0 means that the place lies
                        beyond the three corners: it is an extrapolation. [1]
    """

    corners: tuple[int, int, int]
    weights: tuple[float, float, float]

    def __post_init__(self) -> None:
        if len(set(self.corners)) != 3 or any(not 0 <= corner < MESH_POINTS for corner in self.corners):
            raise PlaceError(
                f"The corners {self.corners} are not three different points of the mesh. Allowed are the "
                f"indices 0 to {MESH_POINTS - 1}. Name three of them."
            )
        if any(not math.isfinite(weight) for weight in self.weights):
            raise PlaceError(f"The weights {self.weights} are not all finite numbers. Give three numbers.")
        if abs(math.fsum(self.weights) - 1.0) > WEIGHT_SUM_TOLERANCE:
            raise PlaceError(
                f"The weights {self.weights} add up to {math.fsum(self.weights)}, not to 1. Correct them."
            )

    @property
    def is_extrapolated(self) -> bool:
        """Whether the place lies outside its three corners."""
        return any(weight < 0.0 for weight in self.weights)

    def mirrored(self) -> "BarycentricPoint":
        """Return the same place on the other side of the face."""
        partner = mirror_partner()
        first, second, third = (int(partner[corner]) for corner in self.corners)
        return BarycentricPoint((first, second, third), self.weights)

    def on(self, side: Side) -> "BarycentricPoint":
        """Return a place that is written for the RIGHT as it lies on a side."""
        return self if side is Side.RIGHT else self.mirrored()


def place(point: BarycentricPoint, positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where a place lies on a face: in mm, in pixels, flat or in depth, as the face is given.

    Parameters
    ----------
    point : BarycentricPoint
    positions : (478, 2) or (478, 3)    Points of any face in the order of the mesh. [any unit]

    Returns
    -------
    (2,) or (3,)                        The place in the same frame. [unit of `positions`]

    Raises
    ------
    PlaceError      `positions` has another shape, or a corner is not finite.
    """
    check_positions(positions)
    corners = positions[list(point.corners)]
    if not np.isfinite(corners).all():
        raise PlaceError(
            f"At least one of the mesh points {point.corners} is not finite. All three are needed. "
            "Detect the face again or place its points by hand."
        )
    first, second, third = point.weights
    position: NDArray[np.float64] = first * corners[0] + second * corners[1] + third * corners[2]
    return position


def check_positions(positions: NDArray[np.float64]) -> None:
    """Raise PlaceError unless the points are those of a whole mesh, flat or in depth."""
    if positions.shape not in {(MESH_POINTS, 2), (MESH_POINTS, 3)}:
        raise PlaceError(
            f"The points have the shape {positions.shape}. Allowed are ({MESH_POINTS}, 2) and "
            f"({MESH_POINTS}, 3). Give all points of the mesh, irises last."
        )
