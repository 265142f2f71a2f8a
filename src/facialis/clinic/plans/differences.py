"""What an amended plan gives otherwise than the plan before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from facialis.clinic.plans.choices import Needle, needles_of, ordered


@dataclass(frozen=True)
class Difference:
    """One point."""

    target: str
    side: str
    """'left' or 'right'; empty on the midline."""
    point: int
    before: str
    """Empty: it was not given."""
    after: str


def differences_of(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[Difference]:
    """Points that were added, left out or given another dose, RIGHT first."""
    old, new = _by_point(before), _by_point(after)
    every = ordered([Needle(*key, "0") for key in {*old, *new}])
    found = []
    for one in every:
        key = (one.target, one.side, one.point)
        if old.get(key) != new.get(key):
            found.append(
                Difference(one.target, one.side or "", one.point, old.get(key, ""), new.get(key, ""))
            )
    return found


def _by_point(choices: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str | None, int], str]:
    return {(needle.target, needle.side, needle.point): needle.amount for needle in needles_of(choices)}
