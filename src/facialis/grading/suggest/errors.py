"""What can be wrong with the wish for suggested grades."""

from facialis.grading.errors import GradingError


class SuggestionError(GradingError):
    """Grades cannot be suggested."""

    code = "suggestion_failed"


class ReadingError(SuggestionError):
    """A reading is no number, or its uncertainty is none."""

    code = "reading_invalid"


class AffectedSideError(SuggestionError):
    """The affected side is not known, or two places disagree on it."""

    code = "affected_side_unknown"


class NoSuggestionError(SuggestionError):
    """The instrument cannot be suggested from measurements."""

    code = "instrument_not_suggested"
