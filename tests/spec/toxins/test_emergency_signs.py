"""Signs that send a patient to help, and how soon."""

import pytest

from facialis.toxins.emergency import emergency_signs, management_of

SIGNS = """
trouble_swallowing                    emergency  distant_spread  boxed
trouble_speaking                      emergency  distant_spread  boxed
trouble_breathing                     emergency  distant_spread  boxed
general_weakness                      emergency  distant_spread  boxed
double_vision_with_trouble_swallowing emergency  distant_spread  boxed
eye_pain_with_loss_of_vision          emergency  eye             -
swelling_hives_wheeze                 emergency  allergy         -
double_vision                         same_day   distant_spread  boxed
drooping_lid                          same_day   distant_spread  boxed
urinary_incontinence                  same_day   distant_spread  boxed
red_or_painful_eye                    same_day   eye             -
"""
LINES = [line.split() for line in SIGNS.strip().splitlines()]


def test_the_list_is_complete():
    assert [sign.code for sign in emergency_signs()] == [code for code, *_ in LINES]


@pytest.mark.parametrize(("code", "urgency", "suspicion", "boxed"), LINES)
def test_sign(code, urgency, suspicion, boxed):
    found = next(sign for sign in emergency_signs() if sign.code == code)
    assert found.urgency.value == urgency
    assert found.suspicion.value == suspicion
    assert found.in_boxed_warning is (boxed == "boxed")


@pytest.mark.parametrize(
    ("complication", "measures"),
    [
        ("eyelid_ptosis", ["course", "apraclonidine", "oxymetazoline"]),
        ("lagophthalmos", ["by_day", "by_night", "refer"]),
        ("oral_incompetence", ["diet", "course"]),
        ("over_weakness", ["no_antidote"]),
        ("anaphylaxis", ["adrenaline", "oxygen", "call"]),
        ("systemic_botulism", ["antitoxin", "ventilation", "report"]),
    ],
)
def test_management(complication, measures):
    assert [step.measure for step in management_of(complication)] == measures
