import pytest

from facialis.anatomy.expression_sets import (
    ExpressionUser,
    expression_uses,
    expressions_used_by,
    movements_of,
    users_of,
)
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.lookup import UnknownNameError
from facialis.evidence import Provenance


def test_sunnybrook_asks_for_five_expressions():
    assert expressions_used_by("sunnybrook") == (
        Expression.BROW_RAISE,
        Expression.GENTLE_EYE_CLOSURE,
        Expression.OPEN_SMILE,
        Expression.SNARL,
        Expression.PUCKER,
    )
    assert len(movements_of("sunnybrook")) == 5


def test_eface_asks_for_seven_movements_that_five_expressions_answer():
    assert [use.expression for use in movements_of(ExpressionUser.EFACE)] == [
        Expression.BROW_RAISE,
        Expression.GENTLE_EYE_CLOSURE,
        Expression.TIGHT_EYE_CLOSURE,
        Expression.OPEN_SMILE,
        Expression.OPEN_SMILE,
        Expression.OPEN_SMILE,
        Expression.LOWER_TEETH_SHOW,
    ]
    assert len(expressions_used_by("eface")) == 5
    assert {use.citation.provenance for use in movements_of("eface")} == {Provenance.FOUND}


def test_the_photographs_are_the_nine_and_the_nasal_base_in_the_order_of_the_names():
    assert expressions_used_by("photographs") == (*NINE_PHOTOGRAPHS, Expression.NASAL_BASE)


@pytest.mark.parametrize("user", ExpressionUser)
def test_movements_are_numbered_from_1(user):
    assert [use.number for use in movements_of(user)] == list(range(1, len(movements_of(user)) + 1))


def test_whatever_an_instrument_asks_for_is_photographed():
    photographed = set(expressions_used_by("photographs"))
    assert {use.expression for use in expression_uses()} == photographed


def test_users_of_an_expression():
    assert users_of("open_smile") == (
        ExpressionUser.SUNNYBROOK,
        ExpressionUser.EFACE,
        ExpressionUser.PHOTOGRAPHS,
    )
    assert users_of(Expression.CLOSED_SMILE) == (ExpressionUser.PHOTOGRAPHS,)


def test_unknown_instrument_and_expression_are_refused():
    with pytest.raises(UnknownNameError) as error:
        expressions_used_by("sunnybrok")
    assert str(error.value) == "'sunnybrok' is no instrument. Did you mean sunnybrook?"
    assert error.value.code == "unknown_instrument"
    with pytest.raises(UnknownNameError) as error:
        users_of("wink")
    assert error.value.code == "unknown_expression"
