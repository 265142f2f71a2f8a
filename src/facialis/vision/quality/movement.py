"""Whether anything moved that an expression should move."""

import numpy as np

from facialis.anatomy.expressions import Expression
from facialis.measurement.points import FacePoints
from facialis.vision.quality.geometry import in_eye_frame


def movement_against(points: FacePoints, rest: FacePoints, expression: Expression) -> float | None:
    """Largest movement on EITHER side of what the expression should move, in outer canthal distances.

    None where the expression has nothing to move (rest, nasal base).
    """
    largest: float | None = None
    for own, reference in ((points.left, rest.left), (points.right, rest.right)):
        pairs = {
            Expression.BROW_RAISE: [(own.brow, reference.brow)],
            Expression.GENTLE_EYE_CLOSURE: [(own.upper_lid, reference.upper_lid)],
            Expression.TIGHT_EYE_CLOSURE: [(own.upper_lid, reference.upper_lid), (own.brow, reference.brow)],
            Expression.SNARL: [(own.ala, reference.ala), (own.upper_lip_outer, reference.upper_lip_outer)],
            Expression.CLOSED_SMILE: [(own.commissure, reference.commissure)],
            Expression.OPEN_SMILE: [
                (own.commissure, reference.commissure),
                (own.lower_lip_inner, reference.lower_lip_inner),
            ],
            Expression.PUCKER: [(own.commissure, reference.commissure)],
            Expression.LOWER_TEETH_SHOW: [(own.lower_lip_inner, reference.lower_lip_inner)],
        }.get(expression, [])
        for contour, reference_contour in pairs:
            if np.shape(contour) != np.shape(reference_contour):
                continue
            shift = in_eye_frame(points, contour) - in_eye_frame(rest, reference_contour)
            moved = float(np.max(np.linalg.norm(shift, axis=1)))
            largest = moved if largest is None else max(largest, moved)
    return largest
