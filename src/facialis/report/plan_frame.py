"""What the parts of a plan are read against, and what they share: places, roles, doses, citations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, Provenance
from facialis.planning.case.treatments import role_of
from facialis.planning.places import is_midline
from facialis.report.json_values import read_exact, read_word
from facialis.report.plan_writing import MIDLINE
from facialis.report.twin_json import Place
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct

MOST_TARGETS = 100
"""Every target on both sides is fewer."""
MOST_POINTS = 20
LONGEST_SENTENCE = 4000

_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Frame:
    """Product and affected side of a plan: every dose and every role in it is read against them."""

    product: ToxinProduct
    affected: Side | None

    def dose(self, place: Place) -> ToxinDose:
        """Units of the plan's product."""
        return ToxinDose(read_exact(place), self.product)

    def require_product(self, place: Place) -> None:
        """Refuse another product than the plan's."""
        if read_word(place, ToxinProduct) is not self.product:
            place.refuse(f"{self.product.value}, the product of the plan: units never change product")

    def role(self, place: Place, target: InjectionTarget, side: Side | None) -> SideRole | None:
        """The role of a target on a side; refused where it contradicts the affected side."""
        expected = role_of(target, side, self.affected)
        if maybe(place, lambda p: read_word(p, SideRole)) is not expected:
            words = "null: both sides are affected" if expected is None else f'"{expected.value}"'
            place.refuse(f"{words}, as the affected side says")
        return expected


def own_side(place: Place, target: InjectionTarget) -> Side | None:
    """The side of a target: a midline target has none, and every other has one."""
    side = read_plan_side(place)
    if is_midline(target) is not (side is None):
        place.refuse(f'"{MIDLINE}" for {target.value}' if is_midline(target) else "LEFT or RIGHT")
    return side


def read_plan_side(place: Place) -> Side | None:
    """LEFT, RIGHT, or None for the midline."""
    words = {**{side.label: side for side in Side}, MIDLINE: None}
    if not isinstance(place.value, str) or place.value not in words:
        place.refuse(f"LEFT or RIGHT, the patient's, or {MIDLINE}")
    return words[place.value]


def flag(place: Place) -> bool:
    """True or false."""
    if not isinstance(place.value, bool):
        place.refuse("true or false")
    return place.value


def maybe_empty(place: Place) -> str:
    """A text that may be empty."""
    return "" if place.value == "" else place.text(LONGEST_SENTENCE)


def maybe(place: Place, read: Callable[[Place], _Thing]) -> _Thing | None:
    """What ``read`` makes of it; None of null."""
    return None if place.value is None else read(place)


def read_citation(place: Place) -> Citation:
    """Where a rule or a range comes from."""
    found = place.keys(("source_key", "locator", "provenance", "population", "note"))
    return Citation(
        source_key=found["source_key"].text(),
        locator=found["locator"].text(LONGEST_SENTENCE),
        provenance=read_word(found["provenance"], Provenance),
        population=maybe_empty(found["population"]),
        note=maybe_empty(found["note"]),
    )
