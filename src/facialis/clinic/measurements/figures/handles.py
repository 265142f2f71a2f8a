"""What can be taken hold of in the editor: few handles, each with all the points that go with it.

Contours have dozens of points. A handle is a knot of its contour: the points between two knots follow
them, the more the nearer they are along the contour. Points that coincide by definition (the commissure ends
all lips, the canthi end both lids) are one handle.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from facialis.anatomy.sides import Side
from facialis.measurement.points import Array, FacePoints

SHARES = {
    "brow": (0.0, 0.25, 0.5, 0.75, 1.0),
    "upper_lid": (0.25, 0.5, 0.75),
    "lower_lid": (0.25, 0.5, 0.75),
    "upper_lip_outer": (1 / 3, 2 / 3),
    "upper_lip_inner": (0.5,),
    "lower_lip_inner": (0.5,),
    "lower_lip_outer": (1 / 3, 2 / 3),
    "nasolabial": (0.0, 1 / 3, 2 / 3, 1.0),
}
"""Where the knots of a contour lie that belong to it alone, as shares of its length."""


@dataclass(frozen=True)
class Handle:
    """One thing to take hold of."""

    id: str
    label: str
    zone: str
    """Part of the face that is enlarged for it."""
    side: str
    """``left``, ``right`` or empty."""
    refs: list[tuple[str, str, int | None]]
    """Holder (side or empty), name, and number within a contour."""
    is_size: bool = False
    """Whether it is the edge of the iris: it changes a diameter."""


@dataclass
class HandleGroup:
    """Handles of one part of one side, as the list beside the photograph shows them."""

    key: str
    label: str
    handles: list[Handle] = field(default_factory=list)


def handle_groups(points: FacePoints) -> list[HandleGroup]:
    """All handles of a face; RIGHT first, as it stands on screen-left."""
    groups = []
    for side in (Side.RIGHT, Side.LEFT):
        groups += [
            _brow(points, side),
            _eye(points, side),
            _nose(side),
            _fold(points, side),
            _lips(points, side),
        ]
    return [*groups, _midline()]


def plain_handles(groups: list[HandleGroup]) -> list[dict[str, Any]]:
    """Handles as the editor's script reads them."""
    return [
        {
            "id": handle.id,
            "label": handle.label,
            "zone": handle.zone,
            "side": handle.side,
            "refs": [list(ref) for ref in handle.refs],
            "isSize": handle.is_size,
        }
        for group in groups
        for handle in group.handles
    ]


def _knots(contour: Array, shares: tuple[float, ...]) -> list[int]:
    """Numbers of the points nearest to shares of a contour's length, each once."""
    steps = np.linalg.norm(np.diff(contour, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    found = [int(np.argmin(np.abs(along - share * along[-1]))) for share in shares]
    inner = range(len(contour))
    return sorted(set(found) & set(inner))


def _of_contour(points: FacePoints, side: Side, name: str, label: str, zone: str) -> list[Handle]:
    contour = getattr(points.side(side), name)
    own = _knots(contour, SHARES[name])
    # The ends of lids and lips belong to canthi, commissure and midline.
    if name not in {"brow", "nasolabial"}:
        own = [index for index in own if 0 < index < len(contour) - 1]
    return [
        Handle(
            f"{side.value}.{name}.{index}",
            _("%(side)s %(what)s, point %(number)d")
            % {"side": _(side.label), "what": label, "number": number},
            zone,
            side.value,
            [(side.value, name, index)],
        )
        for number, index in enumerate(own, start=1)
    ]


def _point(side: Side, name: str, label: str, zone: str, ends: list[tuple[str, int]]) -> Handle:
    refs: list[tuple[str, str, int | None]] = [(side.value, name, None)]
    refs += [(side.value, contour, index) for contour, index in ends]
    return Handle(f"{side.value}.{name}", f"{_(side.label)} {label}", zone, side.value, refs)


def _brow(points: FacePoints, side: Side) -> HandleGroup:
    zone = f"{side.value}-eye"
    return HandleGroup(
        f"{side.value}-brow",
        _("%(side)s brow") % {"side": _(side.label)},
        _of_contour(points, side, "brow", _("brow"), zone),
    )


def _eye(points: FacePoints, side: Side) -> HandleGroup:
    zone, of = f"{side.value}-eye", points.side(side)
    handles = [
        _point(side, "medial_canthus", _("inner canthus"), zone, [("upper_lid", 0), ("lower_lid", 0)]),
        *_of_contour(points, side, "upper_lid", _("upper lid"), zone),
        *_of_contour(points, side, "lower_lid", _("lower lid"), zone),
        _point(
            side,
            "lateral_canthus",
            _("outer canthus"),
            zone,
            [("upper_lid", len(of.upper_lid) - 1), ("lower_lid", len(of.lower_lid) - 1)],
        ),
    ]
    if of.iris_centre is not None and of.iris_diameter is not None:
        handles.append(_point(side, "iris_centre", _("iris, centre"), zone, []))
        handles.append(
            Handle(
                f"{side.value}.iris_diameter",
                _("%(side)s iris, edge") % {"side": _(side.label)},
                zone,
                side.value,
                [(side.value, "iris_diameter", None)],
                is_size=True,
            )
        )
    return HandleGroup(f"{side.value}-eye", _("%(side)s eye") % {"side": _(side.label)}, handles)


def _nose(side: Side) -> HandleGroup:
    return HandleGroup(
        f"{side.value}-nose",
        _("%(side)s nose") % {"side": _(side.label)},
        [_point(side, "ala", _("nostril wing"), "nose", [])],
    )


def _fold(points: FacePoints, side: Side) -> HandleGroup:
    return HandleGroup(
        f"{side.value}-fold",
        _("%(side)s nasolabial fold") % {"side": _(side.label)},
        _of_contour(points, side, "nasolabial", _("fold"), "mouth"),
    )


def _lips(points: FacePoints, side: Side) -> HandleGroup:
    of, lips = points.side(side), ("upper_lip_outer", "upper_lip_inner", "lower_lip_inner", "lower_lip_outer")
    names = {
        "upper_lip_outer": _("upper lip, border"),
        "upper_lip_inner": _("upper lip, edge"),
        "lower_lip_inner": _("lower lip, edge"),
        "lower_lip_outer": _("lower lip, border"),
    }
    ends = [(name, len(getattr(of, name)) - 1) for name in lips]
    handles = [_point(side, "commissure", _("lip corner"), "mouth", ends)]
    for name in lips:
        handles += _of_contour(points, side, name, names[name], "mouth")
    return HandleGroup(f"{side.value}-lips", _("%(side)s mouth") % {"side": _(side.label)}, handles)


def _midline() -> HandleGroup:
    def single(name: str, label: str, zone: str) -> Handle:
        return Handle(name, label, zone, "", [("", name, None)])

    def lip(name: str, label: str, *more: tuple[str, str, int | None]) -> Handle:
        refs: list[tuple[str, str, int | None]] = [(side.value, name, 0) for side in Side]
        return Handle(f"middle.{name}", label, "mouth", "", [*more, *refs])

    return HandleGroup(
        "midline",
        _("Midline"),
        [
            single("nasion", _("root of the nose"), "nose"),
            single("nose_tip", _("tip of the nose"), "nose"),
            single("subnasale", _("base of the nose"), "nose"),
            lip("upper_lip_outer", _("middle of the upper lip, border"), ("", "philtrum", None)),
            lip("upper_lip_inner", _("middle of the upper lip, edge")),
            lip("lower_lip_inner", _("middle of the lower lip, edge")),
            lip("lower_lip_outer", _("middle of the lower lip, border")),
            single("chin", _("chin"), "chin"),
        ],
    )
