"""From readings to the result that is printed and kept."""

from collections.abc import Sequence

from facialis.anatomy.sides import Side
from facialis.measurement.photo_set import measure_set
from facialis.report.model import BackendName, PhotoError, PhotoResult, SetResult
from facialis.vision.backends.protocol import BackendInfo
from facialis.vision.measure_photo import PhotoReading


def photo_result(reading: PhotoReading) -> PhotoResult:
    """One photograph, measured or refused."""
    refusal = reading.refusal
    return PhotoResult(
        file=reading.file,
        expression=reading.expression,
        mirrored=reading.mirrored,
        backend=reading.backend.name,
        scale=reading.scale,
        pose=reading.pose,
        findings=reading.findings,
        measures=reading.measures,
        error=None if refusal is None else PhotoError(refusal.code, refusal.sentence),
    )


def set_result(
    photos: Sequence[PhotoResult], backends: Sequence[BackendInfo], *, affected: Side | None
) -> SetResult:
    """All photographs of one patient, and what they say together.

    Parameters
    ----------
    photos : sequence       In the order of the result; refused ones keep their place.
    backends : sequence     That answered; named only where something was measured.
    affected : Side         The palsied side, if known.
    """
    told = [(photo.expression, photo.measures) for photo in photos if photo.error is None]
    together = measure_set(
        [(expression, measures) for expression, measures in told if expression is not None],
        affected=affected,
    )
    names = dict.fromkeys(BackendName(info.name, info.version, info.model_sha256) for info in backends)
    return SetResult(tuple(photos), together, tuple(names) if told else ())
