"""Points that a clinician gave: a few that correct the automatic ones, or a whole face.

Coordinates are pixels of the upright, unmirrored picture, as in `measurement.points`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.measurement.points import FacePoints, Method, Region, SidePoints

FORMAT = "facialis-manual-points"
FORMAT_VERSION = 1

MIDLINE_NAMES = ("nasion", "nose_tip", "subnasale", "philtrum", "chin")
REGION_OF = MappingProxyType(
    {
        "brow": Region.BROW,
        "upper_lid": Region.LIDS,
        "lower_lid": Region.LIDS,
        "medial_canthus": Region.LIDS,
        "lateral_canthus": Region.LIDS,
        "iris_centre": Region.IRIS,
        "iris_diameter": Region.IRIS,
        "ala": Region.ALA,
        "commissure": Region.COMMISSURE,
        "upper_lip_outer": Region.LIPS,
        "upper_lip_inner": Region.LIPS,
        "lower_lip_inner": Region.LIPS,
        "lower_lip_outer": Region.LIPS,
        "nasolabial": Region.NASOLABIAL,
    }
)
"""The names that a side may carry in the file: those of `SidePoints`."""
REGION_OF_MIDLINE = MappingProxyType(
    {"subnasale": Region.MIDLINE, "philtrum": Region.LIPS, "chin": Region.CHIN}
)
"""Of the midline points that something is measured from; they belong to both sides."""
CONTOURS = frozenset(
    {"brow", "upper_lid", "lower_lid", "nasolabial"}
    | {f"{lip}_lip_{edge}" for lip in ("upper", "lower") for edge in ("outer", "inner")}
)
MAY_BE_ABSENT = frozenset({"iris_centre", "iris_diameter"})
FEWEST_CONTOUR_POINTS = 3
LARGEST_COORDINATE_PX = 100_000

Value = NDArray[np.float64] | float | None


class ManualPointsError(FacialisError):
    """A file of manual points that cannot be used as it is."""

    code = "manual_points_invalid"


@dataclass(frozen=True)
class ManualFace:
    """What a clinician placed on one photograph, with who and when."""

    file: str
    """Name of the photograph, without its folder."""
    sides: Mapping[Side, Mapping[str, Value]]
    midline: Mapping[str, NDArray[np.float64]]
    by: str | None = None
    at: str | None = None
    """ISO 8601, as written in the file."""
    image_sha256: str | None = None
    """Digest of the pixels that the points were placed on; None when the file does not say."""

    def correct(self, automatic: FacePoints) -> FacePoints:
        """The automatic points with those that were given put in their place; the input is unchanged."""
        sides = {side: self._corrected_side(automatic.side(side), side) for side in Side}
        return replace(automatic, left=sides[Side.LEFT], right=sides[Side.RIGHT], **self.midline)

    def complete(self) -> FacePoints:
        """All points, where the clinician gave a whole face.

        Raises
        ------
        ManualPointsError
            If some are missing; the message lists them.
        """
        wanted = [f"{side.value}.{name}" for side in Side for name in REGION_OF if name not in MAY_BE_ABSENT]
        given = {f"{side.value}.{name}" for side, points in self.sides.items() for name in points}
        missing = [name for name in [*wanted, *MIDLINE_NAMES] if name not in given | self.midline.keys()]
        if missing:
            raise ManualPointsError(
                f"The manual points of {self.file} lack {', '.join(missing)}. Without automatic points "
                "all are needed: add them, or use the file to correct a detected face."
            )
        left, right = (self._whole_side(side) for side in (Side.LEFT, Side.RIGHT))
        if left.lateral_canthus[0] <= right.lateral_canthus[0]:
            raise ManualPointsError(
                f"The manual points of {self.file} have the patient's LEFT eye at smaller x than the RIGHT. "
                "In an unmirrored picture the patient's LEFT lies on the right: exchange the sides, "
                "or turn the mirrored picture round first."
            )
        return FacePoints(left=left, right=right, **self.midline)

    def _corrected_side(self, automatic: SidePoints, side: Side) -> SidePoints:
        given = dict(self.sides.get(side, {}))
        placed = [
            *(REGION_OF[name] for name in given),
            *(REGION_OF_MIDLINE[name] for name in self.midline if name in REGION_OF_MIDLINE),
        ]
        methods = {**automatic.methods, **dict.fromkeys(placed, Method.MANUAL)}
        return replace(automatic, **given, methods=methods)  # type: ignore[arg-type]

    def _whole_side(self, side: Side) -> SidePoints:
        values: dict[str, Any] = {"iris_centre": None, "iris_diameter": None, **self.sides[side]}
        return SidePoints(**values, methods=dict.fromkeys(Region, Method.MANUAL))


def read_manual_points(path: Path) -> list[ManualFace]:
    """Read a file of manual points.

    Parameters
    ----------
    path : Path
        JSON: ``{"format": "facialis-manual-points", "version": 1, "photos": [{"file", "by", "at",
        "image_sha256", "points": {"left": {...}, "right": {...}, "nasion": [x, y], ...}}]}`` with the
        names of `SidePoints` and `FacePoints`; a contour is a list of [x, y]. Any may be left out.

    Raises
    ------
    ManualPointsError
        If the file cannot be read or says something that has no meaning.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ManualPointsError(f"The manual points {path.name} cannot be read: {fault}.") from fault
    known = {"format": FORMAT, "version": FORMAT_VERSION}
    if not isinstance(content, dict) or {name: content.get(name) for name in known} != known:
        raise ManualPointsError(
            f'{path.name} is not a file of manual points: it must begin with "format": "{FORMAT}", '
            f'"version": {FORMAT_VERSION}.'
        )
    photos = content.get("photos")
    if not isinstance(photos, list) or not all(isinstance(photo, dict) for photo in photos):
        raise ManualPointsError(f'{path.name} needs a list of objects under "photos".')
    return [manual_face(photo) for photo in photos]


def manual_face(photo: Mapping[str, Any]) -> ManualFace:
    """Read one entry of ``photos``; raises `ManualPointsError`."""
    file = photo.get("file")
    points = photo.get("points")
    if not isinstance(file, str) or not isinstance(points, dict):
        raise ManualPointsError('Each photo in a file of manual points needs "file" and "points".')
    unknown = points.keys() - {side.value for side in Side} - set(MIDLINE_NAMES)
    if unknown:
        allowed = ", ".join(("left", "right", *MIDLINE_NAMES))
        raise ManualPointsError(f"{file}: unknown points {sorted(unknown)}; allowed are {allowed}.")
    return ManualFace(
        file=file,
        sides={side: _side(file, side, points[side.value]) for side in Side if side.value in points},
        midline={name: _point(file, name, points[name]) for name in MIDLINE_NAMES if name in points},
        by=photo.get("by"),
        at=photo.get("at"),
        image_sha256=photo.get("image_sha256"),
    )


def _side(file: str, side: Side, points: object) -> dict[str, Value]:
    if not isinstance(points, dict) or points.keys() - REGION_OF.keys():
        found = sorted(points.keys() - REGION_OF.keys()) if isinstance(points, dict) else points
        raise ManualPointsError(
            f"{file}: the {side.label} side has {str(found)[:80]}; allowed are {', '.join(REGION_OF)}."
        )
    return {name: _value(file, f"{side.value}.{name}", name, value) for name, value in points.items()}


def _value(file: str, full_name: str, name: str, value: object) -> Value:
    if value is None and name in MAY_BE_ABSENT:
        return None
    if name == "iris_diameter":
        return float(_numbers(file, full_name, value, (), "one number of pixels"))
    if name in CONTOURS:
        wanted = f"a list of at least {FEWEST_CONTOUR_POINTS} [x, y]"
        return _numbers(file, full_name, value, (None, 2), wanted)
    return _point(file, full_name, value)


def _point(file: str, name: str, value: object) -> NDArray[np.float64]:
    return _numbers(file, name, value, (2,), "[x, y]")


def _numbers(
    file: str, name: str, value: object, shape: tuple[int | None, ...], wanted: str
) -> NDArray[np.float64]:
    try:
        numbers = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        numbers = np.array(np.nan)
    fits = numbers.ndim == len(shape) and all(
        want in {None, got} for want, got in zip(shape, numbers.shape, strict=True)
    )
    long_enough = None not in shape or numbers.size >= 2 * FEWEST_CONTOUR_POINTS
    if not fits or not long_enough or not (np.abs(numbers) <= LARGEST_COORDINATE_PX).all():
        raise ManualPointsError(f"{file}: {name} must be {wanted} in pixels; found {str(value)[:80]}.")
    return numbers
