"""What the eye and the mouth cannot do without."""

from facialis.planning.case.answers import Answer
from facialis.planning.case.visits import EyeClosure
from facialis.planning.dates import months_between
from facialis.planning.rules.context import Context, Hit, hit_if
from facialis.planning.values import plan_value, whole_value


def eye_does_not_close(context: Context) -> Hit | None:
    """Seen by the clinician, or listed among the conditions."""
    listed = "lagophthalmos" in context.case.conditions.codes
    return hit_if(listed or context.eye.closure is EyeClosure.INCOMPLETE)


def eye_not_examined(context: Context) -> Hit | None:
    """Nobody has looked whether it closes."""
    return hit_if(context.eye.closure is EyeClosure.UNKNOWN)


def eye_examined_long_ago(context: Context) -> Hit | None:
    """The latest examination is no longer recent."""
    day = context.case.eye_day
    if day is None or months_between(day, context.today) < whole_value("recent_visit"):
        return None
    return Hit({"named": day.isoformat()})


def closure_unlikely(context: Context) -> Hit | None:
    """By the photographs it may not close."""
    probability = context.facts.eye_closes_probability
    least = plan_value("least_closure_probability").number
    if probability is None or probability >= least:
        return None
    # Rounded down, so that a probability just below the least is not printed as the least.
    return Hit({"closure_pct": str(int(probability * 100)), "least_closure_pct": f"{least * 100:g}"})


def closed_fissure(context: Context) -> Hit | None:
    """The lids stay apart in closure."""
    fissure = context.facts.fissure_on_closure_mm
    if fissure is None or fissure <= plan_value("largest_closed_fissure").number:
        return None
    return Hit({"fissure_mm": f"{fissure:.3g}"})


def closure_not_measured(context: Context) -> Hit | None:
    """Neither a probability nor a fissure is known."""
    facts = context.facts
    return hit_if(facts.eye_closes_probability is None and facts.fissure_on_closure_mm is None)


def eye_without_defence(context: Context) -> Hit | None:
    """Dry or without feeling, and not turning up."""
    eye, listed = context.eye, context.case.conditions.codes
    dry = eye.dry_eye is Answer.YES or "dry_eye" in listed
    unfeeling = eye.corneal_sensation is Answer.NO or "corneal_anaesthesia" in listed
    stays = eye.bell_phenomenon is Answer.NO or "no_bell_phenomenon" in listed
    return hit_if(stays and (dry or unfeeling))


def mouth_incompetent(context: Context) -> Hit | None:
    """The mouth does not hold liquids."""
    return hit_if(context.facts.oral_competence is False)


def mouth_not_asked(context: Context) -> Hit | None:
    """Whether it does is not known."""
    return hit_if(context.facts.oral_competence is None)


CONDITIONS = (
    eye_does_not_close,
    eye_not_examined,
    eye_examined_long_ago,
    closure_unlikely,
    closed_fissure,
    closure_not_measured,
    eye_without_defence,
    mouth_incompetent,
    mouth_not_asked,
)
