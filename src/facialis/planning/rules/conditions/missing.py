"""What was not asked, and what was answered in words that no rule knows."""

from facialis.planning.case.answers import Answer, CodedList, ListState
from facialis.planning.case.palsy import Cause, RedFlag, Stability
from facialis.planning.rules.context import Context, Hit, hit_if


def stability_unknown(context: Context) -> Hit | None:
    """Whether the face still changes."""
    return hit_if(context.case.palsy.stability is Stability.UNKNOWN)


def cause_unknown(context: Context) -> Hit | None:
    """What damaged the nerve."""
    return hit_if(context.case.palsy.cause is Cause.UNKNOWN)


def conditions_not_asked(context: Context) -> Hit | None:
    """The list of conditions."""
    return _not_asked(context.case.conditions)


def allergies_not_asked(context: Context) -> Hit | None:
    """The list of allergies."""
    return _not_asked(context.case.allergies)


def medication_not_asked(context: Context) -> Hit | None:
    """The list of drugs."""
    return _not_asked(context.case.medication)


def earlier_toxin_not_asked(context: Context) -> Hit | None:
    """The list of earlier treatments."""
    return hit_if(context.case.earlier_toxin is ListState.NOT_ASKED)


def pregnancy_unknown(context: Context) -> Hit | None:
    """In people who may be pregnant."""
    return _open_question(context, context.case.patient.pregnancy)


def lactation_unknown(context: Context) -> Hit | None:
    """In people who may breast-feed."""
    return _open_question(context, context.case.patient.lactation)


def unlisted_condition(context: Context) -> Hit | None:
    """A condition in free words."""
    return _unlisted(context.case.conditions)


def unlisted_drug(context: Context) -> Hit | None:
    """A drug in free words."""
    return _unlisted(context.case.medication)


def unlisted_allergy(context: Context) -> Hit | None:
    """An allergy in free words."""
    return _unlisted(context.case.allergies)


def red_flags_not_asked(context: Context) -> Hit | None:
    """Signs that the palsy may not be Bell's."""
    palsy = context.case.palsy
    unknown = [flag for flag in RedFlag if palsy.answer_to(flag) is Answer.UNKNOWN]
    return Hit({"named": ", ".join(flag.value.replace("_", " ") for flag in unknown)}) if unknown else None


def _not_asked(answers: CodedList) -> Hit | None:
    return hit_if(answers.state is ListState.NOT_ASKED)


def _open_question(context: Context, answer: Answer) -> Hit | None:
    return hit_if(answer is Answer.UNKNOWN and context.case.patient.may_be_pregnant_on(context.today))


def _unlisted(answers: CodedList) -> Hit | None:
    return Hit({"named": ", ".join(answers.others)}) if answers.others else None


CONDITIONS = (
    stability_unknown,
    cause_unknown,
    conditions_not_asked,
    allergies_not_asked,
    medication_not_asked,
    earlier_toxin_not_asked,
    pregnancy_unknown,
    lactation_unknown,
    unlisted_condition,
    unlisted_drug,
    unlisted_allergy,
    red_flags_not_asked,
)
