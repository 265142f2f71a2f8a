"""Whether what was measured says that the other side is the palsied one.

A wrong side in the record, a mirrored photograph or a photograph of another patient looks the same here: the
side that is recorded as healthy moves without being asked, and the other works better.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.synkinesis import SubScoreName

BEYOND_SD = 3.0
"""A sign counts from here on. Five more signs could be chance: with 2 sd, one set in five would have one."""
FEWEST_SIGNS = 2
"""One region may be odd for many reasons: a scar, an old injury, a natural asymmetry."""

AT_ODDS_SHARE = 0.5
"""A sign for the recorded side of this share of the second strongest against it leaves the question open."""

WEAKNESS = {
    "smile": ((Expression.OPEN_SMILE, Expression.CLOSED_SMILE), "commissure_height_excursion", -1),
    "brow": ((Expression.BROW_RAISE,), "brow_height_excursion", -1),
    "closure": ((Expression.GENTLE_EYE_CLOSURE, Expression.TIGHT_EYE_CLOSURE), "palpebral_fissure", 1),
}
"""Sign to expressions, difference, and which way it points to the palsied side."""


@dataclass(frozen=True)
class Sign:
    """One independent sign of which side is palsied."""

    name: str
    z: float
    """In sds; above 0 it speaks for the recorded side, below 0 for the other."""


def side_contradiction(document: Mapping[str, Any], affected: Side | None) -> str:
    """Say that the photographs show the other side as the palsied one; empty where they do not.

    Parameters
    ----------
    document : mapping      Of a measurement.
    affected : Side         As it is recorded; None where there is no one side to contradict.
    """
    if affected is None:
        return ""
    signs = signs_of(document, affected)
    against = sorted((-sign.z for sign in signs if sign.z <= -BEYOND_SD), reverse=True)
    if len(against) < FEWEST_SIGNS:
        return ""
    if max(sign.z for sign in signs) >= AT_ODDS_SHARE * against[FEWEST_SIGNS - 1]:
        return ""
    return _(
        "The photographs show the %(shown)s side as the weaker or overactive one, and the record says "
        "%(recorded)s: wrong side in the record, a mirrored photograph, or another patient?"
    ) % {"shown": _(affected.opposite.label), "recorded": _(affected.label)}


def signs_of(document: Mapping[str, Any], affected: Side) -> list[Sign]:
    """Every sign that was measured, each region of movement once."""
    photo_set = document["set"]
    return [*_overactive(photo_set["synkinesis"], affected), *_weak(photo_set["asymmetry"], affected)]


def _overactive(synkinesis: Mapping[str, Any], affected: Side) -> list[Sign]:
    """Movement that was not asked for; both sides are listed where no side was recorded when measured."""
    found: dict[str, Sign] = {}
    for score in synkinesis["sub_scores"]:
        if score["z"] is None or score["name"] not in set(SubScoreName):
            continue
        z = score["z"] if score["side"] == affected.value else -score["z"]
        found.setdefault(score["name"], Sign(f"synkinesis_{score['name']}", z))
    return list(found.values())


def _weak(asymmetry: list[Mapping[str, Any]], affected: Side) -> list[Sign]:
    """Movement that was asked for and lags behind; values are LEFT minus RIGHT."""
    by_place = {(entry["expression"], entry["name"]): entry for entry in asymmetry}
    toward = 1 if affected is Side.LEFT else -1
    found = []
    for name, (expressions, measure, direction) in WEAKNESS.items():
        entries = [by_place.get((expression.value, measure)) for expression in expressions]
        zs = [
            toward * direction * entry["value"] / entry["sd"]
            for entry in entries
            if entry is not None and entry["value"] is not None and entry["sd"]
        ]
        if zs:
            found.append(Sign(name, max(zs, key=abs)))
    return found
