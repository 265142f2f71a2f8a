"""When somebody else should see the patient."""

from facialis.planning.case.answers import Answer
from facialis.planning.case.palsy import Cause
from facialis.planning.rules.context import Context, Hit, hit_if
from facialis.planning.rules.phase import Phase, is_flaccid, is_weak
from facialis.planning.values import whole_value


def refer_incomplete(context: Context) -> Hit | None:
    """Weak or with synkinesis past the time, and not seen by a specialist."""
    incomplete = is_weak(context.facts) or bool(context.facts.synkinesis_present)
    late = context.months >= whole_value("incomplete_to_specialist")
    return hit_if(late and incomplete and context.case.palsy.specialist_seen is not Answer.YES)


def refer_reanimation(context: Context) -> Hit | None:
    """Flaccid, inside the window of reinnervation."""
    first, last = whole_value("flaccid_to_reanimation"), whole_value("flaccid_to_transfer")
    return hit_if(_flaccid(context) and first <= context.months <= last)


def refer_transfer(context: Context) -> Hit | None:
    """Flaccid, past that window."""
    return hit_if(_flaccid(context) and context.months > whole_value("flaccid_to_transfer"))


def refer_ophthalmology(context: Context) -> Hit | None:
    """A cornea in trouble."""
    listed = "corneal_problem" in context.case.conditions.codes
    return hit_if(listed or context.eye.corneal_problem is Answer.YES)


def refer_ear_nose_throat(context: Context) -> Hit | None:
    """Shingles of the facial nerve, early."""
    return hit_if(context.phase is Phase.ACUTE and context.case.palsy.cause is Cause.RAMSAY_HUNT)


def _flaccid(context: Context) -> bool:
    return is_flaccid(context.facts) and not context.case.palsy.reanimations


CONDITIONS = (
    refer_incomplete,
    refer_reanimation,
    refer_transfer,
    refer_ophthalmology,
    refer_ear_nose_throat,
)
