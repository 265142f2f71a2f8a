"""Words of the tables of toxins that follow from other answers of a case."""

from facialis.planning.case.answers import Answer
from facialis.planning.case.visits import EyeClosure
from facialis.planning.rules.context import Context
from facialis.planning.rules.earlier import treatments_within
from facialis.planning.values import whole_value


def condition_words(context: Context) -> tuple[str, ...]:
    """Conditions and allergies that are listed, and those that patient, eye and earlier toxin add."""
    case, patient, eye = context.case, context.case.patient, context.eye
    leftover = treatments_within(case, whole_value("leftover_effect"), context.today)
    derived = {
        "under_18": patient.age_on(context.today) < whole_value("adult_age"),
        "pregnancy": patient.pregnancy is Answer.YES,
        "lactation": patient.lactation is Answer.YES,
        "toxin_within_4_months": bool(leftover),
        "lagophthalmos": eye.closure is EyeClosure.INCOMPLETE,
        "no_bell_phenomenon": eye.bell_phenomenon is Answer.NO,
        "corneal_anaesthesia": eye.corneal_sensation is Answer.NO,
        "dry_eye": eye.dry_eye is Answer.YES,
        "corneal_problem": eye.corneal_problem is Answer.YES,
    }
    follow = [word for word, holds in derived.items() if holds]
    return tuple(dict.fromkeys((*case.conditions.codes, *case.allergies.codes, *follow)))
