"""Contraindications, drugs, allergies and intervals reach a plan from the answers of a case."""

from datetime import date, timedelta

import pytest

from facialis.anatomy import InjectionTarget, Side
from facialis.planning.case.answers import Answer
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.treatments import TreatmentArea
from facialis.planning.case.visits import EyeClosure
from facialis.planning.rules.assess import assess
from facialis.toxins import ToxinDose, ToxinProduct
from tests.factories.planning import (
    ABO,
    INCO,
    ONA,
    TODAY,
    good_case,
    good_eye,
    good_facts,
    known,
    treated,
    treatment,
)

DAXI = ToxinProduct.DAXIBOTULINUMTOXIN_A


def actions(case, product=ONA):
    return {f.code: f.action.value for f in assess(case, product, good_facts(), TODAY).findings}


def patient(**changes):
    answers = {"age_years": 40, "sex": Sex.FEMALE, "pregnancy": Answer.NO, "lactation": Answer.NO}
    return good_case(patient=Patient(**(answers | changes)))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (patient(age_years=17), {"under_18": "stop"}),
        (patient(age_years=18), {}),
        (patient(pregnancy=Answer.YES), {"pregnancy": "stop"}),
        (patient(lactation=Answer.YES), {"lactation": "stop"}),
        (patient(sex=Sex.MALE, pregnancy=Answer.YES), {"pregnancy": "stop"}),
        (good_case(conditions=known("myasthenia_gravis")), {"myasthenia_gravis": "stop"}),
        (good_case(conditions=known("cardiovascular_disease")), {"cardiovascular_disease": "warn"}),
        (good_case(medication=known("aminoglycosides")), {"aminoglycosides": "warn"}),
        (good_case(medication=known("chloroquine")), {"aminoquinolines": "warn"}),
        (good_case(allergies=known("hypersensitivity_toxin")), {"hypersensitivity_toxin": "stop"}),
        (good_case(allergies=known("lactose_intolerance")), {"lactose_intolerance": "none"}),
        (good_case(eye=good_eye(bell_phenomenon=Answer.NO)), {"no_bell_phenomenon": "warn"}),
        (good_case(eye=good_eye(corneal_sensation=Answer.NO)), {"corneal_anaesthesia": "warn"}),
        (good_case(eye=good_eye(dry_eye=Answer.YES)), {"dry_eye": "warn"}),
        (
            good_case(eye=good_eye(corneal_problem=Answer.YES)),
            {"corneal_problem": "stop", "refer_ophthalmology": "warn"},
        ),
        (
            good_case(eye=good_eye(closure=EyeClosure.INCOMPLETE)),
            {"eye_does_not_close": "stop", "lagophthalmos": "warn"},
        ),
    ],
)
def test_answer_becomes_a_finding(case, expected):
    assert actions(case) == expected


@pytest.mark.parametrize(
    ("allergy", "product", "expected"),
    [
        ("albumin_allergy", ONA, "stop"),
        ("albumin_allergy", DAXI, None),
        ("refuses_blood_products", INCO, "stop"),
        ("cow_milk_allergy", ABO, "stop"),
        ("cow_milk_allergy", ONA, None),
    ],
)
def test_allergy_closes_only_products_that_hold_it(allergy, product, expected):
    assert actions(good_case(allergies=known(allergy)), product).get(allergy) == expected


def days_ago(days, product=ONA, *, units=20, **changes):
    total = None if product is None else ToxinDose(units, product)
    return treated(treatment(TODAY - timedelta(days=days), product=product, total=total, **changes))


@pytest.mark.parametrize(
    ("days", "given", "planned", "expected"),
    [
        (83, ONA, ONA, {"session_interval": "stop", "label_interval": "warn"}),
        (84, ONA, ONA, {"label_interval": "warn"}),
        (89, ONA, ONA, {"label_interval": "warn"}),
        (90, ONA, ONA, {}),
        (83, ABO, ABO, {"session_interval": "stop", "label_window_unknown": "warn"}),
        (84, ABO, ABO, {"label_window_unknown": "warn"}),
        # The label of the earlier product counts beside that of the one to be injected.
        (89, ONA, ABO, {"label_interval": "warn", "other_product_in_window": "warn"}),
        (
            89,
            ABO,
            ONA,
            {"label_interval": "warn", "label_window_unknown": "warn", "other_product_in_window": "warn"},
        ),
        (83, None, ABO, {"session_interval": "stop", "earlier_amount_unknown": "warn"}),
    ],
)
def test_interval(days, given, planned, expected):
    found = actions(days_ago(days, given), planned)
    assert found.pop("toxin_within_4_months") == "warn"
    assert found == expected


def test_an_interval_is_waited_for_and_not_bargained_with():
    """The sentence says to wait; the advice beside it neither repeats that nor offers a smaller dose."""
    found = {f.code: f for f in assess(days_ago(83), ONA, good_facts(), TODAY).findings}
    for code in ("session_interval", "label_interval"):
        words = f"{found[code].sentence} {found[code].what_to_do}"
        assert words.count("Wait") == 1
        assert "plan less" not in words
        assert "a smaller dose does not shorten it" in words


def test_effect_that_is_left_counts_for_four_months():
    assert actions(treated(treatment(date(2026, 7, 22), total=ToxinDose(20, ONA)))) == {
        "toxin_within_4_months": "warn"
    }
    assert actions(treated(treatment(date(2026, 7, 21), total=ToxinDose(20, ONA)))) == {}


@pytest.mark.parametrize("area", TreatmentArea)
def test_toxin_of_every_area_counts(area):
    assert actions(days_ago(30, area=area))["session_interval"] == "stop"


def test_each_product_is_summed_against_its_own_label():
    """400 units of one product and 100 of another are not 500 of either."""
    long_ago = treatment(TODAY - timedelta(days=91), product=ONA, total=ToxinDose(400, ONA))
    lately = treatment(TODAY - timedelta(days=85), product=INCO, total=ToxinDose(100, INCO))
    assert "label_window" not in actions(treated(long_ago, lately))
    more = treatment(TODAY - timedelta(days=85), product=ONA, total=ToxinDose(1, ONA))
    assert actions(treated(long_ago, more))["label_window"] == "stop"
    other = treatment(TODAY - timedelta(days=85), product=ONA, total=ToxinDose(401, ONA))
    assert actions(treated(other), INCO)["label_window"] == "stop"


def test_targets_of_a_contraindication_lie_on_both_sides():
    case = good_case(conditions=known("dysphagia"))
    (finding,) = assess(case, ONA, good_facts(), TODAY).findings
    assert (None, InjectionTarget.PLATYSMA) in finding.targets


def test_lids_of_the_affected_side_are_closed_and_no_other():
    case = good_case(eye=good_eye(closure=EyeClosure.INCOMPLETE))
    found = assess(case, ONA, good_facts(), TODAY)
    assert found.may_plan
    assert found.blocked == {
        (Side.LEFT, InjectionTarget.ORBICULARIS_OCULI_UPPER_LID),
        (Side.LEFT, InjectionTarget.ORBICULARIS_OCULI_LOWER_LID),
    }


def test_stop_of_the_whole_plan_closes_every_place():
    found = assess(patient(pregnancy=Answer.YES), ONA, good_facts(), TODAY)
    assert not found.may_plan
    assert len(found.blocked) == 31
