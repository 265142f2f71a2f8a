"""The document of a measurement from a visit's arrays, as if photographs had been measured."""

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.sides import Mirrored, Side
from facialis.measurement.measure import Measure, SdParts
from facialis.measurement.photo_set import measure_set
from facialis.measurement.points import Method
from facialis.report.document import to_json
from facialis.report.model import BackendName, PhotoResult, SetResult
from facialis.twin.face.readings import FaceReading

COMMON_REL = 0.0359
"""Spread of iris size between people."""


def measured_set(visit, affected, mirrored=Mirrored.NO):
    """A result whose measures are those of a visit."""
    photos = []
    for e, expression in enumerate(NINE_PHOTOGRAPHS):
        measures = []
        for s, side in enumerate(Side):
            for reading in FaceReading:
                at = (e, s, int(reading))
                if not visit.is_read[at]:
                    continue
                value = float(visit.value_mm[at])
                parts = SdParts(
                    float(visit.noise_mm[at]),
                    float(visit.photo_rel[e]),
                    COMMON_REL,
                    float(visit.side_correlation[e, int(reading)]),
                )
                name, method = reading.name.lower(), Method.NETWORK
                measures.append(
                    Measure(name, side, value, parts.total(value), "mm", value, method, parts=parts)
                )
        photos.append(
            PhotoResult(f"{expression.value}.jpg", expression, mirrored, "recorded", measures=tuple(measures))
        )
    told = measure_set([(photo.expression, photo.measures) for photo in photos], affected=affected)
    return SetResult(tuple(photos), told, (BackendName("recorded", "1", "0" * 64),))


def measured_json(visit, affected, mirrored=Mirrored.NO):
    """Its document."""
    return to_json(measured_set(visit, affected, mirrored))
