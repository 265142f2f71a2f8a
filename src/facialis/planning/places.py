"""Targets with their side: what a limit belongs to, and what a rule can close."""

from functools import cache

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side

Place = tuple[Side | None, InjectionTarget]
"""A target on one side; None for one on the midline, which belongs to both sides."""


@cache
def is_midline(target: InjectionTarget) -> bool:
    """Whether every point of a target lies on the midline."""
    return all(site.side is None for site in injection_sites(target, Side.RIGHT))


def place_of(target: InjectionTarget, side: Side | None) -> Place:
    """The place of an injection: a midline target has no side, whichever was written."""
    return (None if is_midline(target) else side, target)


@cache
def all_places() -> tuple[Place, ...]:
    """Every place once: target by target from the forehead down, LEFT before RIGHT."""
    return tuple(
        (side, target)
        for target in InjectionTarget
        for side in ((None,) if is_midline(target) else (Side.LEFT, Side.RIGHT))
    )


def mentioned(place: Place) -> tuple[Place, ...]:
    """The places that a finding means: a target without a side means both sides."""
    side, target = place
    return tuple(p for p in all_places() if p[1] is target and (side is None or p[0] in {None, side}))


def place_text(place: Place) -> str:
    """'orbicularis oculi upper lid, LEFT'; a midline target says so."""
    side, target = place
    word = side.label if side is not None else "midline" if is_midline(target) else "both sides"
    return f"{target.value.replace('_', ' ')}, {word}"
