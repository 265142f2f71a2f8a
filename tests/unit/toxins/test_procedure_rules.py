from fractions import Fraction

import pytest

from facialis.toxins.actions import Action
from facialis.toxins.procedure_rules import (
    LimitScope,
    RuleKind,
    UnknownRuleError,
    procedure_rule,
    procedure_rules,
)
from facialis.toxins.products import ToxinProduct

RULES = """
cap_affected_side   cap       warn    50 units
cap_both_sides      cap       warn    100 units
label_window        label     stop    -
label_interval      label     warn    -
session_interval    label     stop    -
start_low           guidance  advise  -
first_session_half  guidance  advise  0.5 share of the dose
review              guidance  advise  2 to 4 weeks
touch_up            guidance  advise  -
no_early_booster    guidance  warn    2 to 3 weeks
escalate            guidance  advise  25 to 50 %
lowest_dose         guidance  advise  -
chart               guidance  advise  -
spare_eye           guidance  warn    -
no_flaccid_muscle   guidance  stop    -
retraining_first    guidance  advise  -
needle              guidance  advise  30 to 32 gauge
small_syringe       guidance  advise  0.3 to 0.5 mL
electromyography    guidance  advise  -
no_benefit          pause     warn    2 sessions
corneal_problem     pause     stop    -
pregnancy           pause     stop    -
"""
LINES = [line.split(maxsplit=3) for line in RULES.strip().splitlines()]


def test_the_list_is_complete():
    assert [rule.code for rule in procedure_rules()] == [code for code, *_ in LINES]


@pytest.mark.parametrize(("code", "kind", "action", "number"), LINES)
def test_rule(code, kind, action, number):
    found = procedure_rule(code)
    assert found.kind.value == kind
    assert found.action.value == action
    assert found.number_text == ("" if number == "-" else number)


def test_a_rule_keeps_every_column():
    cap = procedure_rule("cap_affected_side")
    assert cap.kind is RuleKind.CAP
    assert cap.scope is LimitScope.AFFECTED_SIDE
    assert cap.product is ToxinProduct.ONABOTULINUMTOXIN_A
    assert (cap.low, cap.high, cap.unit) == (None, Fraction(50), "units")
    assert cap.sentence == "Above this amount on the affected side alone a session is unusual."
    assert cap.citation.source_key == "Facialis"
    review = procedure_rule("review")
    assert (review.scope, review.product) == (None, None)
    assert (review.low, review.high, review.unit) == (2, 4, "weeks")
    assert review.action is Action.ADVISE


def test_an_unknown_rule_lists_the_known():
    with pytest.raises(UnknownRuleError) as error:
        procedure_rule("cap")
    assert error.value.code == "rule_unknown"
    assert str(error.value) == (
        f"'cap' is not a rule of the procedure. Give one of {', '.join(code for code, *_ in LINES)}."
    )
