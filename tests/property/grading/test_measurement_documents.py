"""Whatever a file says, it is read, refused with a sentence, or judged without a crash."""

import copy
import functools

from hypothesis import given, settings
from hypothesis import strategies as st

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.grading.suggest import SUGGESTED, suggest
from facialis.grading.suggest.plain import suggestion_to_plain
from facialis.measurement.photo_set import measure_set
from facialis.report.document import to_document
from facialis.report.model import PhotoResult, SetResult
from facialis.report.read_measurement import MeasurementDocumentError, read_measurement
from tests.factories.measures import measure_shape
from tests.factories.results import WEAK_LEFT

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["left", "rest", "mm", [], {}, [None], {"message": 1}]),
)
EXTREME = st.sampled_from([0, -0.0, 5e-324, 1e-300, 1e5, -1e5, 99999, 1e-4])


@functools.cache
def whole():
    shapes = [(expression, measure_shape(shape)) for expression, shape in WEAK_LEFT.items()]
    photos = tuple(
        PhotoResult(f"{expression}.jpg", expression, Mirrored.NO, measures=measures)
        for expression, measures in shapes
    )
    return to_document(SetResult(photos, measure_set(shapes, affected=Side.LEFT)))


def places(value, path=()):
    """Every place of a document."""
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield (*path, key)
        yield from places(child, (*path, key))


@functools.cache
def all_places():
    return tuple(places(whole()))


def replaced(document, path, value):
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_document_is_read_or_refused(data):
    document = copy.deepcopy(whole())
    path = data.draw(st.sampled_from(all_places()))
    replaced(document, path, data.draw(JUNK))
    try:
        readings = read_measurement(document)
    except MeasurementDocumentError:
        return
    for instrument in SUGGESTED:
        assert suggestion_to_plain(suggest(instrument, readings, readings.affected or Side.LEFT))


@settings(max_examples=25)
@given(data=st.data())
def test_extreme_numbers_are_judged_without_a_crash(data):
    document = copy.deepcopy(whole())
    measures = [entry for photo in document["photos"] for entry in photo["measures"]]
    entries = [*measures, *document["set"]["excursions"], *document["set"]["asymmetry"]]
    for entry in entries:
        if entry["value"] is not None and data.draw(st.integers(0, 3)) == 0:
            entry["value"] = data.draw(EXTREME)
            entry["sd"] = abs(data.draw(EXTREME))
    readings = read_measurement(document)
    assert readings.photographed == set(WEAK_LEFT)
    assert Expression.REST in readings.photographed
    for instrument in SUGGESTED:
        assert suggestion_to_plain(suggest(instrument, readings, Side.LEFT))
