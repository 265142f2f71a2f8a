"""The types and shapes of the twin's annotations, checked while its tests run."""

from beartype import BeartypeConf, beartype
from beartype.roar import BeartypeDecorHintPep673Exception

CHECKED = [
    f"facialis.twin.{name}"
    for name in (
        "course",
        "disuse",
        "inflammation",
        "lagged_shares",
        "magnus",
        "muscle",
        "nerve",
        "nerve_rates",
        "own_steps",
        "regrowth",
        "relaxation",
        "retraining",
        "soft_tissue",
        "face.lids",
        "face.lips",
        "face.pose",
        "face.sag",
        "face.saturation",
        "junction.chain",
        "junction.model",
        "junction.spread",
        "present.reading",
        "present.scores",
        "present.state",
    )
]
"""Rooms that compute with arrays; those before them take what people write, and refuse it in words."""

_with_whole_numbers = beartype(conf=BeartypeConf(is_pep484_tower=True))


def checked(function):
    """Check every call; a method that returns Self, which is none outside its class, goes unchecked."""
    try:
        return _with_whole_numbers(function)
    except BeartypeDecorHintPep673Exception:
        return function
