"""Laws of amounts and dilutions, for any amount and any pair of products."""

import operator
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facialis.toxins import ToxinDose, ToxinProduct, total
from facialis.toxins.dilution import dilute, vials_needed
from facialis.toxins.errors import DoseError, MixedProductsError, SyringeError
from facialis.toxins.exact import exact_number, number_text
from facialis.toxins.preparation import allowed_strength
from facialis.toxins.session import draw_up, fill_syringe, nearest_doses, units_per_mark
from facialis.toxins.syringes import syringes
from facialis.toxins.vials import vial_sizes

PRODUCTS = st.sampled_from(ToxinProduct)
PAIRS = st.tuples(PRODUCTS, PRODUCTS).filter(lambda pair: pair[0] is not pair[1])
AMOUNTS = st.fractions(min_value=0, max_value=1000, max_denominator=10_000)
MEETINGS = (
    operator.add,
    operator.sub,
    operator.lt,
    operator.le,
    operator.gt,
    operator.ge,
    operator.iadd,
    operator.isub,
    lambda one, other: total([one, other]),
    lambda one, other: sum([other], start=one),
    max,
    lambda one, other: sorted([one, other]),
)
NOT_THERE = (operator.mul, operator.truediv, operator.floordiv, operator.mod, operator.pow, divmod)


@st.composite
def dilutions(draw, products=PRODUCTS):
    """Any vial of any product, at any allowed strength."""
    vial = draw(st.sampled_from(vial_sizes(draw(products))))
    allowed = allowed_strength(vial.product)
    low, high = allowed.low_per_tenth_ml.amount, allowed.high_per_tenth_ml.amount
    strength = draw(st.fractions(min_value=low, max_value=high, max_denominator=1000))
    return dilute(vial, vial.content.amount / strength / 10 - (vial.contents_ml or 0))


@given(pair=PAIRS, one=AMOUNTS, other=AMOUNTS)
def test_two_products_never_meet(pair, one, other):
    for meet in MEETINGS:
        with pytest.raises(MixedProductsError):
            meet(ToxinDose(one, pair[0]), ToxinDose(other, pair[1]))


def test_no_pair_of_products_meets():
    for one, other in permutations(ToxinProduct, 2):
        for meet in MEETINGS:
            with pytest.raises(MixedProductsError):
                meet(ToxinDose(1, one), ToxinDose(1, other))


@given(one=PRODUCTS, other=PRODUCTS, amount=AMOUNTS)
def test_doses_are_never_multiplied_or_divided(one, other, amount):
    for operation in NOT_THERE:
        with pytest.raises(TypeError):
            operation(ToxinDose(amount, one), ToxinDose(1, other))


@given(pair=PAIRS, amount=AMOUNTS)
def test_same_amount_of_two_products_differs(pair, amount):
    assert ToxinDose(amount, pair[0]) != ToxinDose(amount, pair[1])


@given(product=PRODUCTS, amounts=st.lists(AMOUNTS, min_size=1, max_size=8))
def test_total_is_exact_in_any_order(product, amounts):
    doses = [ToxinDose(amount, product) for amount in amounts]
    assert total(doses) == total(reversed(doses)) == ToxinDose(sum(amounts), product)


@given(product=PRODUCTS, one=AMOUNTS, other=AMOUNTS)
def test_what_is_added_can_be_taken_away(product, one, other):
    first, second = ToxinDose(one, product), ToxinDose(other, product)
    assert first + second - second == first
    assert (first < second) == (one < other)
    if other > one:
        with pytest.raises(DoseError):
            first - second


@given(number=st.decimals(min_value=0, max_value=10**6, places=4))
def test_written_number_is_read_back(number):
    assert exact_number(number_text(exact_number(number, "It")), "It") == Fraction(number)


@given(dilution=dilutions(), amount=AMOUNTS)
def test_dose_and_volume_undo_each_other(dilution, amount):
    dose = ToxinDose(amount, dilution.vial.product)
    assert dilution.dose_in(dilution.volume_for(dose)) == dose
    assert dilution.dose_in(dilution.volume_ml) == dilution.vial.content


@given(dilution=dilutions(), syringe=st.sampled_from(syringes()), amount=AMOUNTS)
def test_dose_is_on_a_mark_or_between_two(dilution, syringe, amount):
    dose = ToxinDose(amount, dilution.vial.product)
    low, high = nearest_doses(dose, dilution, syringe)
    step = units_per_mark(dilution, syringe)
    assert high - low in (step, step * 0)
    assert low <= dose <= high or dose < low == high == step
    if dose == low and dilution.volume_for(dose) <= syringe.capacity_ml:
        assert draw_up(dose, dilution, syringe).marks * step == dose
    elif amount:
        with pytest.raises(SyringeError):
            draw_up(dose, dilution, syringe)


@given(
    dilution=dilutions(),
    syringe=st.sampled_from(syringes()),
    marks=st.lists(st.integers(1, 9), min_size=1, max_size=3),
)
def test_syringe_holds_what_was_drawn(dilution, syringe, marks):
    step = units_per_mark(dilution, syringe)
    filled = fill_syringe([draw_up(step * count, dilution, syringe) for count in marks])
    assert filled.total == step * sum(marks)
    assert dilution.dose_in(filled.volume_ml) == filled.total


@given(dilution=dilutions(), amounts=st.lists(AMOUNTS, min_size=1, max_size=6))
def test_vials_hold_doses_and_waste_and_no_vial_is_spare(dilution, amounts):
    need = vials_needed([ToxinDose(amount, dilution.vial.product) for amount in amounts], dilution)
    assert need.total + need.waste == dilution.vial.content * need.vials
    assert need.waste < dilution.vial.content
    assert dilution.dose_in(need.waste_ml) == need.waste


@given(pair=PAIRS, data=st.data(), amount=AMOUNTS)
def test_dose_of_another_product_gets_no_volume(pair, data, amount):
    dilution = data.draw(dilutions(st.just(pair[0])))
    foreign = ToxinDose(amount, pair[1])
    refusals = (
        lambda: dilution.volume_for(foreign),
        lambda: nearest_doses(foreign, dilution, syringes()[0]),
        lambda: draw_up(foreign, dilution, syringes()[0]),
        lambda: vials_needed([foreign], dilution),
    )
    for refused in refusals:
        with pytest.raises(MixedProductsError):
            refused()
