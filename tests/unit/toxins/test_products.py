from fractions import Fraction

import pytest

from facialis.evidence import Citation, Provenance
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.codes import CodeSystem
from facialis.toxins.contents import Allergen
from facialis.toxins.durations import HalfLifeClass
from facialis.toxins.errors import UnknownProductError
from facialis.toxins.labels import LabelSite, LimitKind, label_doses, label_limits
from facialis.toxins.preparation import allowed_strength, point_volume
from facialis.toxins.product_names import (
    Formulation,
    NameKind,
    ProductName,
    brands_of,
    find_product,
    product_named,
    product_names,
)
from facialis.toxins.product_record import product_record
from facialis.toxins.storage import StorageQuantity, VialState, storage_rules

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
ABO = ToxinProduct.ABOBOTULINUMTOXIN_A
DAXI = ToxinProduct.DAXIBOTULINUMTOXIN_A
RIMA = ToxinProduct.RIMABOTULINUMTOXIN_B
CITATION = Citation("Facialis", "here", Provenance.DESIGN, "adults")


@pytest.mark.parametrize(
    "text", ["Botox", "BOTOX", " botox ", "Botox  cosmetic", "vistabel", "ona", ONA.value.upper()]
)
def test_name_is_understood_whatever_its_capitals(text):
    assert product_named(text).product is ONA


def test_generic_names_come_first_and_brands_carry_their_formulation():
    names = product_names()
    assert [name.name for name in names[:7]] == [product.value for product in ToxinProduct]
    assert {name.kind for name in names[:7]} == {NameKind.GENERIC}
    assert product_named("Alluzience").formulation is Formulation.LIQUID
    assert product_named("Dysport").formulation is Formulation.POWDER
    assert product_named(ABO.value).formulation is Formulation.POWDER
    assert product_named("rima").kind is NameKind.SHORT
    assert product_named("myobloc").citation.source_key == "MyoblocLabel"


def test_brands_leave_short_and_generic_names_out():
    assert brands_of(ABO) == ("Dysport", "Azzalure", "Alluzience")
    assert brands_of(DAXI) == ("Daxxify",)


def test_name_of_several_products_is_refused():
    with pytest.raises(UnknownProductError) as error:
        product_named("botulinumtoxinA")
    assert str(error.value) == (
        "'botulinumtoxinA' could mean onabotulinumtoxinA or abobotulinumtoxinA or incobotulinumtoxinA or "
        "prabotulinumtoxinA or daxibotulinumtoxinA or letibotulinumtoxinA, whose units are not "
        "interchangeable. "
        "Give the generic name or the whole brand name."
    )
    assert error.value.code == "product_ambiguous"


def test_part_of_one_name_is_not_enough():
    with pytest.raises(UnknownProductError) as error:
        product_named("Dysp")
    assert str(error.value) == ("'Dysp' is not the name of a product. If 'Dysport' is meant, write it out.")
    assert error.value.code == "product_unknown"
    with pytest.raises(UnknownProductError, match="If 'Vistabel' is meant"):
        product_named("istab")


def test_part_of_two_names_of_one_product_offers_both():
    names = [ProductName(n, NameKind.BRAND, ONA, Formulation.POWDER, CITATION) for n in ("Aab", "Aac")]
    with pytest.raises(UnknownProductError, match="If 'Aab' or 'Aac' is meant, write it out"):
        find_product("aa", names)


def test_part_of_the_names_of_two_products_is_refused():
    names = [
        ProductName(name, NameKind.BRAND, product, Formulation.POWDER, CITATION)
        for name, product in (("Aab", ONA), ("Aac", RIMA))
    ]
    with pytest.raises(
        UnknownProductError, match="'aa' could mean onabotulinumtoxinA or rimabotulinumtoxinB"
    ):
        find_product("aa", names)


@pytest.mark.parametrize("text", ["", "  ", "filler"])
def test_unknown_name_is_refused_with_the_known_ones(text):
    with pytest.raises(UnknownProductError) as error:
        product_named(text)
    assert str(error.value) == (
        f"'{text}' is not the name of a product. Give one of onabotulinumtoxinA, abobotulinumtoxinA, "
        "incobotulinumtoxinA, prabotulinumtoxinA, daxibotulinumtoxinA, letibotulinumtoxinA, "
        "rimabotulinumtoxinB, "
        "Botox, Botox Cosmetic, Vistabel, Dysport, Azzalure, Alluzience, Xeomin, Bocouture, Jeuveau, "
        "Nuceiva, "
        "Daxxify, Letybo, Myobloc, NeuroBloc."
    )
    assert error.value.code == "product_unknown"


def brand(product, formulation=Formulation.POWDER):
    return ProductName("Twice", NameKind.BRAND, product, formulation, CITATION)


def test_one_brand_of_two_products_is_never_enough():
    with pytest.raises(
        UnknownProductError, match=r"'twice' could mean onabotulinumtoxinA or rimabotulinumtoxinB, whose"
    ):
        find_product("twice", [brand(ONA), brand(RIMA)])


def test_one_brand_of_two_formulations_is_never_enough():
    with pytest.raises(UnknownProductError) as error:
        find_product("twice", [brand(ABO), brand(ABO, Formulation.LIQUID)])
    assert "could mean abobotulinumtoxinA (powder) or abobotulinumtoxinA (liquid), whose" in str(error.value)
    assert error.value.code == "product_ambiguous"


def test_same_name_twice_for_one_product_is_no_doubt():
    assert find_product("twice", [brand(ONA), brand(ONA)]) == brand(ONA)


def test_record_gathers_everything():
    record = product_record(ONA)
    assert record.product is ONA
    assert record.brands == ("Botox", "Botox Cosmetic", "Vistabel")
    assert (record.serotype, record.half_life_class, record.formulation) == (
        "A",
        HalfLifeClass.A,
        Formulation.POWDER,
    )
    assert record.citation.locator == "description and how supplied"
    assert [vial.content for vial in record.vials] == [ToxinDose(units, ONA) for units in (50, 100, 200)]
    albumin, salt = record.excipients
    assert (albumin.name, albumin.amount, albumin.unit, albumin.per_vial_units) == (
        "human albumin",
        Fraction(1, 2),
        "mg",
        Fraction(100),
    )
    assert (salt.name, salt.amount) == ("sodium chloride", Fraction(9, 10))
    assert salt.citation.source_key == "OpenFDA"
    assert len(record.label_doses) == 7
    assert len(record.label_limits) == 6
    assert len(record.storage) == 4
    (usual,) = record.usual_dilutions
    assert (usual.vial, usual.saline_ml, usual.stated_per_tenth_ml) == (
        ToxinDose(100, ONA),
        Fraction(5, 2),
        ToxinDose(4, ONA),
    )
    assert usual.text == "100 units with 2.5 mL"
    assert usual.citation.source_key == "BotoxCosmeticLabel"
    assert record.allowed_strength.text == "1 to 10 units in 0.1 mL"
    assert record.allowed_strength == allowed_strength(ONA)


def test_record_of_type_b():
    record = product_record(RIMA)
    assert (record.serotype, record.half_life_class, record.formulation) == (
        "B",
        HalfLifeClass.B,
        Formulation.LIQUID,
    )
    assert record.usual_dilutions == ()
    assert record.label_doses == ()
    assert [d.quantity for d in record.durations] == [
        "half_life_of_inhibition",
        "time_to_peak",
        "full_recovery",
    ]


def test_durations_are_of_the_class_or_of_the_product():
    class_a, of_product = product_record(ONA).durations
    assert (class_a.product, class_a.value, class_a.interval, class_a.unit) == (None, 31, (None, None), "d")
    assert (class_a.half_life_class, class_a.setting) == (HalfLifeClass.A, "rat cerebellar neurons")
    assert class_a.citation.source_key == "Foran03"
    assert (of_product.product, of_product.value, of_product.interval, of_product.unit) == (
        ONA,
        None,
        (3, 4),
        "months",
    )
    assert [d.value for d in product_record(ABO).durations] == [31]


def test_the_median_of_daxibotulinumtoxin_is_from_memory():
    _, found = product_record(DAXI).durations
    assert (found.value, found.unit) == (24, "weeks")
    assert found.citation.provenance is Provenance.RECALL_HIGH


def test_allergens_are_told_for_every_product():
    assert product_record(ABO).contains(Allergen.COW_MILK_PROTEIN) is True
    assert product_record(ABO).contains(Allergen.HUMAN_ALBUMIN) is True
    assert product_record(ONA).contains(Allergen.COW_MILK_PROTEIN) is False
    assert product_record(DAXI).contains(Allergen.HUMAN_ALBUMIN) is False
    assert [allergen.label for allergen in Allergen] == ["human albumin", "cow's-milk protein"]
    absent, milk = product_record(DAXI).allergens
    assert (absent.allergen, absent.present, absent.citation.provenance) == (
        Allergen.HUMAN_ALBUMIN,
        False,
        Provenance.FOUND,
    )
    assert milk.citation.provenance is Provenance.DERIVED


def test_codes_carry_brand_and_billed_amount():
    codes = {(code.system, code.code): code for code in product_record(ABO).codes}
    assert codes[CodeSystem.HCPCS, "J0586"].amount_per_code == ToxinDose(5, ABO)
    assert codes[CodeSystem.HCPCS, "J0586"].brand is None
    assert codes[CodeSystem.NDC, "15054-0530"].brand == "Dysport"
    assert codes[CodeSystem.NDC, "15054-0530"].amount_per_code is None
    assert codes[CodeSystem.NDC, "15054-0530"].citation.locator == "label record"
    assert codes[CodeSystem.ATC, "M03AX01"].brand is None
    assert len(codes) == 8


def test_label_dose_holds_what_the_label_says_and_no_more():
    glabella, *_, platysma, blepharospasm = label_doses(ONA)
    assert (glabella.product, glabella.site, glabella.variant) == (ONA, LabelSite.GLABELLA, "standard")
    assert (glabella.points, glabella.per_point_low, glabella.per_point_high, glabella.total) == (
        5,
        ToxinDose(4, ONA),
        ToxinDose(4, ONA),
        ToxinDose(20, ONA),
    )
    assert glabella.volume_per_point_ml == Fraction(1, 10)
    assert glabella.citation.locator == "dosage, glabellar lines"
    assert (platysma.variant, platysma.points, platysma.per_point_low, platysma.total) == (
        "total_36",
        None,
        None,
        ToxinDose(36, ONA),
    )
    assert (blepharospasm.site, blepharospasm.per_point_low, blepharospasm.per_point_high) == (
        LabelSite.BLEPHAROSPASM,
        ToxinDose("1.25", ONA),
        ToxinDose("2.5", ONA),
    )
    assert (blepharospasm.total, blepharospasm.volume_per_point_ml) == (None, None)


def test_limits_are_amounts_or_times():
    limits = label_limits(ONA)
    assert [limit.text for limit in limits] == [
        "400 units in 3 months",
        "100 units",
        "90 days",
        "5 units",
        "200 units in 30 days",
        "12 weeks",
    ]
    assert [limit.dose for limit in limits] == [
        ToxinDose(400, ONA),
        ToxinDose(100, ONA),
        None,
        ToxinDose(5, ONA),
        ToxinDose(200, ONA),
        None,
    ]
    assert [limit.product for limit in limits] == [ONA, ONA, ONA, ONA, ONA, None]
    first = limits[0]
    assert (first.kind, first.scope, first.value, first.unit, first.window, first.window_unit) == (
        LimitKind.MOST_UNITS_IN_WINDOW,
        "all indications together",
        400,
        "units",
        3,
        "months",
    )
    assert first.citation.provenance is Provenance.FOUND
    assert limits[1].window is None


def test_limit_of_every_product_stands_for_each():
    (limit,) = label_limits(RIMA)
    assert (limit.product, limit.kind, limit.text) == (None, LimitKind.LEAST_INTERVAL, "12 weeks")


def test_storage_rules_are_told_in_words():
    rules = {(rule.state, rule.quantity): rule for rule in storage_rules(ToxinProduct.INCOBOTULINUMTOXIN_A)}
    assert {key: rule.text for key, rule in rules.items()} == {
        (VialState.UNOPENED, StorageQuantity.TEMPERATURE): "-20 to 25 °C",
        (VialState.UNOPENED, StorageQuantity.TIME): "up to 36 months",
        (VialState.DILUTED, StorageQuantity.TEMPERATURE): "2 to 8 °C",
        (VialState.DILUTED, StorageQuantity.TIME): "up to 24 h",
        (VialState.DILUTED_OFF_LABEL, StorageQuantity.TIME): "up to 4 weeks",
    }
    unopened = rules[VialState.UNOPENED, StorageQuantity.TEMPERATURE]
    assert (unopened.low, unopened.high, unopened.unit) == (-20, 25, "degC")
    assert unopened.citation.text == "XeominLabel, storage and handling [recall-high]"


def test_volume_at_a_point():
    found = point_volume()
    assert (found.low_ml, found.high_ml) == (Fraction(1, 40), Fraction(1, 10))
    assert found.citation.provenance is Provenance.RECALL_HIGH
