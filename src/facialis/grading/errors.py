"""What can be wrong with answers, and with the wish to score them."""

from facialis.errors import FacialisError


class GradingError(FacialisError):
    """Answers to an instrument cannot be read or scored."""

    code = "grading_failed"


class UnknownInstrumentError(GradingError):
    """No instrument has this id."""

    code = "instrument_unknown"


class AnswersDocumentError(GradingError):
    """The document is not an object with `instrument`, `version` and `answers`."""

    code = "answers_document_invalid"


class WrongInstrumentError(GradingError):
    """The document belongs to another instrument."""

    code = "answers_of_another_instrument"


class WrongVersionError(GradingError):
    """The document was written for another version of the instrument."""

    code = "answers_of_another_version"


class UnknownItemError(GradingError):
    """The instrument has no such item."""

    code = "item_unknown"


class MissingItemError(GradingError):
    """An item is not mentioned at all; one that was not assessed is written as null."""

    code = "item_missing"


class AnswerTypeError(GradingError):
    """An answer is of the wrong kind: a text for a number, a truth value for a number."""

    code = "answer_of_wrong_type"


class AnswerNotFiniteError(GradingError):
    """An answer is NaN or infinite."""

    code = "answer_not_finite"


class AnswerRangeError(GradingError):
    """An answer is outside what the item allows."""

    code = "answer_out_of_range"


class AnswerStepError(GradingError):
    """An answer lies between two steps of the item's scale."""

    code = "answer_off_step"


class ContradictoryAnswersError(GradingError):
    """Two answers cannot both be true of one face."""

    code = "answers_contradict"


class ScoringOptionError(GradingError):
    """The instrument has no such option, or the option no such value."""

    code = "scoring_option_unknown"
