"""The gate itself: before the points are named, after it, and against the photograph at rest."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored
from facialis.measurement.findings import Finding, Severity
from facialis.measurement.points import FacePoints, HeadPose
from facialis.vision.backends.protocol import FaceObservation
from facialis.vision.quality import limits
from facialis.vision.quality.checks import (
    check_light,
    check_pose,
    check_position,
    check_sharpness,
    check_size,
)
from facialis.vision.quality.geometry import eye_opening_ratio, mouth_opening_ratio
from facialis.vision.quality.movement import movement_against

_CLOSURES = frozenset({Expression.GENTLE_EYE_CLOSURE, Expression.TIGHT_EYE_CLOSURE})
_OPEN_MOUTH = frozenset({Expression.OPEN_SMILE, Expression.LOWER_TEETH_SHOW})
_CLOSED_MOUTH = frozenset({Expression.REST, Expression.CLOSED_SMILE})


def is_refused(findings: Iterable[Finding]) -> bool:
    """Whether any finding forbids measuring the photograph."""
    return any(finding.severity is Severity.REFUSE for finding in findings)


def gate_photo(image_rgb: NDArray[np.uint8], faces: Sequence[FaceObservation]) -> list[Finding]:
    """Check what can be known before points are named: exactly one face.

    Parameters
    ----------
    image_rgb : (h, w, 3)       The picture.
    faces : sequence            Every face that the backend saw, the largest first.

    Returns
    -------
    list[Finding]               ``no_face``, ``several_faces`` or ``background_face``; empty when all is well.
    """
    sure = [face for face in faces if face.score >= limits.FACE_SCORE_MIN]
    if not sure:
        best = max((face.score for face in faces), default=0.0)
        height, width = image_rgb.shape[:2]
        return [
            Finding(
                "no_face",
                Severity.REFUSE,
                f"No human face was found in this picture of {width} x {height} px (best score {best:.2f}; "
                "allowed "
                f"from {limits.FACE_SCORE_MIN:.1f}). Allowed is one face from the front, upright, that "
                "fills a third "
                "of the picture or more. Give such a photograph.",
                best,
                limits.FACE_SCORE_MIN,
            )
        ]
    # A face without a mesh (points given by hand) has no size here; two of them are still two.
    sizes = sorted((_size_px(face) for face in sure), reverse=True)
    large = [size for size in sizes if size >= limits.SECOND_FACE_SIZE_MIN * sizes[0]]
    if len(large) > 1:
        return [
            Finding(
                "several_faces",
                Severity.REFUSE,
                f"{len(large)} faces were found. Allowed is one: nobody may guess who the patient is. Crop "
                "the "
                "picture to the patient.",
                float(len(large)),
                1.0,
            )
        ]
    if len(sizes) > 1:
        return [
            Finding(
                "background_face",
                Severity.NOTE,
                f"A second, much smaller face ({100 * sizes[1] / sizes[0]:.0f} % of the size) is in the "
                "background; "
                "the large one was measured. Crop the picture to the patient.",
                sizes[1] / sizes[0],
                limits.SECOND_FACE_SIZE_MIN,
            )
        ]
    return []


def gate_points(
    image_rgb: NDArray[np.uint8],
    points: FacePoints,
    pose: HeadPose,
    expression: Expression | None,
    mirrored: Mirrored,
) -> list[Finding]:
    """Check the picture of a face whose points are named.

    Parameters
    ----------
    image_rgb : (h, w, 3)   The picture, turned round already if it was mirrored.
    points : FacePoints     Its points. [px]
    pose : HeadPose         Rotation of the head. [deg]
    expression              What the patient was asked to do, when known.
    mirrored : Mirrored     What is known about mirroring.

    Returns
    -------
    list[Finding]           The gravest first.
    """
    findings = [
        *check_position(image_rgb, points),
        *check_pose(pose, expression),
        *check_size(points),
        *check_sharpness(image_rgb, points),
        *check_light(image_rgb, points),
        *_check_expression(points, expression),
        *_check_mirror(mirrored),
    ]
    gravity = list(Severity)
    return sorted(findings, key=lambda finding: gravity.index(finding.severity))


def gate_against_rest(points: FacePoints, rest: FacePoints, expression: Expression) -> list[Finding]:
    """Suspect a wrong expression when NEITHER side moved what the expression moves.

    Parameters
    ----------
    points : FacePoints     The photograph of the expression. [px]
    rest : FacePoints       The photograph at rest; scale and position may differ. [px]
    expression              What the patient was asked to do.
    """
    moved = movement_against(points, rest, expression)
    if moved is None or moved >= limits.MOVEMENT_MIN:
        return []
    words = expression.replace("_", " ")
    return [
        Finding(
            "wrong_expression_suspected",
            Severity.WARN,
            f"The photograph is said to show '{words}', but against rest neither side moved "
            f"({100 * moved:.1f} % of the distance between the outer eye corners; expected from "
            f"{100 * limits.MOVEMENT_MIN:.1f} %). Check which photograph it is; in a palsy of both sides "
            "it may be "
            "right.",
            moved,
            limits.MOVEMENT_MIN,
        )
    ]


def _size_px(face: FaceObservation) -> float:
    """The longer side of the box round a face."""
    return float(np.max(np.ptp(face.points_px[:, :2], axis=0))) if face.points_px.size else 0.0


def _check_expression(points: FacePoints, expression: Expression | None) -> list[Finding]:
    """Contradictions that a single photograph shows on BOTH sides: a paralysed side proves nothing."""
    if expression is None:
        return []
    eyes = sorted(eye_opening_ratio(side) for side in (points.left, points.right))
    mouth = mouth_opening_ratio(points)
    if expression in _CLOSURES and eyes[0] > limits.EYE_OPEN_RATIO:
        return [_wrong_expression(expression, "both eyes are open", eyes[0], limits.EYE_OPEN_RATIO)]
    if expression is Expression.REST and eyes[1] < limits.EYE_CLOSED_RATIO:
        return [_wrong_expression(expression, "both eyes are closed", eyes[1], limits.EYE_CLOSED_RATIO)]
    if expression in _CLOSED_MOUTH and mouth > limits.MOUTH_OPEN_RATIO:
        return [_wrong_expression(expression, "the mouth is open", mouth, limits.MOUTH_OPEN_RATIO)]
    if expression in _OPEN_MOUTH and mouth < limits.MOUTH_CLOSED_RATIO:
        return [_wrong_expression(expression, "the lips touch", mouth, limits.MOUTH_CLOSED_RATIO)]
    return []


def _wrong_expression(expression: Expression, seen: str, value: float, limit: float) -> Finding:
    words = expression.replace("_", " ")
    return Finding(
        "wrong_expression_suspected",
        Severity.WARN,
        f"The photograph is said to show '{words}', but {seen} (opening {value:.2f} of the width; the "
        "limit is "
        f"{limit:.2f}). Check which photograph it is.",
        value,
        limit,
    )


def _check_mirror(mirrored: Mirrored) -> list[Finding]:
    if mirrored is not Mirrored.UNKNOWN:
        return []
    return [
        Finding(
            "mirror_unknown",
            Severity.NOTE,
            "Nobody said whether the picture is mirrored, as most selfies are: LEFT and RIGHT hold only if "
            "it is not. "
            "Say --mirrored no (ordinary camera) or --mirrored yes.",
        )
    ]
