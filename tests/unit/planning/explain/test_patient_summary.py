"""The sheet of a patient: plain, complete, and honest about who decides."""

import re
from dataclasses import replace

import pytest

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.planning.explain.patient_summary import patient_summary
from facialis.planning.explain.plain_words import MOVEMENT_WORDS, TARGET_WORDS, region_of
from facialis.planning.plan.record import PlanOutcome
from facialis.planning.plan.sign import sign
from facialis.toxins import ToxinProduct
from facialis.toxins.actions import Action
from facialis.toxins.emergency import Urgency, emergency_signs
from tests.factories.plan_work import planned
from tests.factories.planning import TODAY

JARGON = re.compile(
    r"synkinesis|palsied|orbicularis|zygomatic|frontalis|platysma|mentalis|posterior|"
    r"asymmetr|commissure|palpebral|hypertonia|neuromuscular|denervat",
    re.IGNORECASE,
)


def test_every_target_movement_and_muscle_has_plain_words():
    assert set(TARGET_WORDS) == set(InjectionTarget)
    assert set(MOVEMENT_WORDS) == set(NINE_PHOTOGRAPHS)
    assert {region_of(m) for m in FACIAL_MUSCLES} == {"brow", "eye", "chin", "neck", "cheek or the mouth"}


@pytest.mark.slow
def test_it_is_a_proposal_until_it_is_signed():
    work = planned()
    summary = patient_summary(work)
    assert not summary.is_signed
    assert "proposal" in summary.section("state").sentences[0]
    assert "signed" in summary.section("state").sentences[1]
    warned = {f.code for f in work.plan.session_findings if f.action is Action.WARN}
    signed = sign(work.plan, by="Dr Demo", day=TODAY, reasons=dict.fromkeys(warned, "Asked today."))
    decided = patient_summary(work, signed)
    assert decided.is_signed
    assert "Dr Demo" in decided.section("state").sentences[0]
    assert "proposal" not in decided.text


@pytest.mark.slow
def test_it_is_plain_and_whole():
    work = planned()
    summary = patient_summary(work)
    assert not JARGON.search(summary.text), JARGON.search(summary.text)
    assert [s.code for s in summary.sections] == [
        *("state", "found", "proposed", "expect", "harmless", "call", "emergency", "dates")
    ]
    assert all(section.sentences for section in summary.sections)
    proposed = " ".join(summary.section("proposed").sentences)
    for choice in work.plan.choices:
        assert TARGET_WORDS[choice.target] in proposed
    assert "LEFT" in proposed
    assert "RIGHT" in proposed
    assert not re.search(r"\b(left|right)\b", proposed)
    assert summary.citations
    with pytest.raises(KeyError):
        summary.section("price")


@pytest.mark.slow
def test_every_sign_is_there_with_its_advice():
    summary = patient_summary(planned())
    for sign_of in emergency_signs():
        code = "emergency" if sign_of.urgency is Urgency.EMERGENCY else "call"
        assert any(
            sign_of.sign.lower() in one.lower() and sign_of.advice in one
            for one in summary.section(code).sentences
        )


@pytest.mark.slow
def test_times_are_the_published_ones():
    summary = patient_summary(planned())
    expect = " ".join(summary.section("expect").sentences)
    for words in ("1 to 3 days", "3 to 7 days", "2 to 4 weeks", "3 to 4 months"):
        assert words in expect
    dates = " ".join(summary.section("dates").sentences)
    for words in ("22 November 2026", "6 December 2026", "20 December 2026", "22 March 2027"):
        assert words in dates


@pytest.mark.slow
def test_another_product_has_its_own_time():
    work = planned()
    longer = replace(work, plan=replace(work.plan, product=ToxinProduct.DAXIBOTULINUMTOXIN_A))
    assert "24 weeks" in patient_summary(longer).text
    other = replace(work, plan=replace(work.plan, product=ToxinProduct.INCOBOTULINUMTOXIN_A))
    assert "11 to 16 weeks" in patient_summary(other).text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("outcome", "words"), [(PlanOutcome.STOPPED, "can be planned today"), (PlanOutcome.NOTHING, "not help")]
)
def test_without_injections_it_says_so_and_nothing_else(outcome, words):
    work = planned()
    summary = patient_summary(replace(work, plan=replace(work.plan, outcome=outcome, choices=())))
    assert words in summary.text
    assert [s.code for s in summary.sections] == ["state", "found"]
