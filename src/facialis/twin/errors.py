"""What can be wrong with a patient's history, with parameters, and with a course."""

from facialis.errors import FacialisError


class TwinError(FacialisError):
    """Something about a twin is not as it must be."""

    code = "twin_invalid"


class HistoryError(TwinError):
    """Events that cannot have happened, or not in this order."""

    code = "history_impossible"


class ParameterError(TwinError):
    """A parameter outside what it can be, or of the wrong shape."""

    code = "parameter_invalid"


class CourseRequestError(TwinError):
    """Days, block or cohort size that no course can be computed for."""

    code = "course_request_invalid"


class DivergedError(TwinError):
    """A course that left the finite numbers; names patient, day and parameter."""

    code = "course_diverged"


class ObservationError(TwinError):
    """What was seen of a patient, as it cannot have been."""

    code = "observation_invalid"
