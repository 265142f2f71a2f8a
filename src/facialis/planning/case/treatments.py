"""Earlier treatments with botulinum toxin, as far as they are known."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer
from facialis.planning.errors import CaseError
from facialis.planning.places import is_midline, place_of
from facialis.toxins.amounts import ToxinDose, total
from facialis.toxins.products import ToxinProduct
from facialis.twin.events import ToxinInjection


class TreatmentArea(StrEnum):
    """What was treated; limits over time count every area."""

    FACE = "face"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RoledInjection(ToxinInjection):
    """An injection that also says whether its side is the affected or the healthy one."""

    role: SideRole


@dataclass(frozen=True)
class ToxinTreatment:
    """One earlier session: points, or a total where the points are not known, or neither."""

    day: date
    product: ToxinProduct | None
    """None when not known: then no amount is known either."""
    injections: tuple[ToxinInjection, ...] = ()
    total: ToxinDose | None = None
    """Only where the injections are not known."""
    area: TreatmentArea = TreatmentArea.FACE
    helped: Answer = Answer.UNKNOWN
    adequate: Answer = Answer.UNKNOWN
    """Whether dose and muscles were such that help could be expected."""
    follow_up: date | None = None

    def __post_init__(self) -> None:
        where = f"The toxin treatment on {self.day}"
        if self.injections and self.total is not None:
            raise CaseError(
                f"{where} gives injections and a total. Give the total only where they are unknown."
            )
        doses = [i.dose for i in self.injections] + ([] if self.total is None else [self.total])
        if self.product is None and doses:
            raise CaseError(f"{where} has {doses[0].text} and no product of its own. Name the product.")
        if self.total is not None and not self.total.amount:
            raise CaseError(f"{where} has the total {self.total.text}. Give more than 0, or leave it out.")
        others = sorted({d.product.value for d in doses if d.product is not self.product})
        if others and self.product is not None:
            raise CaseError(
                f"{where} is of {self.product.value} and holds doses of {', '.join(others)}; units of "
                "different products are not interchangeable. Use one product in a session."
            )
        if self.injections and self.area is not TreatmentArea.FACE:
            raise CaseError(
                f"{where} has injections into the face and the area '{self.area.value}'. Say 'face'."
            )
        if self.follow_up is not None and self.follow_up <= self.day:
            raise CaseError(
                f"{where} was followed up on {self.follow_up}, which is not later. Correct one of the dates."
            )
        points = [(place_of(i.target, i.side), i.point) for i in self.injections]
        twice = next((point for point in points if points.count(point) > 1), None)
        if twice is not None:
            (side, target), number = twice
            raise CaseError(
                f"{where} injects point {number} of {target.value}, "
                f"{'midline' if side is None else side.label}, twice. Give each point once, with its "
                "whole dose."
            )

    @property
    def amount(self) -> ToxinDose | None:
        """Everything that was given; None when not known. [units of the product]"""
        return total(i.dose for i in self.injections) if self.injections else self.total

    def dose_of(self, target: InjectionTarget, side: Side | None) -> ToxinDose | None:
        """What one target received on a side (None: the midline); None when nothing or not known."""
        doses = [i.dose for i in self.injections if place_of(i.target, i.side) == (side, target)]
        return total(doses) if doses else None

    def require_roles(self, affected_side: Side | None) -> None:
        """Refuse an injection whose role contradicts its side; raises `CaseError`."""
        for injection in self.injections:
            found = contradiction(injection, affected_side)
            if found is not None:
                raise CaseError(f"The toxin treatment on {self.day}: {found} Correct one of them.")


def contradiction(injection: ToxinInjection, affected_side: Side | None) -> str | None:
    """Say how the role of an injection contradicts its side; None where it does not."""
    role = injection.role if isinstance(injection, RoledInjection) else None
    expected = role_of(injection.target, injection.side, affected_side)
    if role is None or role is expected:
        return None
    what = (
        f"{injection.target.value}, {injection.side.label}, point {injection.point}, is marked '{role.value}'"
    )
    if expected is None:
        return f"{what}, but both sides are affected, so none has a role."
    return f"{what}, but it is '{expected.value}'."


def role_of(target: InjectionTarget, side: Side | None, affected_side: Side | None) -> SideRole | None:
    """Role of a target on a side; None when both sides are affected, so that none is healthy."""
    if side is None or is_midline(target):
        return SideRole.MIDLINE
    if affected_side is None:
        return None
    return SideRole.AFFECTED if side is affected_side else SideRole.HEALTHY
