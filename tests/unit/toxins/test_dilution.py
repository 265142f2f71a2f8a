from fractions import Fraction

import pytest

from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.dilution import Dilution, VialNeed, dilute, vials_needed
from facialis.toxins.errors import DilutionError, DoseError, InexactNumberError, MixedProductsError
from facialis.toxins.vials import ready_vial, vial_size

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
ABO = ToxinProduct.ABOBOTULINUMTOXIN_A
DAXI = ToxinProduct.DAXIBOTULINUMTOXIN_A
RIMA = ToxinProduct.RIMABOTULINUMTOXIN_B


def botox(saline="2.5", units=100):
    return dilute(vial_size(ONA, units), saline)


def ona(amount):
    return ToxinDose(amount, ONA)


def test_strength_is_exact():
    dilution = botox()
    assert dilution.saline_ml == dilution.volume_ml == Fraction(5, 2)
    assert dilution.units_per_ml == ona(40)
    assert dilution.units_per_tenth_ml == ona(4)
    assert dilution.dose_in(Fraction(1, 20)) == ona(2)
    assert dilution.text == "100 units onabotulinumtoxinA with 2.5 mL saline"


def test_volume_for_a_dose_is_exact():
    assert botox().volume_for(ona("2.5")) == Fraction(1, 16)
    assert botox("3").volume_for(ona(1)) == Fraction(3, 100)
    assert dilute(vial_size(DAXI, 100), "1.2").volume_for(ToxinDose(8, DAXI)) == Fraction(96, 1000)


def test_volume_for_another_product_is_refused():
    with pytest.raises(MixedProductsError) as error:
        botox().volume_for(ToxinDose("2.5", ABO))
    assert str(error.value) == (
        "Units of abobotulinumtoxinA and onabotulinumtoxinA are not interchangeable: 2.5 units "
        "abobotulinumtoxinA "
        "and 100 units onabotulinumtoxinA cannot be taken one from the other. Keep the products apart."
    )


def test_ready_solution_needs_no_saline():
    dilution = dilute(vial_size(RIMA, 2500), 0)
    assert (dilution.saline_ml, dilution.volume_ml) == (0, Fraction(1, 2))
    assert dilution.units_per_ml == ToxinDose(5000, RIMA)
    assert dilution.text == "2500 units rimabotulinumtoxinB in 0.5 mL"


def test_ready_solution_can_be_diluted_where_the_label_knows_it():
    dilution = dilute(vial_size(RIMA, 2500), "0.5")
    assert dilution.volume_ml == 1
    assert dilution.units_per_tenth_ml == ToxinDose(250, RIMA)
    assert dilution.text == "2500 units rimabotulinumtoxinB in 0.5 mL with 0.5 mL saline"


def test_liquid_brand_of_a_powder_product_takes_no_saline():
    vial = ready_vial(ABO, 125, "0.625")
    assert dilute(vial, 0).units_per_ml == ToxinDose(200, ABO)
    with pytest.raises(DilutionError) as error:
        dilute(vial, "0.1")
    assert str(error.value) == (
        "This brand of abobotulinumtoxinA is ready to use and 0.1 mL of saline would be added; "
        "no dilution of it is known. Add none."
    )
    assert error.value.code == "dilution_refused"


def test_powder_needs_saline():
    with pytest.raises(DilutionError) as error:
        botox(0)
    assert str(error.value) == (
        "The vial of 100 units onabotulinumtoxinA is a powder and the volume of saline is 0 mL. "
        "Give the volume added (usual: 100 units with 2.5 mL)."
    )
    with pytest.raises(DilutionError, match=r"\(usual: 300 units with 2.5 mL or 300 units with 1.5 mL\)"):
        dilute(vial_size(ABO, 500), 0)


def test_negative_saline_is_refused():
    with pytest.raises(DilutionError) as error:
        botox("-1")
    assert str(error.value) == "The volume of saline is -1 mL; it is 0 mL or more. Correct it."


@pytest.mark.parametrize("saline", [2.5, float("nan"), True, "two", None])
def test_saline_is_an_exact_number(saline):
    with pytest.raises(InexactNumberError, match=r"^The volume of saline is "):
        botox(saline)
    with pytest.raises(InexactNumberError, match=r"^The volume of saline is "):
        Dilution(vial_size(ONA, 100), saline)


def test_constructor_makes_the_volume_exact():
    assert Dilution(vial_size(ONA, 100), "2.5") == botox()


@pytest.mark.parametrize(("saline", "strength"), [("1", 10), ("10", 1)])
def test_strengths_at_the_ends_are_allowed(saline, strength):
    assert botox(saline).units_per_tenth_ml == ona(strength)


def test_solution_too_weak_is_refused():
    with pytest.raises(DilutionError) as error:
        botox("12.5")
    assert str(error.value) == (
        "100 units onabotulinumtoxinA with 12.5 mL saline is 0.8 units in 0.1 mL, too weak: allowed are 1 "
        "to 10 units "
        "in 0.1 mL, that is 1 to 10 mL of solution from this vial (source: Facialis, allowed strengths "
        "[design]). "
        "Check the vial and the volume."
    )
    assert error.value.code == "dilution_too_weak"


def test_solution_too_strong_is_refused():
    with pytest.raises(DilutionError) as error:
        botox("0.4", 50)
    assert str(error.value) == (
        "50 units onabotulinumtoxinA with 0.4 mL saline is 12.5 units in 0.1 mL, too strong: allowed are 1 "
        "to 10 units "
        "in 0.1 mL, that is 0.5 to 5 mL of solution from this vial (source: Facialis, allowed strengths "
        "[design]). "
        "Check the vial and the volume."
    )
    assert error.value.code == "dilution_too_strong"


def test_rounded_strength_of_a_label_is_named():
    assert dilute(vial_size(DAXI, 100), "1.2").label_note() == (
        "The label calls this 8 units in 0.1 mL (DaxxifyLabel, preparation [found]); the division gives "
        "about 8.3333. "
        "Volumes and marks here follow the division."
    )


@pytest.mark.parametrize(
    ("product", "units", "saline"),
    [
        (DAXI, 50, "1.2"),
        (DAXI, 100, "1.25"),
        (ONA, 100, "2.5"),
        (ToxinProduct.PRABOTULINUMTOXIN_A, 100, "2.5"),
    ],
)
def test_other_dilutions_need_no_note(product, units, saline):
    assert dilute(vial_size(product, units), saline).label_note() is None


@pytest.mark.parametrize(
    ("doses", "vials", "together", "waste", "waste_ml"),
    [
        (["2.5", "2.5"], 1, "5", "95", Fraction(19, 8)),
        (["50", "50"], 1, "100", "0", Fraction(0)),
        (["50", "50.4"], 2, "100.4", "99.6", Fraction(249, 100)),
        (["0"], 0, "0", "0", Fraction(0)),
    ],
)
def test_vials_and_waste(doses, vials, together, waste, waste_ml):
    need = vials_needed([ona(dose) for dose in doses], botox())
    assert need == VialNeed(vials, ona(together), ona(waste), waste_ml)
    assert isinstance(need.vials, int)


def test_vials_for_nothing_or_for_another_product_are_refused():
    with pytest.raises(DoseError):
        vials_needed([], botox())
    with pytest.raises(MixedProductsError, match="cannot be taken one from the other"):
        vials_needed([ToxinDose(1, ABO)], botox())
    with pytest.raises(MixedProductsError, match="cannot be added"):
        vials_needed([ona(1), ToxinDose(1, ABO)], botox())
