from fractions import Fraction

import pytest

from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.dilution import dilute
from facialis.toxins.errors import DoseError, MixedProductsError, SyringeError
from facialis.toxins.session import (
    Draw,
    FilledSyringe,
    draw_up,
    fill_syringe,
    nearest_doses,
    units_per_mark,
    volume_note,
)
from facialis.toxins.syringes import syringe_named
from facialis.toxins.vials import vial_size

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
INCO = ToxinProduct.INCOBOTULINUMTOXIN_A
HALF_ML = syringe_named("insulin_0_5_ml")
ONE_ML = syringe_named("one_ml")
USUAL = dilute(vial_size(ONA, 100), "2.5")
STRONGER = dilute(vial_size(ONA, 100), "2")
SOURCE = "(source: PracticeNotes, syringes in common use [recall-medium])"


def ona(amount):
    return ToxinDose(amount, ONA)


def test_one_mark_holds():
    assert units_per_mark(USUAL, HALF_ML) == ona("0.4")
    assert units_per_mark(STRONGER, HALF_ML) == ona("0.5")
    assert units_per_mark(USUAL, syringe_named("insulin_0_3_ml_half")) == ona("0.2")


@pytest.mark.parametrize(
    ("dose", "low", "high"),
    [
        ("2.5", "2.4", "2.8"),
        ("2.4", "2.4", "2.4"),
        ("0.1", "0.4", "0.4"),
        ("0.5", "0.4", "0.8"),
        ("0", "0.4", "0.4"),
    ],
)
def test_nearest_doses_lie_on_marks(dose, low, high):
    assert nearest_doses(ona(dose), USUAL, HALF_ML) == (ona(low), ona(high))


def test_dose_on_a_mark_is_drawn_up():
    assert draw_up(ona("2.5"), STRONGER, HALF_ML) == Draw(ona("2.5"), STRONGER, HALF_ML, Fraction(1, 20), 5)


def test_full_syringe_is_drawn_up():
    draw = draw_up(ona(20), USUAL, HALF_ML)
    assert (draw.volume_ml, draw.marks) == (Fraction(1, 2), 50)
    assert isinstance(draw.marks, int)


def test_dose_between_two_marks_is_refused_with_the_nearest():
    with pytest.raises(SyringeError) as error:
        draw_up(ona("2.5"), USUAL, HALF_ML)
    assert str(error.value) == (
        "2.5 units onabotulinumtoxinA lies at 6.25 marks of the 0.5 mL insulin syringe (marks of 0.01 mL); "
        "one mark "
        "holds 0.4 units onabotulinumtoxinA and only whole marks can be measured "
        f"{SOURCE}. The nearest doses are 2.4 units onabotulinumtoxinA (mark 6) and 2.8 units "
        f"onabotulinumtoxinA "
        "(mark 7). Change the dose, the saline or the syringe."
    )
    assert error.value.code == "dose_off_step"


def test_dose_below_the_first_mark_is_refused_with_the_smallest():
    with pytest.raises(SyringeError) as error:
        draw_up(ona("0.1"), USUAL, HALF_ML)
    assert str(error.value).endswith(
        f"{SOURCE}. The smallest is 0.4 units onabotulinumtoxinA (mark 1). Change the dose, the saline or "
        f"the syringe."
    )


def test_dose_too_large_for_the_syringe_is_refused():
    with pytest.raises(SyringeError) as error:
        draw_up(ona("20.4"), USUAL, HALF_ML)
    assert str(error.value) == (
        "20.4 units onabotulinumtoxinA takes 0.51 mL; the 0.5 mL insulin syringe holds 0.5 mL, that is 20 "
        "units "
        f"onabotulinumtoxinA {SOURCE}. Split the dose or take a larger syringe."
    )
    assert error.value.code == "syringe_too_small"


def test_nothing_cannot_be_drawn_up():
    with pytest.raises(DoseError) as error:
        draw_up(ona(0), USUAL, HALF_ML)
    assert str(error.value) == (
        "The dose is 0 units onabotulinumtoxinA: there is nothing to draw up. Leave it out."
    )


def test_another_product_cannot_be_drawn_up():
    with pytest.raises(MixedProductsError):
        draw_up(ToxinDose(4, INCO), USUAL, HALF_ML)


def test_doses_fill_one_syringe():
    draws = [draw_up(ona(dose), USUAL, HALF_ML) for dose in ("4", "16")]
    filled = fill_syringe(iter(draws))
    assert filled == FilledSyringe(HALF_ML, USUAL, (ona(4), ona(16)), Fraction(1, 2))
    assert filled.total == ona(20)


def test_two_products_in_one_syringe_are_refused():
    other = dilute(vial_size(INCO, 100), "2.5")
    with pytest.raises(MixedProductsError) as error:
        fill_syringe([draw_up(ona(4), USUAL, HALF_ML), draw_up(ToxinDose(4, INCO), other, HALF_ML)])
    assert str(error.value) == (
        "Units of onabotulinumtoxinA and incobotulinumtoxinA are not interchangeable: 4 units "
        "onabotulinumtoxinA and "
        "4 units incobotulinumtoxinA cannot be drawn into one syringe. Keep the products apart."
    )


def test_two_solutions_in_one_syringe_are_refused():
    with pytest.raises(SyringeError) as error:
        fill_syringe([draw_up(ona(4), USUAL, HALF_ML), draw_up(ona(4), STRONGER, HALF_ML)])
    assert str(error.value) == (
        "One syringe holds one solution; found 100 units onabotulinumtoxinA with 2.5 mL saline and 100 units "
        "onabotulinumtoxinA with 2 mL saline. Take a second syringe."
    )
    assert error.value.code == "solutions_mixed"


def test_doses_for_two_syringes_do_not_fill_one():
    with pytest.raises(SyringeError) as error:
        fill_syringe([draw_up(ona(4), USUAL, HALF_ML), draw_up(ona(4), USUAL, ONE_ML)])
    assert str(error.value) == (
        "The doses were worked out for two syringes, 0.5 mL insulin syringe (marks of 0.01 mL) and 1 mL "
        "syringe "
        "(marks of 0.01 mL). Work them out for one."
    )
    assert error.value.code == "syringes_mixed"


def test_doses_that_do_not_fit_together_are_refused():
    draws = [draw_up(ona(dose), USUAL, HALF_ML) for dose in ("4", "16", "0.4")]
    with pytest.raises(SyringeError) as error:
        fill_syringe(draws)
    assert str(error.value) == (
        f"The doses take 0.51 mL together; the 0.5 mL insulin syringe holds 0.5 mL {SOURCE}. "
        "Spread them over more syringes."
    )
    assert error.value.code == "syringe_too_small"


def test_syringe_is_filled_with_at_least_one_dose():
    with pytest.raises(DoseError) as error:
        fill_syringe([])
    assert str(error.value) == "There is no dose to draw up. Give at least one."


@pytest.mark.parametrize("volume", ["0.025", "0.05", "0.1"])
def test_usual_volume_needs_no_note(volume):
    assert volume_note(Fraction(volume)) is None


@pytest.mark.parametrize(("volume", "word"), [("0.024", "less"), ("0.101", "more")])
def test_unusual_volume_is_named(volume, word):
    assert volume_note(Fraction(volume)) == (
        f"{volume} mL is {word} than usual for one point (0.025 to 0.1 mL; PracticeNotes, needle practice "
        "[recall-high])"
    )
