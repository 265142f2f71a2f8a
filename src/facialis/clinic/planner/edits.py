"""Doses as a clinician edits them: read strictly, and judged however far they are from what was searched."""

from collections import Counter
from collections.abc import Mapping, Sequence

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.lookup import find_member
from facialis.anatomy.sides import Side
from facialis.clinic.planner.requests import DoseEdit
from facialis.errors import FacialisError
from facialis.planning.case.treatments import role_of
from facialis.planning.dosing.choices import DoseChoice, point_volume
from facialis.planning.limits import TargetLimit
from facialis.planning.places import Place, is_midline, place_of, place_text
from facialis.planning.rules.doses import published_most
from facialis.report.plan_writing import MIDLINE
from facialis.toxins.amounts import ToxinDose, total
from facialis.toxins.exact import exact_number
from facialis.toxins.product_names import product_named
from facialis.toxins.products import ToxinProduct
from facialis.twin.events import ToxinInjection

MOST_NEEDLES = 500
"""More than any face has points."""


class EditError(FacialisError):
    """A dose that cannot be meant: not an unwise one, which a finding is about."""

    code = "dose_edit_invalid"


def injections_of(doses: Sequence[DoseEdit], product: ToxinProduct) -> tuple[ToxinInjection, ...]:
    """Read needles; those of 0 units are left out.

    Raises
    ------
    EditError                   No such side of the target, or too many needles.
    UnknownNameError, UnknownProductError, InexactNumberError, DoseError, HistoryError
                                No such target, product or point, or an amount that is no number or below 0.
    """
    if len(doses) > MOST_NEEDLES:
        raise EditError(f"There are {len(doses)} needles; {MOST_NEEDLES} are allowed. Leave some out.")
    found = []
    for one in doses:
        target = find_member(InjectionTarget, one.target, thing="target")
        side = _side(one, target)
        named = product if one.product is None else product_named(one.product).product
        where = f"The dose of {place_text((side, target))}, point {one.point},"
        dose = ToxinDose(exact_number(one.amount, where), named)
        if dose.amount:
            at = Side.LEFT if side is None else side
            found.append(ToxinInjection(at, target, one.point, dose, point_volume()))
    return tuple(found)


def choices_of_edit(
    injections: Sequence[ToxinInjection], limits: Mapping[Place, TargetLimit], affected: Side | None
) -> tuple[DoseChoice, ...]:
    """Needles target by target, as the model judges them; all of one product, and each point once."""
    places: dict[Place, list[ToxinInjection]] = {}
    for one in injections:
        places.setdefault(place_of(one.target, one.side), []).append(one)
    return tuple(_choice(place, needles, limits[place], affected) for place, needles in places.items())


def doubled_point(injections: Sequence[ToxinInjection]) -> str | None:
    """The first point that is named twice, in words."""
    counts = Counter((place_of(one.target, one.side), one.point) for one in injections)
    twice = next((one for one, count in counts.items() if count > 1), None)
    return None if twice is None else f"point {twice[1]} of {place_text(twice[0])}"


def _choice(
    place: Place, needles: list[ToxinInjection], limit: TargetLimit, affected: Side | None
) -> DoseChoice:
    side, target = place
    role = role_of(target, side, affected)
    if role is None:
        raise EditError("Both sides are affected, so that the model cannot tell what a dose brings.")
    whole = total(one.dose for one in needles)
    # A dose is priced in shares of the most that is published; where nothing is, it is a whole of its own.
    most = None if limit.published is None else published_most(place, limit.published)
    if limit.bounds is not None:
        most = limit.bounds.total_high
    highest = most if most is not None and most.amount and most.product is whole.product else whole
    return DoseChoice(target, side, role, tuple((one.point, one.dose) for one in needles), highest)


def _side(one: DoseEdit, target: InjectionTarget) -> Side | None:
    word, sides = one.side, {side.label: side for side in Side}
    name = target.value.replace("_", " ")
    if word is not None and word != MIDLINE and word not in sides:
        raise EditError(
            f"The side of {name} is {word[:20]!r}; allowed is LEFT, RIGHT (the patient's), or midline."
        )
    if is_midline(target):
        if word in sides:
            raise EditError(f"{name} lies on the midline, and {word} was said. Write midline.")
        return None
    if word not in sides:
        raise EditError(f"{name} has two sides, and none was said. Write LEFT or RIGHT, the patient's.")
    return sides[str(word)]
