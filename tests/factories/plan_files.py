"""Files that the verbs of a plan read: a case, with a measurement beside it."""

import json
from functools import cache

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.sides import Mirrored
from facialis.report.case_json import case_to_json
from facialis.report.document import to_document
from facialis.report.model import PhotoResult
from tests.factories.faces import FaceShape
from tests.factories.measures import measure_shape
from tests.factories.planning import good_case
from tests.factories.results import WEAK_LEFT, set_result


@cache
def measured_text(mirrored=Mirrored.NO, expressions=NINE_PHOTOGRAPHS):
    """A measurement of the patient with the weak LEFT side."""
    photos = [
        PhotoResult(
            f"{expression.value}.jpg",
            expression,
            mirrored,
            "recorded",
            measures=measure_shape(WEAK_LEFT.get(expression, FaceShape())),
        )
        for expression in expressions
    ]
    return json.dumps(to_document(set_result(*photos)))


def write_case(folder, case=None, measurement=None):
    """Write a case, and a measurement under the name that its visit has; returns the case's path."""
    case = case or good_case()
    for visit in case.visits:
        if visit.measurement is not None:
            path = folder / visit.measurement
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(measured_text() if measurement is None else measurement, "utf-8")
    path = folder / "case.json"
    path.write_text(case_to_json(case), "utf-8")
    return path
