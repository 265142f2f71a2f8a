"""How each muscle runs over the face, as guiding fibres on the mesh."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.mesh.barycentric import BarycentricPoint, place
from facialis.anatomy.mesh.place_cells import path_of
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.evidence import Citation, Row, load_rows

TABLES = "facialis.anatomy.tables"


class NoShapeError(FacialisError):
    """A muscle whose course is not on the mesh."""

    code = "no_muscle_shape"


@dataclass(frozen=True)
class FibreBundle:
    """A part of a muscle whose fibres run side by side, on the RIGHT.

    The first places of the guides are the line of origin, the last places that of insertion. In a
    ring muscle the fibres run around the eye or the mouth and both lines lie on the ring.
    """

    name: str
    guides: tuple[tuple[BarycentricPoint, ...], ...]
    """From the medial or upper edge to the other; every guide has as many places as the first."""

    def grid(self, positions: NDArray[np.float64], side: Side) -> NDArray[np.float64]:
        """Return the places of all guides on a face.

        Parameters
        ----------
        positions : (478, 2) or (478, 3)    Points of any face. [any unit]
        side : Side                         The patient's.

        Returns
        -------
        (guides, places, 2 or 3)            [unit of `positions`]

        Raises
        ------
        PlaceError                          `positions` has another shape or is not finite.
        """
        return np.array([[place(point.on(side), positions) for point in guide] for guide in self.guides])


@dataclass(frozen=True)
class MuscleShape:
    """The course of one muscle."""

    muscle: Muscle
    bundles: tuple[FibreBundle, ...]
    citation: Citation


@cache
def muscle_shapes() -> dict[Muscle, MuscleShape]:
    """Return the course of every muscle that the facial nerve drives, from the forehead down.

    Raises
    ------
    EvidenceError       The table is wrong.
    """
    rows = load_rows(TABLES, "muscle_shapes").rows
    grouped = {
        muscle: list(group) for muscle, group in groupby(rows, key=lambda row: row.choice("muscle", Muscle))
    }
    return {muscle: _shape(muscle, grouped[muscle]) for muscle in FACIAL_MUSCLES}


def muscle_shape(muscle: Muscle) -> MuscleShape:
    """Return the course of one muscle.

    Raises
    ------
    NoShapeError        The muscle is not one of the facial nerve's.
    """
    if muscle not in FACIAL_MUSCLES:
        raise NoShapeError(
            f"'{muscle.value}' has no course on the face mesh: it lies behind the lid and is never a target. "
            f"Allowed are {', '.join(FACIAL_MUSCLES)}. Choose one of them."
        )
    return muscle_shapes()[muscle]


def _shape(muscle: Muscle, rows: list[Row]) -> MuscleShape:
    bundles = tuple(
        _bundle(name, list(group)) for name, group in groupby(rows, key=lambda r: r.text("bundle"))
    )
    return MuscleShape(muscle, bundles, rows[0].citation)


def _bundle(name: str, rows: list[Row]) -> FibreBundle:
    guides = tuple(path_of(row) for row in rows)
    for row, guide in zip(rows, guides, strict=True):
        if len(guide) != len(guides[0]):
            raise row.error(f"the guide has {len(guide)} places, the first of its bundle {len(guides[0])}.")
    if len(guides) < 2 or len(guides[0]) < 2:
        raise rows[0].error("a bundle needs at least two guides of at least two places.")
    return FibreBundle(name, guides)
