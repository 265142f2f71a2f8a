"""The points of a treatment as a page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.clinic.plans.rows import rows_of
from facialis.clinic.treatments.dilutions import PointDraw, draws_of
from facialis.clinic.treatments.models import PointStatus, Treatment, TreatmentPoint
from facialis.planning.case.treatments import role_of


@dataclass(frozen=True)
class Item:
    """One needle on the checklist."""

    row: TreatmentPoint
    number: int
    """Of its target's circles in the pictures of the plan; 0 for a point that was not planned."""
    name: str
    side: str
    """LEFT, RIGHT, or empty on the midline."""
    role: str
    """'affected', 'healthy', 'midline', or empty where both sides are affected."""
    draw: PointDraw | None

    @property
    def is_contralateral(self) -> bool:
        """Whether it lies on the side that is not affected."""
        return self.role == SideRole.HEALTHY.value


@dataclass(frozen=True)
class Totals:
    """Units given, by side."""

    right: Decimal
    left: Decimal
    midline: Decimal
    planned: Decimal

    @property
    def session(self) -> Decimal:
        """Everything that was given."""
        return self.right + self.left + self.midline


def checklist_of(treatment: Treatment, points: list[TreatmentPoint]) -> list[Item]:
    """Items in the order of the plan: RIGHT as the clinician sees it first is the plan's own order."""
    word = treatment.plan.visit.patient.palsy.affected_side
    affected = Side(word) if word else None
    draws = draws_of(treatment, points)
    numbers = {(row.place.target, row.place.side or ""): row.number for row in rows_of(treatment.plan)}
    return [
        _item(point, affected, draws.get(point.pk), numbers.get((point.target, point.side), 0))
        for point in points
    ]


def totals_of(points: Sequence[TreatmentPoint]) -> Totals:
    """Sums of what was given."""

    def given(side: str) -> Decimal:
        return sum(
            (p.given_units for p in points if p.side == side and p.given_units is not None), Decimal(0)
        )

    planned = sum((p.planned_units for p in points), Decimal(0))
    return Totals(given("right"), given("left"), given(""), planned)


def deviations_of(points: Sequence[TreatmentPoint]) -> list[TreatmentPoint]:
    """Points that differ from the signed plan."""
    return [p for p in points if p.status in {PointStatus.CHANGED, PointStatus.SKIPPED, PointStatus.ADDED}]


def _item(point: TreatmentPoint, affected: Side | None, draw: PointDraw | None, number: int) -> Item:
    side = Side(point.side) if point.side else None
    role = role_of(InjectionTarget(point.target), side, affected)
    return Item(
        point,
        number,
        _(point.target.replace("_", " ")),
        _(side.label) if side is not None else "",
        role.value if role is not None else "",
        draw,
    )
