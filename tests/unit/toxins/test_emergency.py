import pytest

from facialis.evidence import Provenance
from facialis.toxins.emergency import (
    Suspicion,
    UnknownComplicationError,
    Urgency,
    emergency_signs,
    management_of,
    management_steps,
)

SIGNS = {sign.code: sign for sign in emergency_signs()}


def test_a_sign_keeps_every_column():
    found = SIGNS["trouble_breathing"]
    assert found.sign == "trouble breathing"
    assert found.suspicion is Suspicion.DISTANT_SPREAD
    assert found.urgency is Urgency.EMERGENCY
    assert found.in_boxed_warning is True
    assert found.advice == "Call the emergency number at once and say that botulinum toxin was injected."
    assert found.citation.provenance is Provenance.RECALL_HIGH
    assert SIGNS["swelling_hives_wheeze"].in_boxed_warning is False


def test_emergencies_come_first():
    urgencies = [sign.urgency for sign in emergency_signs()]
    assert urgencies == [Urgency.EMERGENCY] * 7 + [Urgency.SAME_DAY] * 4


def test_a_step_keeps_every_column():
    course, drops, other = management_of("eyelid_ptosis")
    assert (course.step, course.measure, course.check_first) == (1, "course", ())
    assert course.text == "The lid usually drops between day 3 and day 14 and recovers within 2 to 8 weeks."
    assert drops.complication == "eyelid_ptosis"
    assert drops.measure == "apraclonidine"
    assert drops.check_first == ("narrow-angle glaucoma", "treatment with a monoamine oxidase inhibitor")
    assert drops.citation.provenance is Provenance.RECALL_HIGH
    assert other.citation.provenance is Provenance.RECALL_MEDIUM


def test_steps_stand_in_order():
    assert len(management_steps()) == 15
    for name in {step.complication for step in management_steps()}:
        assert [step.step for step in management_of(name)] == list(range(1, len(management_of(name)) + 1))


def test_an_unknown_complication_lists_the_known():
    with pytest.raises(UnknownComplicationError) as error:
        management_of("ptosis")
    assert error.value.code == "complication_unknown"
    assert str(error.value) == (
        "'ptosis' has no management text. Give one of eyelid_ptosis, lagophthalmos, oral_incompetence, "
        "over_weakness, anaphylaxis, systemic_botulism."
    )
