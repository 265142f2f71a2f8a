"""What stops an injection and what warns."""

import pytest

from facialis.toxins.contraindications import contraindications
from facialis.toxins.interactions import drug_interactions
from facialis.toxins.products import ToxinProduct
from facialis.toxins.safety_findings import findings_for

CONDITIONS = """
hypersensitivity_toxin        stop  found
infection_at_site             stop  found
cow_milk_allergy              stop  found
lactose_intolerance           none  found
albumin_allergy               stop  found
refuses_blood_products        stop  found
myasthenia_gravis             stop  found
lambert_eaton_syndrome        stop  found
amyotrophic_lateral_sclerosis stop  found
motor_neuropathy              stop  found
dysphagia                     warn  recall-high
respiratory_disease           warn  recall-high
pregnancy                     stop  found
lactation                     stop  found
under_18                      stop  found
toxin_within_12_weeks         stop  recall-high
toxin_within_4_months         warn  recall-high
cardiovascular_disease        warn  found
prior_lasik                   warn  recall-high
dry_eye                       warn  recall-high
no_bell_phenomenon            warn  recall-high
corneal_anaesthesia           warn  recall-high
lagophthalmos                 warn  recall-high
previous_blepharoplasty       warn  recall-high
previous_ptosis_surgery       warn  recall-high
marked_brow_ptosis            warn  recall-high
facial_surgery_planned        warn  recall-high
fillers_planned               warn  recall-high
active_skin_disease           warn  recall-high
unrealistic_expectation       warn  recall-high
corneal_problem               stop  recall-medium
"""

DRUGS = """
aminoglycosides          strengthens found
curare_like_agents       strengthens found
neuromuscular_blockers   strengthens found
muscle_relaxants         strengthens found
anticholinergics         strengthens found
polymyxins               strengthens recall-high
lincosamides             strengthens recall-high
tetracyclines            strengthens recall-high
quinidine                strengthens recall-high
magnesium_sulfate        strengthens recall-high
calcium_channel_blockers strengthens found
penicillamine            strengthens found
quinine                  strengthens found
aminoquinolines          weakens     recall-medium
botulinum_toxin          adds_up     recall-high
anticoagulants           bleeds      recall-high
antiplatelets            bleeds      recall-high
"""


def lines(text):
    return [line.split() for line in text.strip().splitlines()]


def test_the_lists_are_complete():
    assert [rule.code for rule in contraindications()] == [code for code, *_ in lines(CONDITIONS)]
    assert [rule.code for rule in drug_interactions()] == [code for code, *_ in lines(DRUGS)]


@pytest.mark.parametrize(("code", "action", "tag"), lines(CONDITIONS))
def test_condition(code, action, tag):
    (found,) = findings_for([code], [], ToxinProduct.ABOBOTULINUMTOXIN_A)
    assert found.action.value == action
    assert found.citation.provenance.value == tag


def test_a_new_problem_of_the_cornea_pauses_treatment_of_every_target():
    (found,) = findings_for(["corneal_problem"], [], ToxinProduct.ONABOTULINUMTOXIN_A)
    assert found.targets == ()


def test_trouble_swallowing_and_weak_breathing_concern_the_same_targets():
    swallowing, breathing = findings_for(
        ["dysphagia", "respiratory_disease"], [], ToxinProduct.ONABOTULINUMTOXIN_A
    )
    assert swallowing.targets == breathing.targets != ()


@pytest.mark.parametrize(("code", "effect", "tag"), lines(DRUGS))
def test_drug(code, effect, tag):
    rule = next(rule for rule in drug_interactions() if rule.code == code)
    assert rule.effect.value == effect
    assert rule.citation.provenance.value == tag
    (found,) = findings_for([], [code], ToxinProduct.ONABOTULINUMTOXIN_A)
    assert found.action.value == "warn"
