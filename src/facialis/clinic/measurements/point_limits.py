"""Points that a person cannot have meant: far from the face's own, or across its midline.

A point that slips to the edge of the picture makes a measure of many mm that nothing else would notice.
"""

import numpy as np
from django.utils.translation import gettext as _

from facialis.anatomy.sides import Side
from facialis.clinic.kernel.errors import FieldsError
from facialis.measurement.points import Array, FacePoints
from facialis.vision.backends.manual_points import ManualFace

OUTER_CANTHI_MM = 92.0
"""Between the lateral canthi of an adult, about: only for limits as coarse as these."""
MOST_MOVED_MM = 25.0
"""From where the detector found it."""
MOST_ACROSS_MM = 10.0
"""Beyond the midline, and beyond what the detector found there: a palsied mouth is drawn over."""


def require_plausible(face: ManualFace, found: FacePoints) -> None:
    """Refuse what a person placed where it cannot be; raises `FieldsError` for ``points``.

    Parameters
    ----------
    face : ManualFace       Only what was placed is looked at.
    found : FacePoints      As the detector found them: the measure of both limits.
    """
    for side, points in face.sides.items():
        for name, value in points.items():
            detected = getattr(found.side(side), name)
            if value is None or detected is None or name == "iris_diameter":
                continue
            words = f"{_(side.label)} {_(name.replace('_', ' '))}"
            _require_near(words, np.asarray(value), detected, found)
            _require_own_side(words, np.asarray(value), detected, side, found)
    for name, point in face.midline.items():
        _require_near(_(name.replace("_", " ")), point, getattr(found, name), found)


def _require_near(words: str, placed: Array, detected: Array, found: FacePoints) -> None:
    placed, detected = placed.reshape(-1, 2), detected.reshape(-1, 2)
    if placed.shape == detected.shape:
        distances = np.linalg.norm(placed - detected, axis=1)
    else:  # a contour of more or fewer points
        distances = np.linalg.norm(placed[:, None] - detected[None], axis=2).min(axis=1)
    moved = float(distances.max()) / _px_per_mm(found)
    if moved > MOST_MOVED_MM:
        _refuse(
            _(
                "%(name)s lies about %(mm)d mm from where it was found; at most %(most)d mm are possible. "
                "Move it back, or take the photograph again if the face was not found."
            )
            % {"name": words, "mm": round(moved), "most": MOST_MOVED_MM}
        )


def _require_own_side(words: str, placed: Array, detected: Array, side: Side, found: FacePoints) -> None:
    across, before = _across_mm(placed, side, found), _across_mm(detected, side, found)
    if across > MOST_ACROSS_MM + max(before, 0.0):
        _refuse(
            _(
                "%(name)s lies about %(mm)d mm across the midline of the face. The patient's RIGHT is on "
                "the left of the screen: move it to its own side."
            )
            % {"name": words, "mm": round(across)}
        )


def _across_mm(points: Array, side: Side, found: FacePoints) -> float:
    """How far the farthest point lies on the other side of the face, square to the line of the eyes."""
    axis = found.left.lateral_canthus - found.right.lateral_canthus
    middle = (found.left.lateral_canthus + found.right.lateral_canthus) / 2
    toward_left = (points.reshape(-1, 2) - middle) @ (axis / np.linalg.norm(axis)) / _px_per_mm(found)
    return float((-toward_left if side is Side.LEFT else toward_left).max())


def _px_per_mm(found: FacePoints) -> float:
    return float(np.linalg.norm(found.left.lateral_canthus - found.right.lateral_canthus)) / OUTER_CANTHI_MM


def _refuse(sentence: str) -> None:
    raise FieldsError({"points": sentence})
