from fractions import Fraction

import pytest

from facialis.evidence import Provenance
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.errors import DoseError, InexactNumberError, VialError
from facialis.toxins.product_names import Formulation
from facialis.toxins.vials import ready_vial, vial_size, vial_sizes

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
ABO = ToxinProduct.ABOBOTULINUMTOXIN_A
RIMA = ToxinProduct.RIMABOTULINUMTOXIN_B


def test_vial_is_found_by_its_amount():
    vial = vial_size(ONA, "100.0")
    assert vial.content == ToxinDose(100, ONA)
    assert vial.product is ONA
    assert vial.formulation is Formulation.POWDER
    assert vial.contents_ml is None
    assert vial.citation.source_key == "BotoxLabel"


def test_sizes_can_be_asked_for_by_formulation():
    assert vial_sizes(ABO, Formulation.LIQUID) == ()
    assert vial_sizes(ABO, Formulation.POWDER) == vial_sizes(ABO)
    assert vial_sizes(RIMA, Formulation.POWDER) == ()
    assert [size.content.amount for size in vial_sizes(RIMA, Formulation.LIQUID)] == [2500, 5000, 10000]


def test_vial_that_the_product_does_not_have_is_refused():
    with pytest.raises(VialError) as error:
        vial_size(ABO, 100)
    assert str(error.value) == (
        "abobotulinumtoxinA has no vial of 100 units; its vials hold 125, 300, 500 units "
        "(source: PracticeNotes, DysportLabel). Read the amount from the vial."
    )
    assert error.value.code == "vial_refused"
    with pytest.raises(
        VialError, match="onabotulinumtoxinA has no powder vial of 101 units; its vials hold 50, 100"
    ):
        vial_size(ONA, 101, Formulation.POWDER)


def test_vial_of_unknown_volume_asks_for_it():
    with pytest.raises(VialError) as error:
        vial_size(ABO, "125", Formulation.LIQUID)
    assert str(error.value) == (
        "No liquid vial of abobotulinumtoxinA stands in the tables, so a vial of 125 units has no known "
        "volume. "
        "Give the volume printed on it."
    )


def test_amount_of_a_vial_is_exact_and_not_negative():
    with pytest.raises(InexactNumberError):
        vial_size(ONA, 100.0)
    with pytest.raises(DoseError):
        vial_size(ONA, -100)


def test_ready_vial_is_taken_as_printed():
    vial = ready_vial(ABO, 125, "0.625")
    assert vial.content == ToxinDose(125, ABO)
    assert vial.formulation is Formulation.LIQUID
    assert vial.contents_ml == Fraction(5, 8)
    assert vial.citation.text == "Facialis, as printed on the vial and typed in [design]"
    assert vial.citation.population == "this vial"
    assert vial.citation.provenance is Provenance.DESIGN


def test_known_ready_vial_is_not_typed_in():
    with pytest.raises(VialError) as error:
        ready_vial(RIMA, 2500, "0.5")
    assert str(error.value) == (
        "The volumes of the vials of rimabotulinumtoxinB stand in the tables. Leave the printed volume out."
    )


@pytest.mark.parametrize(("units", "volume"), [("0", "1"), ("125", "0"), ("125", "-1")])
def test_empty_ready_vial_is_refused(units, volume):
    with pytest.raises(VialError) as error:
        ready_vial(ABO, units, volume)
    assert str(error.value) == (
        f"The vial is said to hold {units} units abobotulinumtoxinA in {volume} mL; both are above 0. "
        "Read them from the vial."
    )


def test_volume_of_a_ready_vial_is_exact():
    with pytest.raises(InexactNumberError, match=r"The volume in the vial is 0\.5: a float"):
        ready_vial(ABO, 125, 0.5)


def test_less_than_one_millilitre_or_unit_is_not_empty():
    assert ready_vial(ABO, "0.5", "0.001").contents_ml == Fraction(1, 1000)
