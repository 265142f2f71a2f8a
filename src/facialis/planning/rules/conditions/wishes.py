"""What the patient expects, against what toxin can do."""

from facialis.planning.case.wishes import Expectation, Goal
from facialis.planning.rules.context import Context, Hit, hit_if
from facialis.planning.rules.phase import is_flaccid


def unrealistic_wish(context: Context) -> Hit | None:
    """An expectation that toxin cannot meet."""
    expected = context.case.wishes.expectations
    named = [expectation.value.replace("_", " ") for expectation in Expectation if expectation in expected]
    return Hit({"named": ", ".join(named)}) if named else None


def smile_of_flaccid_side(context: Context) -> Hit | None:
    """A smile that matters, on a side that does not move."""
    return hit_if(context.case.wishes.weights.get(Goal.SMILE, 0) > 0 and is_flaccid(context.facts))


CONDITIONS = (unrealistic_wish, smile_of_flaccid_side)
