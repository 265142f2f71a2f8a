"""Injection points as circles: on the drawn face, and on the patient's own photograph at rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from facialis.anatomy.expressions import Expression
from facialis.clinic.photographs.models import MirroredChoice, PhotoStatus
from facialis.clinic.photographs.queries import current_photographs
from facialis.clinic.plans.choices import word_of_side
from facialis.clinic.plans.rows import Row
from facialis.clinic.plans.words import point_words
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.visits.models import Visit

KEPT_SECONDS = 24 * 3600
SMALL_SHARE = 0.55
"""Of what can be pressed: a smaller circle has its number beside it."""
TOUCH_SHARE = 1 / 28
DRAWN_SHARE = 1.3
"""Circles are drawn larger than on paper by so much: a screen is read from further away."""
"""Of the width of a picture: a circle can be pressed at least this far from its middle."""


@dataclass(frozen=True)
class Mark:
    """One circle."""

    row: Row
    point: int
    units: str
    is_suggested: bool
    """Suggested and not taken over: a dashed ring."""
    x: float
    y: float
    radius: float
    touch: float
    """Radius of what can be pressed."""

    @property
    def label(self) -> str:
        """Read aloud: 'RIGHT frontalis, point 1 (lower row, medial), 2.5 units'."""
        words = point_words(self.row.place.target, self.point)
        return _("%(side)s %(name)s, point %(point)s, %(dose)s") % {
            "side": _(word_of_side(self.row.place.side)),
            "name": self.row.name,
            "point": f"{self.point} ({words})" if words else self.point,
            "dose": units_words(self.units),
        }

    @property
    def is_small(self) -> bool:
        """The circle has no room for a number: it stands beside."""
        return self.radius < SMALL_SHARE * self.touch

    @property
    def font_size(self) -> float:
        """Of the number."""
        return round(self.touch * 0.8 if self.is_small else min(self.radius * 1.25, self.touch * 1.1), 1)

    @property
    def text_x(self) -> float:
        """Where the number stands."""
        return round(self.x + self.radius * 1.35, 1) if self.is_small else self.x


@dataclass(frozen=True)
class Picture:
    """What circles are drawn on."""

    url: str
    """Of the photograph; empty for the drawing."""
    width: int
    height: int
    is_turned: bool
    """The stored picture is mirrored, and is shown turned round."""
    day: Any
    view_box: tuple[float, float, float, float]
    places: dict[tuple[str, str, int], tuple[float, float]]
    px_per_mm: float

    @property
    def box(self) -> str:
        """As SVG wants it."""
        return " ".join(f"{number:.0f}" for number in self.view_box)

    def marks(self, rows: Iterable[Row]) -> list[Mark]:
        """Circles of rows, the largest first so that none hides a smaller one."""
        found = [mark for row in rows for mark in self._of_row(row)]
        return sorted(found, key=lambda mark: -mark.radius)

    def _of_row(self, row: Row) -> list[Mark]:
        from facialis.report.plan_figure.geometry import radius_mm

        needles = row.chosen or row.offered
        found = []
        for needle in needles:
            at = self.places.get((needle.target, word_of_side(needle.side), needle.point))
            if at is not None:
                radius = DRAWN_SHARE * radius_mm(float(needle.units)) * self.px_per_mm
                touch = max(radius, self.view_box[2] * TOUCH_SHARE)
                found.append(
                    Mark(
                        row,
                        needle.point,
                        needle.amount,
                        not row.chosen,
                        round(at[0], 1),
                        round(at[1], 1),
                        round(radius, 1),
                        round(touch, 1),
                    )
                )
        return found


def photograph_of(visit: Visit) -> Picture | None:
    """The photograph at rest with the place of every injection point; None where it is not measured."""
    from facialis.clinic.measurements.queries import newest_points

    photo = current_photographs(visit).get(Expression.REST)
    if photo is None or photo.mirrored == MirroredChoice.UNKNOWN:
        return None
    if photo.status == PhotoStatus.QUESTIONED:
        return None  # it may show somebody else
    points = newest_points(photo)
    if points is None:
        return None
    key = f"plan-places-{points.pk}"
    places: dict[str, Any] | None = cache.get(key)
    if places is None:
        places = _places(points, photo.width_px, photo.height_px)
        cache.set(key, places, KEPT_SECONDS)
    return Picture(
        url=reverse("photograph_image", args=[photo.pk]),
        width=photo.width_px,
        height=photo.height_px,
        is_turned=photo.mirrored == MirroredChoice.YES,
        day=visit.day,
        view_box=places["shown"],
        places={tuple(key): at for key, at in places["at"]},
        px_per_mm=places["px_per_mm"],
    )


def diagram() -> Picture:
    """The drawn face with the place of every injection point."""
    from facialis.clinic.planner.places import diagram_points, diagram_radius
    from facialis.report.plan_figure.geometry import VIEW_BOX, radius_mm

    left, top, width, height = VIEW_BOX
    return Picture(
        url="",
        width=round(width),
        height=round(height),
        is_turned=False,
        day=None,
        view_box=VIEW_BOX,
        places={
            (one.target, one.side, one.point): (left + one.x * width, top + one.y * height)
            for one in diagram_points()
        },
        px_per_mm=diagram_radius(1.0) * width / radius_mm(1.0),
    )


def _places(points: Any, width: int, height: int) -> dict[str, Any]:
    from facialis.clinic.measurements.queries import face_points
    from facialis.clinic.planner.places import photograph_places

    found = photograph_places(face_points(points), width, height)
    at: Sequence[tuple[tuple[str, str, int], tuple[float, float]]] = [
        ((one.target, one.side, one.point), (one.x_px, one.y_px)) for one in found.points
    ]
    return {"at": at, "px_per_mm": found.px_per_mm, "shown": found.shown}
