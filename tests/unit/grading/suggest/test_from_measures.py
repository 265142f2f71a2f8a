import pytest

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest import readings_from_measures, suggest
from facialis.grading.suggest.from_measures import reading_or_reason
from facialis.grading.suggest.readings import NoReading, Reading
from facialis.measurement.photo_set import measure_set
from tests.factories.faces import FaceShape
from tests.factories.measures import measure_shape

REST = FaceShape()
SMILE = REST.with_side(Side.LEFT, commissure=(27.0, -63.0), lower_lid=3.0).with_side(
    Side.RIGHT, commissure=(31.0, -57.0), lower_lid=4.5
)
PHOTOS = [(Expression.REST, measure_shape(REST)), (Expression.OPEN_SMILE, measure_shape(SMILE))]


def test_readings_are_the_numbers_of_the_set():
    found, together = readings_from_measures(PHOTOS, affected=Side.LEFT), measure_set(PHOTOS)
    smile, name = Expression.OPEN_SMILE, "commissure_height"
    assert found.affected is Side.LEFT
    assert found.photographed == {Expression.REST, smile}
    measure = next(m for m in PHOTOS[1][1] if (m.name, m.side) == (name, Side.LEFT))
    assert found.value(smile, name, Side.LEFT) == Reading(measure.value, measure.sd, "mm")
    excursion = next(e for e in together.excursions if (e.name, e.side) == (f"{name}_excursion", Side.LEFT))
    assert found.excursion(smile, name, Side.LEFT) == Reading(excursion.value, excursion.sd, "mm")
    for wanted, look in ((name, found.asymmetry), (f"{name}_excursion", found.excursion_asymmetry)):
        pair = next(a for a in together.asymmetry if (a.expression, a.name) == (smile, wanted))
        assert look(smile, name) == Reading(pair.value, pair.sd, "mm")
    entry = next(
        e
        for e in together.synkinesis.entries
        if (e.expression, e.region, e.side) == (smile, "eye", Side.LEFT)
    )
    assert found.involuntary_movement(smile, "eye", Side.LEFT) == Reading(entry.value, entry.sd, "mm")


def test_both_sides_of_the_synkinesis_matrix_are_there():
    found = readings_from_measures(PHOTOS)
    assert found.affected is None
    values = [found.involuntary_movement(Expression.OPEN_SMILE, "eye", side).value for side in Side]
    assert values == [pytest.approx(1.5), pytest.approx(-1.5)]


def test_reasons_are_kept():
    found = readings_from_measures(PHOTOS)
    assert found.value(Expression.REST, "cheek_prominence", Side.LEFT) == NoReading(
        "The prominence of the LEFT cheek needs depth; points in one photograph have none."
    )
    for look in (found.asymmetry, found.excursion_asymmetry):
        assert look(Expression.OPEN_SMILE, "cheek_prominence") == NoReading(
            "LEFT side: The prominence of the LEFT cheek needs depth; points in one photograph have none."
        )
    assert found.excursion(Expression.OPEN_SMILE, "cheek_prominence", Side.RIGHT) == NoReading(
        "The prominence of the RIGHT cheek needs depth; points in one photograph have none."
    )
    assert found.involuntary_movement(Expression.OPEN_SMILE, "chin", Side.LEFT) == NoReading(
        "What is measured here takes part in the intended movement; an involuntary part cannot be told from "
        "it."
    )
    assert found.excursion(Expression.REST, "brow_height", Side.LEFT) == NoReading(
        "'brow_height' was not read in 'rest'."
    )


def test_a_value_needs_its_sd():
    assert reading_or_reason(1.0, 0.5, "mm", None) == Reading(1.0, 0.5, "mm")
    assert reading_or_reason(None, None, "mm", "why") == NoReading("why")
    assert reading_or_reason(1.0, None, "mm", None) == NoReading("There is no value, and no reason is given.")


def test_a_smile_is_suggested_from_measures():
    found = suggest("sunnybrook", readings_from_measures(PHOTOS), Side.LEFT).item("smile_movement")
    # Up 3 of 9 mm, out 2 of 6 mm.
    assert found.value == 2
    assert found.judged.value == pytest.approx(100 / 3)
