import pytest

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.measurement.measures import MEASURES
from facialis.measurement.photo_set import measure_set
from facialis.measurement.synkinesis import (
    NECK_REASON,
    SubScoreName,
    SynkinesisRegion,
    involuntary_movements,
)
from tests.factories.faces import FaceShape
from tests.factories.measures import measure_shape

REST = FaceShape()


def matrix(affected=Side.LEFT, **shapes):
    photos = [(Expression(name), measure_shape(shape)) for name, shape in {"rest": REST, **shapes}.items()]
    return measure_set(photos, affected=affected).synkinesis


def cell(found, expression, region, side=Side.LEFT):
    (entry,) = (e for e in found.entries if (e.expression, e.region, e.side) == (expression, region, side))
    return entry


def sub_score(found, name, side=Side.LEFT):
    (score,) = (s for s in found.sub_scores if (s.name, s.side) == (name, side))
    return score


def test_eye_that_narrows_in_a_smile_is_ocular_synkinesis():
    smile = REST.with_side(Side.LEFT, lower_lid=2.5, commissure=(27.0, -63.0)).with_side(
        Side.RIGHT, lower_lid=4.5, commissure=(31.0, -57.0)
    )
    found = matrix(open_smile=smile)
    entry = cell(found, Expression.OPEN_SMILE, SynkinesisRegion.EYE)
    assert entry.value == pytest.approx(2.5 - 0.5)
    assert entry.z == pytest.approx(entry.value / entry.sd)
    assert sub_score(found, SubScoreName.OCULAR).value == pytest.approx(2.0)
    assert sub_score(found, SubScoreName.OCULAR).cells == 1


def test_commissure_pulled_by_eye_closure_is_midfacial_synkinesis():
    closed = {"eye_open": True, "upper_lid": -4.0, "lower_lid": 4.0}
    closure = REST.with_side(Side.LEFT, **closed, commissure=(26.0, -63.0)).with_side(Side.RIGHT, **closed)
    found = matrix(gentle_eye_closure=closure)
    assert cell(found, Expression.GENTLE_EYE_CLOSURE, SynkinesisRegion.COMMISSURE).value == pytest.approx(3.0)
    # Half of the two cells: the ala did not move.
    assert sub_score(found, SubScoreName.MIDFACIAL).value == pytest.approx(1.5)
    assert cell(found, Expression.GENTLE_EYE_CLOSURE, SynkinesisRegion.EYE).reason.startswith(
        "What is measured"
    )


def test_weak_side_that_stays_still_is_not_synkinesis():
    """Only the healthy eye widens with the brow: the affected one is weak, it does not narrow."""
    raised = REST.with_side(Side.RIGHT, upper_lid=5.0, brow_height=28.0)
    entry = cell(matrix(brow_raise=raised), Expression.BROW_RAISE, SynkinesisRegion.EYE)
    assert entry.value == 0
    assert entry.sd > 0


def test_healthy_movement_beyond_the_affected_is_negative():
    smile = REST.with_side(Side.RIGHT, lower_lid=3.0)
    assert cell(matrix(open_smile=smile), Expression.OPEN_SMILE, SynkinesisRegion.EYE).value == pytest.approx(
        -2
    )


def test_unknown_affected_side_gives_each_side_against_the_other():
    smile = REST.with_side(Side.LEFT, lower_lid=3.0)
    found = matrix(affected=None, open_smile=smile)
    left = cell(found, Expression.OPEN_SMILE, SynkinesisRegion.EYE, Side.LEFT)
    right = cell(found, Expression.OPEN_SMILE, SynkinesisRegion.EYE, Side.RIGHT)
    assert left.value == pytest.approx(2)
    assert right.value == pytest.approx(-2)
    assert left.sd == pytest.approx(right.sd)


def test_matrix_has_every_movement_and_region():
    found = matrix()
    assert len(found.entries) == (len(NINE_PHOTOGRAPHS) - 1) * len(SynkinesisRegion)
    assert all((e.value is None) == (e.reason is not None) for e in found.entries)


def test_neck_and_platysma_are_never_said():
    found = matrix(open_smile=REST)
    assert all(e.reason == NECK_REASON for e in found.entries if e.region is SynkinesisRegion.NECK)
    assert sub_score(found, SubScoreName.PLATYSMAL).reason == NECK_REASON


def test_sub_score_without_a_photograph_says_which_are_missing():
    score = sub_score(matrix(), SubScoreName.OCULAR)
    assert score.value is None
    assert "no photograph of 'open_smile'" in score.reason


def test_sd_of_a_sub_score_counts_the_shared_rest_photograph_once_per_cell():
    """Cells that share the photograph at rest are not independent: the mean's sd shrinks by less."""
    smile = REST.with_side(Side.LEFT, lower_lid=3.0)
    found = matrix(open_smile=smile, closed_smile=smile, pucker=smile)
    one = cell(found, Expression.OPEN_SMILE, SynkinesisRegion.EYE).sd
    mean = sub_score(found, SubScoreName.OCULAR)
    assert mean.cells == 3
    assert mean.sd > one / 3**0.5 * 1.1


def test_every_row_of_the_table_can_be_measured():
    movements = involuntary_movements()
    assert len({(m.expression, m.region) for m in movements}) == len(movements)
    for movement in movements:
        assert MEASURES[movement.measure].sided
        assert movement.direction in (-1, 1)
        assert movement.region is not SynkinesisRegion.NECK
        assert movement.expression in NINE_PHOTOGRAPHS[1:]
