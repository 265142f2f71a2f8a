import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.toxins.actions import Action, heaviest_first
from facialis.toxins.contents import Allergen
from facialis.toxins.contraindications import contraindications
from facialis.toxins.errors import ToxinError
from facialis.toxins.interactions import DrugEffect, drug_interactions
from facialis.toxins.products import ToxinProduct
from facialis.toxins.safety_findings import (
    FindingKind,
    SafetyFinding,
    UnknownConditionError,
    UnknownDrugError,
    findings_for,
)

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
ABO = ToxinProduct.ABOBOTULINUMTOXIN_A
DAXI = ToxinProduct.DAXIBOTULINUMTOXIN_A
CONDITIONS = {rule.code: rule for rule in contraindications()}
DRUGS = {rule.code: rule for rule in drug_interactions()}


def test_a_condition_becomes_a_finding_with_everything_that_the_rule_says():
    (found,) = findings_for(["respiratory_disease"], [], ONA)
    rule = CONDITIONS["respiratory_disease"]
    assert found == SafetyFinding(
        code="respiratory_disease",
        kind=FindingKind.CONDITION,
        action=Action.WARN,
        product=ONA,
        targets=(
            InjectionTarget.PLATYSMA,
            InjectionTarget.ORBICULARIS_ORIS,
            InjectionTarget.DEPRESSOR_ANGULI_ORIS,
            InjectionTarget.DEPRESSOR_LABII_INFERIORIS,
            InjectionTarget.MENTALIS,
            InjectionTarget.BUCCINATOR,
            InjectionTarget.RISORIUS,
            InjectionTarget.ZYGOMATICUS_MAJOR,
            InjectionTarget.UPPER_LIP_LEVATOR,
        ),
        sentence="Spread of toxin can weaken breathing further.",
        what_to_do="Avoid platysma and large doses, and keep doses in the lower face low; ask the treating "
        "physician.",
        citation=rule.citation,
    )


def test_a_drug_becomes_a_finding_with_everything_that_the_rule_says():
    (found,) = findings_for([], ["quinine"], DAXI)
    assert found == SafetyFinding(
        code="quinine",
        kind=FindingKind.DRUG,
        action=Action.WARN,
        product=DAXI,
        targets=(),
        sentence="The drug can strengthen the effect of the toxin.",
        what_to_do="Postpone if the drug is taken for a short time only; otherwise start with low doses and "
        "watch for weakness.",
        citation=DRUGS["quinine"].citation,
    )


def test_stops_come_first_and_what_is_harmless_last():
    found = findings_for(["lactose_intolerance", "dry_eye", "pregnancy"], ["quinidine"], ABO)
    assert [(f.code, f.action) for f in found] == [
        ("pregnancy", Action.STOP),
        ("dry_eye", Action.WARN),
        ("quinidine", Action.WARN),
        ("lactose_intolerance", Action.NONE),
    ]
    assert sorted([Action.NONE, Action.ADVISE, Action.WARN, Action.STOP], key=heaviest_first) == [
        Action.STOP,
        Action.WARN,
        Action.ADVISE,
        Action.NONE,
    ]


def test_each_rule_is_found_once():
    found = findings_for(
        ["dry_eye", "dry_eye"], ["chloroquine", "hydroxychloroquine", "aminoquinolines"], ONA
    )
    assert [f.code for f in found] == ["dry_eye", "aminoquinolines"]


def test_nothing_known_gives_no_finding():
    assert findings_for([], [], ONA) == ()


@pytest.mark.parametrize("code", ["albumin_allergy", "refuses_blood_products"])
@pytest.mark.parametrize("product", ToxinProduct)
def test_albumin_stops_every_product_but_the_one_without(code, product):
    found = findings_for([code], [], product)
    assert [f.action for f in found] == ([] if product is DAXI else [Action.STOP])
    assert CONDITIONS[code].allergen is Allergen.HUMAN_ALBUMIN


@pytest.mark.parametrize("product", ToxinProduct)
def test_milk_protein_allergy_stops_only_the_product_with_lactose(product):
    assert len(findings_for(["cow_milk_allergy"], [], product)) == (product is ABO)
    assert CONDITIONS["cow_milk_allergy"].allergen is Allergen.COW_MILK_PROTEIN


def test_an_unknown_condition_lists_the_known():
    with pytest.raises(UnknownConditionError) as error:
        findings_for(["dry_eye", "dryeye"], [], ONA)
    assert error.value.code == "condition_unknown"
    assert str(error.value) == (
        f"'dryeye' is not a condition with a rule. Give one of {', '.join(CONDITIONS)}."
    )


def test_an_unknown_drug_lists_the_known():
    with pytest.raises(UnknownDrugError) as error:
        findings_for([], ["gentamicin"], ONA)
    assert error.value.code == "drug_unknown"
    assert str(error.value) == (
        f"'gentamicin' is not a drug or class with a rule. Name its class if it has one: {', '.join(DRUGS)}."
    )


def test_one_word_is_not_taken_for_a_list_of_letters():
    with pytest.raises(ToxinError) as error:
        findings_for("pregnancy", [], ONA)
    assert str(error.value) == "The conditions are 'pregnancy', one piece of text. Give a list of codes."
    with pytest.raises(ToxinError) as error:
        findings_for([], "quinine", ONA)
    assert str(error.value) == "The drugs are 'quinine', one piece of text. Give a list of codes."


def test_words_may_come_from_a_generator():
    found = findings_for((word for word in ["dry_eye"]), (word for word in ["quinine"]), ONA)
    assert [f.code for f in found] == ["dry_eye", "quinine"]


def test_a_rule_about_a_condition_keeps_every_column():
    rule = CONDITIONS["prior_lasik"]
    assert rule.condition == "laser surgery of the cornea (LASIK)"
    assert rule.basis == "practice"
    assert rule.allergen is None
    assert rule.targets == (
        InjectionTarget.ORBICULARIS_OCULI_UPPER_LID,
        InjectionTarget.ORBICULARIS_OCULI_LOWER_LID,
        InjectionTarget.ORBICULARIS_OCULI_LATERAL,
    )
    assert rule.sentence == "A weaker blink can injure the cornea."
    assert rule.citation.source_key == "PracticeNotes"
    assert rule.applies_to(DAXI)


def test_a_rule_about_a_drug_keeps_every_column():
    rule = DRUGS["botulinum_toxin"]
    assert rule.atc == "M03AX01"
    assert rule.effect is DrugEffect.ADDS_UP
    assert rule.members == ()
    assert rule.name == "another botulinum toxin"
    assert DRUGS["quinine"].atc is None
    assert DRUGS["aminoquinolines"].members == ("chloroquine", "hydroxychloroquine")
    assert DRUGS["aminoquinolines"].effect is DrugEffect.WEAKENS
    assert DRUGS["aminoquinolines"].is_meant_by("chloroquine")
    assert not DRUGS["aminoquinolines"].is_meant_by("quinine")
