"""A whole result of a small set, without any picture."""

from functools import cache

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.measurement.findings import Finding, Severity
from facialis.measurement.noise import PointNoise
from facialis.measurement.photo import measure_photo
from facialis.measurement.photo_set import measure_set
from facialis.measurement.points import HeadPose
from facialis.measurement.scale import scale_from_iris
from facialis.report.model import BackendName, PhotoError, PhotoResult, SetResult
from tests.factories.faces import FaceShape, HalfFace, make_face

WEAK_LEFT = {
    Expression.REST: FaceShape(),
    Expression.OPEN_SMILE: FaceShape(
        left=HalfFace(commissure=(26.0, -65.0), upper_lid=1.0, lower_lid=2.0, lip_gap=6.0),
        right=HalfFace(commissure=(32.0, -58.0), lip_gap=6.0),
    ),
    Expression.GENTLE_EYE_CLOSURE: FaceShape(left=HalfFace(eye_open=False), right=HalfFace(eye_open=False)),
}


def photo_result(expression: Expression | None, *, file: str | None = None) -> PhotoResult:
    """One measured photograph of the patient with the weak LEFT side."""
    scale, measures = _measured(WEAK_LEFT.get(expression or Expression.REST, FaceShape()))
    return PhotoResult(
        file=file or f"{expression}.jpg",
        expression=expression,
        mirrored=Mirrored.NO,
        backend="face_mesh_worker",
        scale=scale,
        pose=HeadPose(1.0, -2.0, 0.5),
        findings=(Finding("blur", Severity.WARN, "The face is blurred.", 0.1, 0.145),),
        measures=measures,
    )


@cache
def _measured(shape):
    """Scale and measures of a face; several modules of tests ask for the same when they are collected."""
    points = make_face(shape)
    scale = scale_from_iris(points)
    return scale, measure_photo(points, scale=scale, point_noise=PointNoise(0.5))


def refused_result(file: str = "empty.jpg") -> PhotoResult:
    """A photograph that was not measured."""
    return PhotoResult(file, None, Mirrored.NO, error=PhotoError("empty_file", f"'{file}' is empty."))


def set_result(*photos: PhotoResult) -> SetResult:
    """The photographs together, the patient's LEFT side being palsied."""
    told = [(photo.expression, photo.measures) for photo in photos if photo.expression and not photo.error]
    return SetResult(
        photos, measure_set(told, affected=Side.LEFT), (BackendName("face_mesh_worker", "0.10.21", "0" * 64),)
    )
