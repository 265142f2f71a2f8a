"""Whether and when toxin is the treatment."""

from facialis.anatomy.injection_sites import targets_reaching
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.planning.case.answers import Answer
from facialis.planning.case.palsy import Stability
from facialis.planning.places import is_midline
from facialis.planning.rules.context import Context, Hit, hit_if
from facialis.planning.rules.phase import Phase, is_flaccid


def acute_phase(context: Context) -> Hit | None:
    """Too early: the time since onset is that of the acute phase."""
    return hit_if(context.phase is Phase.ACUTE)


def recovering_phase(context: Context) -> Hit | None:
    """The face may still recover by itself."""
    return hit_if(context.phase is Phase.RECOVERING)


def still_changing(context: Context) -> Hit | None:
    """The face is said to change without treatment."""
    return hit_if(context.case.palsy.stability is Stability.CHANGING)


def late_flaccid(context: Context) -> Hit | None:
    """The affected side does not move; in every phase, since toxin there helps in none."""
    return hit_if(is_flaccid(context.facts))


def flaccid_muscle(context: Context) -> Hit | None:
    """Targets of the affected side that reach a flaccid muscle."""
    side = context.case.palsy.affected_side
    flaccid = [muscle for muscle in FACIAL_MUSCLES if muscle in context.facts.flaccid_muscles]
    targets = dict.fromkeys(
        record.target
        for muscle in flaccid
        for record in targets_reaching(muscle)
        if not is_midline(record.target)
    )
    if side is None or not targets:
        return None
    named = ", ".join(muscle.value.replace("_", " ") for muscle in flaccid)
    return Hit({"named": named}, tuple((side, target) for target in targets))


def nothing_to_treat(context: Context) -> Hit | None:
    """Neither weakness nor unwanted movement."""
    return hit_if(context.phase is Phase.LATE_RECOVERED)


def both_sides_affected(context: Context) -> Hit | None:
    """No side is healthy."""
    return hit_if(context.case.palsy.bilateral is Answer.YES)


def reanimated(context: Context) -> Hit | None:
    """An operation changed which muscle moves what."""
    return hit_if(bool(context.case.palsy.reanimations))


CONDITIONS = (
    acute_phase,
    recovering_phase,
    still_changing,
    late_flaccid,
    flaccid_muscle,
    nothing_to_treat,
    both_sides_affected,
    reanimated,
)
