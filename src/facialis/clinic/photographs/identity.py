"""Proportions of bony distances of a face at rest, to notice a photograph of another person.

`docs/explanation/another-person.md` says how often they notice one, and how often they ask in vain.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from facialis.measurement.points import Array, FacePoints

LIMITS_FILE = "identity_limits.toml"
"""Written by ``tools/study_identity.py``."""


@dataclass(frozen=True, eq=False)
class Limits:
    """How far photographs of one person differ."""

    names: tuple[str, ...]
    covariance: NDArray[np.float64]
    """Of the logarithms of the ratios, between photographs of one person."""
    threshold: float
    """Of the mean squared, whitened difference, above which it is asked whether it is another person."""


def identity_of(points: FacePoints) -> dict[str, float]:
    """Scale-free proportions of a face at rest.

    Parameters
    ----------
    points : FacePoints     In any pixels. [px]

    Returns
    -------
    dict                    Name to ratio to the distance between the outer canthi; heights from their line.
                            Neither lids, brows nor lips, which a palsy and toxin move.
    """
    left, right = points.left, points.right
    across = left.lateral_canthus - right.lateral_canthus
    unit = float(np.linalg.norm(across))
    middle = (left.lateral_canthus + right.lateral_canthus) / 2
    down = np.array([-across[1], across[0]]) / unit

    def below(point: Array) -> float:
        return float((point - middle) @ down) / unit

    return {
        "inner_canthi": float(np.linalg.norm(left.medial_canthus - right.medial_canthus)) / unit,
        "nose_width": float(np.linalg.norm(left.ala - right.ala)) / unit,
        "nose_length": below(points.subnasale),
        "nose_tip": below(points.nose_tip),
        "nostrils": below((left.ala + right.ala) / 2),
        "chin": below(points.chin),
    }


def distance(identity: Mapping[str, float], earlier: Sequence[Mapping[str, float]]) -> float | None:
    """How unlike a face is to earlier ones of a person: about 1 for the same person.

    Returns
    -------
    float or None   Mean squared difference in units of its sd; None where nothing can be compared.
    """
    found = _difference(identity, earlier)
    if found is None:
        return None
    difference, count = found
    expected = limits().covariance * (1.0 + 1.0 / count)
    return float(difference @ np.linalg.solve(expected, difference)) / len(difference)


def differs(identity: Mapping[str, float], earlier: Sequence[Mapping[str, float]]) -> str | None:
    """A question where a face at rest is unlike those of earlier visits, else None.

    Parameters
    ----------
    identity : mapping      Of the new photograph, by `identity_of`.
    earlier : sequence      Of photographs of other visits that count; without one there is no question.
    """
    found, how_far = _difference(identity, earlier), distance(identity, earlier)
    if found is None or how_far is None or how_far <= limits().threshold:
        return None
    difference, count = found
    sd = np.sqrt(np.diag(limits().covariance) * (1.0 + 1.0 / count))
    worst = int(np.argmax(np.abs(difference) / sd))
    return _(
        "Is this the same person? The face at rest has other proportions than in earlier visits: most of "
        "all, %(what)s differs by %(percent)s %%. Compare the photographs."
    ) % {"what": _words()[limits().names[worst]], "percent": f"{100 * abs(np.expm1(difference[worst])):.0f}"}


@cache
def limits() -> Limits:
    """The table beside this module."""
    table = tomllib.loads(files(__package__ or "").joinpath(LIMITS_FILE).read_text())
    return Limits(tuple(table["names"]), np.array(table["covariance"]), float(table["threshold"]))


def _difference(
    identity: Mapping[str, float], earlier: Sequence[Mapping[str, float]]
) -> tuple[NDArray[np.float64], int] | None:
    """Of the logarithms, from the mean of the earlier ones; and how many those are."""
    names = limits().names
    rows = [
        [person[name] for name in names]
        for person in (identity, *earlier)
        if all(person.get(name, 0.0) > 0.0 for name in names)
    ]
    if len(rows) < 2 or any(identity.get(name, 0.0) <= 0.0 for name in names):
        return None
    logs = np.log(np.array(rows))
    return logs[0] - logs[1:].mean(axis=0), len(rows) - 1


def _words() -> dict[str, str]:
    return {
        "inner_canthi": _("the distance between the inner corners of the eyes"),
        "nose_width": _("the width of the nose"),
        "nose_length": _("the length of the nose"),
        "nose_tip": _("the height of the tip of the nose"),
        "nostrils": _("the height of the nostrils"),
        "chin": _("the height of the chin"),
    }
