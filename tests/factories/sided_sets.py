"""Measured sets of which the palsied side is plain to see, without any picture."""

from functools import cache

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.measurement.photo_set import measure_set
from facialis.measurement.scale import scale_from_iris
from facialis.report.document import to_document
from facialis.report.model import BackendName, PhotoResult, SetResult
from tests.factories.faces import FaceShape, HalfFace, make_face
from tests.factories.measures import measure_points

SMILING = HalfFace(commissure=(32.0, -58.0), lip_gap=6.0)
CLOSED = HalfFace(upper_lid=-4.9, lower_lid=5.0)

HEALTHY = {
    Expression.OPEN_SMILE: FaceShape(SMILING, SMILING),
    Expression.BROW_RAISE: FaceShape(HalfFace(brow_height=28.0), HalfFace(brow_height=28.0)),
    Expression.GENTLE_EYE_CLOSURE: FaceShape(CLOSED, CLOSED),
}
FLACCID = {
    Expression.OPEN_SMILE: FaceShape(HalfFace(commissure=(26.0, -65.0), lip_gap=6.0), SMILING),
    Expression.BROW_RAISE: FaceShape(HalfFace(), HalfFace(brow_height=28.0)),
    Expression.GENTLE_EYE_CLOSURE: FaceShape(HalfFace(upper_lid=1.0), CLOSED),
}
"""The LEFT side hardly moves."""
_NARROW = FaceShape(HalfFace(upper_lid=0.5, lower_lid=3.0), HalfFace())
SYNKINETIC = {
    **HEALTHY,
    Expression.OPEN_SMILE: FaceShape(
        HalfFace(upper_lid=0.5, lower_lid=3.0, commissure=(28.0, -63.0), lip_gap=6.0), SMILING
    ),
    **dict.fromkeys(
        (Expression.CLOSED_SMILE, Expression.SNARL, Expression.PUCKER, Expression.LOWER_TEETH_SHOW), _NARROW
    ),
}
"""The LEFT eye narrows with the mouth, and the LEFT smile lags."""
SMILE_ALONE = {**HEALTHY, Expression.OPEN_SMILE: FLACCID[Expression.OPEN_SMILE]}
AT_ODDS = {**FLACCID, Expression.BROW_RAISE: FLACCID[Expression.BROW_RAISE].mirrored()}
"""Smile and closure are weak on the LEFT, the brow just as much on the RIGHT."""
UNEVEN = {
    **HEALTHY,
    Expression.REST: FaceShape(HalfFace(brow_height=23.0, commissure=(25.0, -65.4)), HalfFace()),
}
"""As many healthy faces are."""


@cache
def _photographs(name, mirrored):
    shapes = globals()[name]
    scale = scale_from_iris(make_face(FaceShape()))
    found = []
    for expression in NINE_PHOTOGRAPHS:
        shape = shapes.get(expression, shapes.get(Expression.REST, FaceShape()))
        points = make_face(shape.mirrored() if mirrored else shape)
        measures = measure_points(points, scale=scale)
        found.append(
            PhotoResult(f"{expression.value}.jpg", expression, Mirrored.NO, "recorded", measures=measures)
        )
    return tuple(found)


def sided_document(name: str, affected: Side | None, *, mirrored: bool = False):
    """The document of a set, by the name of its constant, measured for a recorded side."""
    photos = _photographs(name, mirrored)
    told = measure_set([(photo.expression, photo.measures) for photo in photos], affected=affected)
    return to_document(SetResult(photos, told, (BackendName("recorded", "1", "0" * 64),)))
