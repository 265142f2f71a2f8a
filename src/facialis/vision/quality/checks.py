"""The single checks of the gate: each looks at one thing and says what it found."""

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.expressions import Expression
from facialis.measurement.findings import Finding, Severity
from facialis.measurement.points import FacePoints, HeadPose
from facialis.vision.quality import limits
from facialis.vision.quality.geometry import all_points, outer_canthal_distance_px
from facialis.vision.quality.sharpness import sharpness

LIGHT_SIDE_PX = 400
"""The light is judged on a face reduced to about this size."""


def check_position(image_rgb: NDArray[np.uint8], points: FacePoints) -> list[Finding]:
    """Eyes inside the picture, nothing else cut off."""
    height, width = image_rgb.shape[:2]

    def outside_px(contour: NDArray[np.float64]) -> float:
        xy = np.atleast_2d(contour)
        beyond = np.concatenate([-0.5 - xy, xy - np.array([width - 0.5, height - 0.5])])
        return float(np.max(beyond, initial=0.0))

    eyes = [
        contour
        for side in (points.left, points.right)
        for contour in (side.upper_lid, side.lower_lid, side.medial_canthus, side.lateral_canthus)
    ]
    beyond_eyes = max(outside_px(contour) for contour in eyes)
    if beyond_eyes > 0:
        return [
            Finding(
                "eyes_outside",
                Severity.REFUSE,
                f"An eye lies {beyond_eyes:.0f} px outside the picture. Allowed is 0: both eyes have to be "
                "in it, "
                "because every measure starts from them. Take the picture again with the whole face.",
                beyond_eyes,
                0.0,
            )
        ]
    beyond = outside_px(all_points(points))
    if beyond > 0:
        return [
            Finding(
                "face_cut_off",
                Severity.WARN,
                f"A part of the face lies {beyond:.0f} px outside the picture, and its points are guessed. "
                "Allowed "
                "is 0. Take the picture again from forehead to below the chin.",
                beyond,
                0.0,
            )
        ]
    return []


def check_size(points: FacePoints) -> list[Finding]:
    """Enough pixels in the face."""
    distance = outer_canthal_distance_px(points)
    if distance >= limits.OUTER_CANTHI_WARN_PX:
        return []
    refused = distance < limits.OUTER_CANTHI_MIN_PX
    limit = limits.OUTER_CANTHI_MIN_PX if refused else limits.OUTER_CANTHI_WARN_PX
    return [
        Finding(
            "face_too_small",
            Severity.REFUSE if refused else Severity.WARN,
            f"The face is small: {distance:.0f} px between the outer corners of the eyes. "
            f"{'Allowed' if refused else 'Wanted'} are at least {limit:.0f} px. Go nearer, or give the "
            "original "
            "instead of a reduced copy.",
            distance,
            limit,
        )
    ]


def check_pose(pose: HeadPose, expression: Expression | None) -> list[Finding]:
    """The head faces the camera. The nasal base view is taken with the chin up."""
    findings: list[Finding] = []
    yaw = abs(pose.yaw_deg)
    toward = "LEFT" if pose.yaw_deg > 0 else "RIGHT"
    turned = f"The head is turned {yaw:.0f} degrees toward the patient's {toward}."
    if yaw > limits.PROFILE_YAW_DEG:
        findings.append(
            Finding(
                "profile_view",
                Severity.REFUSE,
                f"{turned} This is a profile; allowed are {limits.YAW_MAX_DEG:.0f} degrees. "
                "Take a frontal picture: both ears equally visible.",
                yaw,
                limits.YAW_MAX_DEG,
            )
        )
    elif yaw > limits.YAW_MAX_DEG:
        findings.append(
            Finding(
                "yaw_beyond_limit",
                Severity.REFUSE,
                f"{turned} Allowed are {limits.YAW_MAX_DEG:.0f} degrees. Let the patient look straight "
                "into the "
                "lens: both ears equally visible.",
                yaw,
                limits.YAW_MAX_DEG,
            )
        )
    elif yaw > limits.YAW_LATERAL_MAX_DEG:
        findings.append(
            Finding(
                "lateral_needs_frontal",
                Severity.WARN,
                f"{turned} Sideways measures are allowed up to {limits.YAW_LATERAL_MAX_DEG:.0f} degrees "
                "without "
                "correction in depth; beyond, they are corrected with a larger error or withheld. Take the "
                "picture again with both ears equally visible if they matter.",
                yaw,
                limits.YAW_LATERAL_MAX_DEG,
            )
        )
    pitch = abs(pose.pitch_deg)
    if pitch > limits.PITCH_WARN_DEG and expression is not Expression.NASAL_BASE:
        refused = pitch > limits.PITCH_MAX_DEG
        limit = limits.PITCH_MAX_DEG if refused else limits.PITCH_WARN_DEG
        findings.append(
            Finding(
                "pitch_beyond_limit",
                Severity.REFUSE if refused else Severity.WARN,
                f"The chin is {pitch:.0f} degrees too {'high' if pose.pitch_deg > 0 else 'low'}. "
                f"{'Allowed' if refused else 'Wanted'} are at most {limit:.0f} degrees, because heights "
                "shrink. "
                "Hold the camera at the height of the eyes.",
                pitch,
                limit,
            )
        )
    return findings


def check_sharpness(image_rgb: NDArray[np.uint8], points: FacePoints) -> list[Finding]:
    """Edges around the eyes as steep as a focused camera gives them."""
    value = sharpness(image_rgb, points)
    if value >= limits.SHARPNESS_MIN:
        return []
    return [
        Finding(
            "blur",
            Severity.WARN,
            f"The face is blurred: sharpness {value:.3f}; wanted is at least {limits.SHARPNESS_MIN:.3f}. "
            "Lids, lips "
            "and brows cannot be found exactly. Focus on the eyes, use more light, hold the camera still.",
            value,
            limits.SHARPNESS_MIN,
        )
    ]


def check_light(image_rgb: NDArray[np.uint8], points: FacePoints) -> list[Finding]:
    """Neither dark nor burnt out, and alike on both halves."""
    patch, points_px = _face_patch(image_rgb, points)
    mask = np.zeros(patch.shape, np.uint8)
    hull = cv2.convexHull(points_px.astype(np.float32)).astype(np.int32)
    cv2.fillConvexPoly(mask, hull, 1)
    inside = mask.astype(bool)
    face = patch[inside]
    if face.size == 0:
        return []
    median = float(np.median(face))
    clipped = float(np.mean(face >= limits.CLIPPED_LEVEL))
    black = float(np.mean(face <= limits.BLACK_LEVEL))
    retake = "Take it again in even light from the front."
    if median < limits.DARK_MEDIAN_MIN or black > limits.BLACK_SHARE_MAX:
        sentence = (
            f"The face is too dark: median brightness {median:.0f} of 255, {100 * black:.0f} % of it black. "
            f"Wanted are at least {limits.DARK_MEDIAN_MIN:.0f} and at most "
            f"{100 * limits.BLACK_SHARE_MAX:.0f} %. "
        )
        return [Finding("too_dark", Severity.WARN, sentence + retake, median, limits.DARK_MEDIAN_MIN)]
    if median > limits.BRIGHT_MEDIAN_MAX or clipped > limits.CLIPPED_SHARE_MAX:
        sentence = (
            f"The face is overexposed: median brightness {median:.0f} of 255, {100 * clipped:.0f} % of it "
            "burnt out. "
            f"Wanted are at most {limits.BRIGHT_MEDIAN_MAX:.0f} and {100 * limits.CLIPPED_SHARE_MAX:.0f} %. "
        )
        return [Finding("too_bright", Severity.WARN, sentence + retake, clipped, limits.CLIPPED_SHARE_MAX)]
    return _check_evenness(patch, inside, points_px)


def _check_evenness(
    patch: NDArray[np.uint8],
    inside: NDArray[np.bool_],
    points_px: NDArray[np.float64],
) -> list[Finding]:
    """The two halves of the face on the line from the nasion to the chin."""
    # The last points of `all_points` are the midline, from the nasion to the chin.
    nasion, chin = points_px[-5], points_px[-1]
    rows, columns = np.nonzero(inside)
    beyond = (columns - nasion[0]) * (chin[1] - nasion[1]) - (rows - nasion[1]) * (chin[0] - nasion[0])
    values = patch[rows, columns]
    if not (beyond > 0).any() or not (beyond < 0).any():
        return []
    left, right = float(np.median(values[beyond > 0])), float(np.median(values[beyond < 0]))
    ratio = (max(left, right) + 1.0) / (min(left, right) + 1.0)
    if ratio <= limits.LIGHT_RATIO_MAX:
        return []
    darker = "LEFT" if left < right else "RIGHT"
    return [
        Finding(
            "uneven_light",
            Severity.WARN,
            f"The patient's {darker} half of the face is {ratio:.1f} times darker than the other. Wanted "
            "is at most "
            f"{limits.LIGHT_RATIO_MAX:.0f}. Shadows pass for folds: light the face from the front.",
            ratio,
            limits.LIGHT_RATIO_MAX,
        )
    ]


def _face_patch(
    image_rgb: NDArray[np.uint8], points: FacePoints
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """The face in grey, reduced, and all points in it."""
    xy = all_points(points)
    height, width = image_rgb.shape[:2]
    low = np.clip(np.floor(xy.min(axis=0)).astype(int), 0, [width - 1, height - 1])
    high = np.clip(np.ceil(xy.max(axis=0)).astype(int) + 1, low + 1, [width, height])
    step = max(1, int(max(high - low)) // LIGHT_SIDE_PX)
    crop = np.ascontiguousarray(image_rgb[low[1] : high[1] : step, low[0] : high[0] : step])
    grey = np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    return grey, (xy - low) / step
