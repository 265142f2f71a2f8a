"""What a patient wants, as weights of the objective."""

from collections.abc import Mapping

from facialis.planning.case.wishes import HIGHEST_WEIGHT, Goal, Wishes

MIDDLE = HIGHEST_WEIGHT / 2
"""A wish of 5 leaves the default; 10 doubles it, 0 takes it away."""

DOMAINS: Mapping[Goal, tuple[str, ...]] = {
    Goal.SMILE: ("smile",),
    Goal.EYE_COMFORT: ("eye",),
    Goal.CHIN: ("chin",),
    Goal.REST_SYMMETRY: ("rest",),
    Goal.TIGHTNESS: ("tightness",),
    Goal.SPEECH_AND_EATING: ("mouth",),
}
"""Which weights a goal changes."""


def weights_of_wishes(wishes: Wishes) -> dict[str, float]:
    """Weights of the domains that the patient was asked about."""
    return {name: weight / MIDDLE for goal, weight in wishes.weights.items() for name in DOMAINS[goal]}
