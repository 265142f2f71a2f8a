"""The clinician's doses as a plan keeps them: needle by needle, exact, in one order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.clinic.audit.actions import sha256_of
from facialis.clinic.planner.requests import DoseEdit
from facialis.toxins.exact import exact_number, number_text

MIDLINE = "midline"
_SIDES: Sequence[str | None] = ("right", "left", None)
"""RIGHT first, as on the screen."""
_TARGETS = {target.value: number for number, target in enumerate(InjectionTarget)}


@dataclass(frozen=True)
class Needle:
    """One point with its dose."""

    target: str
    """A value of `InjectionTarget`."""
    side: str | None
    """'left' or 'right', the patient's; None on the midline."""
    point: int
    amount: str
    """Units of the plan's product, written like 2.5."""

    @property
    def units(self) -> Fraction:
        """Exact."""
        return exact_number(self.amount, "The dose")


@dataclass(frozen=True)
class PlaceKey:
    """A target on a side."""

    target: str
    side: str | None

    @property
    def word(self) -> str:
        """In addresses and identifiers of a page: 'right-frontalis'."""
        return f"{self.side or MIDLINE}-{self.target}"


def needles_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Needle, ...]:
    """Read what a plan keeps."""
    return tuple(Needle(one["target"], one["side"], one["point"], one["amount"]) for one in stored)


def stored(needles: Iterable[Needle]) -> list[dict[str, Any]]:
    """As a plan keeps them: ordered, amounts in one spelling."""
    return [asdict(Needle(n.target, n.side, n.point, number_text(n.units))) for n in ordered(needles)]


def ordered(needles: Iterable[Needle]) -> tuple[Needle, ...]:
    """RIGHT, LEFT, midline; from the forehead down."""
    return tuple(sorted(needles, key=lambda n: (_SIDES.index(n.side), _TARGETS.get(n.target, 0), n.point)))


def of_place(needles: Iterable[Needle], place: PlaceKey) -> tuple[Needle, ...]:
    """Those of one target on one side."""
    return tuple(n for n in needles if (n.target, n.side) == (place.target, place.side))


def with_place(
    needles: Iterable[Needle], place: PlaceKey, doses: Mapping[int, Fraction]
) -> tuple[Needle, ...]:
    """The same with other doses of one place; a dose of 0 leaves its point out."""
    rest = [n for n in needles if (n.target, n.side) != (place.target, place.side)]
    new = [Needle(place.target, place.side, p, number_text(units)) for p, units in doses.items() if units]
    return ordered([*rest, *new])


def digest(choices: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of stored choices: what a judgement belongs to."""
    return sha256_of(list(choices))


def places_of(needles: Iterable[Needle]) -> tuple[PlaceKey, ...]:
    """Each place once, in the order of the needles."""
    return tuple(dict.fromkeys(PlaceKey(n.target, n.side) for n in needles))


def total_of(needles: Iterable[Needle]) -> Fraction:
    """Sum of all. [units of the product]"""
    return sum((n.units for n in needles), Fraction(0))


def suggested(proposal: Mapping[str, Any]) -> tuple[Needle, ...]:
    """What the software proposes; empty before it did, and where it proposes nothing."""
    return ordered(
        Needle(one["target"], side_of_word(one["side"]), point["point"], point["units"])
        for one in proposal.get("targets", ())
        if one["is_proposed"]
        for point in one["points"]
    )


def of_alternative(alternative: Mapping[str, Any]) -> tuple[Needle, ...]:
    """What another plan gives."""
    return ordered(
        Needle(one["target"], side_of_word(one["side"]), point["point"], point["units"])
        for one in alternative["choices"]
        for point in one["points"]
    )


def dose_edits(needles: Iterable[Needle], product: str) -> tuple[DoseEdit, ...]:
    """As the planner reads them."""
    return tuple(DoseEdit(n.target, word_of_side(n.side), n.point, n.amount, product) for n in needles)


def side_of_word(word: str) -> str | None:
    """'RIGHT' of the planner as a plan keeps it."""
    return None if word == MIDLINE else word.lower()


def word_of_side(side: str | None) -> str:
    """LEFT, RIGHT or midline, as the planner writes them."""
    return MIDLINE if side is None else side.upper()
