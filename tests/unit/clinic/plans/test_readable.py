"""A dose that no mark stands for is named while it can still be changed, as the treatment will name it."""

from fractions import Fraction

import pytest
from django.urls import reverse

from facialis.clinic.plans.choices import Needle
from facialis.clinic.plans.readable import unreadable_doses
from facialis.clinic.plans.steps import is_on_step
from facialis.clinic.treatments.dilutions import between_marks
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.dilution import dilute
from facialis.toxins.products import ToxinProduct
from facialis.toxins.session import draw_up
from facialis.toxins.syringes import syringe_named
from facialis.toxins.vials import vial_size

ONA = "onabotulinumtoxinA"


def needle(amount, point=1, side="right"):
    return Needle("frontalis", side, point, Fraction(amount))


def test_a_dose_between_two_marks_is_named_with_both_and_with_its_points():
    (note,) = unreadable_doses(ONA, [needle("2.5"), needle("2.5", side="left"), needle("2", point=2)])
    assert note["action"] == "note"
    assert note["sentence"].startswith(
        "2.5 units cannot be read exactly with the usual dilution, 100 units in 2.5 mL, on the 1 mL syringe"
    )
    assert "mark 6 is 2.4 units, mark 7 is 2.8 units." in note["sentence"]
    assert "RIGHT frontalis, point 1" in note["sentence"]
    assert "LEFT frontalis, point 1" in note["sentence"]
    assert "point 2" not in note["sentence"]
    assert note["what_to_do"].startswith("Doses of the plan that lie on a mark: 2 units, 4 units.")


def test_the_treatment_says_the_same():
    dilution = dilute(vial_size(ToxinProduct(ONA), 100), "2.5")
    said = between_marks(ToxinDose("2.5", ToxinProduct(ONA)), dilution, syringe_named("one_ml"))
    (note,) = unreadable_doses(ONA, [needle("2.5")])
    assert said in note["sentence"]


@pytest.mark.parametrize("amount", ["2", "4", "6"])
def test_what_is_offered_instead_can_be_planned_and_drawn_up(amount):
    assert is_on_step(Fraction(amount), ONA)
    dilution = dilute(vial_size(ToxinProduct(ONA), 100), "2.5")
    assert draw_up(ToxinDose(amount, ToxinProduct(ONA)), dilution, syringe_named("one_ml")).marks
    assert unreadable_doses(ONA, [needle(amount)]) == []


def test_a_finer_syringe_that_reads_it_is_named():
    (note,) = unreadable_doses("prabotulinumtoxinA", [needle("1")])
    assert "half marks" in note["what_to_do"]


def test_a_product_that_is_supplied_ready_or_unknown_has_no_note():
    assert unreadable_doses("rimabotulinumtoxinB", [needle("130")]) == []
    assert unreadable_doses("water", [needle("2.5")]) == []


def test_the_editor_shows_it_among_the_notes(client, accepted, clinician):
    client.force_login(clinician)
    text = client.get(reverse("plan", args=[accepted.visit_id]), follow=True).content.decode()
    assert "cannot be read exactly with the usual dilution" in text
