"""What can go wrong between points and measures."""

from facialis.errors import FacialisError


class MeasurementError(FacialisError):
    """The points, or the numbers that came with them, cannot be measured."""

    code = "measurement_failed"


class NotMeasurableError(MeasurementError):
    """One measure cannot be taken on this face; its message becomes the value's reason."""

    code = "not_measurable"
