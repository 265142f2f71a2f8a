"""How far every muscle lies from every injection point, on the neutral face."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Bool, Float

from facialis.anatomy.injection_sites import InjectionSite, injection_target
from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.mesh.barycentric import place
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.muscle_shapes import FibreBundle, muscle_shapes
from facialis.anatomy.sides import Side
from facialis.evidence import load_values
from facialis.twin.junction.onset import PACKAGE

REACHED = (*FACIAL_MUSCLES, Muscle.LEVATOR_PALPEBRAE)
"""Muscles that toxin can reach, on each side: those of the face, then the levator of the upper lid."""

BETWEEN = 4
"""Places set between two neighbouring places of a fibre, so that a distance is not to its corners only."""


@dataclass(frozen=True)
class SiteGeometry:
    """One injection point against all muscles of both sides, in the order of `Side` and `REACHED`."""

    distances_mm: Float[np.ndarray, "side muscle"]
    is_intended: Bool[np.ndarray, "side muscle"]


@cache
def site_geometry(site: InjectionSite) -> SiteGeometry:
    """Distances from one point, and the muscles that its target means to reach.

    A point on the midline means to reach the muscles of both sides. The levator of the upper lid lies
    behind the upper preseptal part of orbicularis oculi, at the depth that the table of the spread gives.
    """
    here = place(site.place, neutral_points_mm())
    nearest = [[_distance(here, muscle, side) for muscle in REACHED] for side in Side]
    meant = injection_target(site.target).muscles
    intended = [[muscle in meant and site.side in {None, side} for muscle in REACHED] for side in Side]
    return SiteGeometry(np.array(nearest), np.array(intended))


def _distance(here: Float[np.ndarray, "3"], muscle: Muscle, side: Side) -> float:
    surface = float(np.linalg.norm(_places(muscle, side) - here, axis=1).min())
    if muscle is not Muscle.LEVATOR_PALPEBRAE:
        return surface
    return float(np.hypot(surface, load_values(PACKAGE, "junction_spread").preferred("levator_depth").number))


@cache
def _places(muscle: Muscle, side: Side) -> Float[np.ndarray, "places 3"]:
    if muscle is Muscle.LEVATOR_PALPEBRAE:
        covering = _places(Muscle.ORBICULARIS_OCULI_PRESEPTAL, side)
        # Heights count from the line through the eyes: only the upper lid has this muscle.
        return covering[covering[:, 1] > 0]
    return np.concatenate([_dense(bundle, side) for bundle in muscle_shapes()[muscle].bundles])


def _dense(bundle: FibreBundle, side: Side) -> Float[np.ndarray, "places 3"]:
    """Places of a bundle's fibres, along them and across, closer than its guides give them."""
    return _refined(_refined(bundle.grid(neutral_points_mm(), side)).swapaxes(0, 1)).reshape(-1, 3)


def _refined(grid: Float[np.ndarray, "lines places 3"]) -> Float[np.ndarray, "lines denser 3"]:
    count = grid.shape[1]
    wanted = np.linspace(0, count - 1, (count - 1) * BETWEEN + 1)
    before = np.minimum(wanted.astype(int), max(count - 2, 0))
    after = np.minimum(before + 1, count - 1)
    part = (wanted - before)[:, None]
    return np.asarray(grid[:, before] * (1 - part) + grid[:, after] * part)
