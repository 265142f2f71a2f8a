"""A stop that a specialist answers for."""

from datetime import date

import pytest

from facialis.planning.errors import OverrideError
from facialis.planning.rules.assess import assess
from facialis.planning.rules.override import Override
from facialis.planning.rules.session_check import check_session
from facialis.planning.rules.table import plan_rules
from facialis.toxins.actions import Action
from tests.factories.planning import ONA, TODAY, codes, good_case, good_facts, good_palsy, known

EARLY = good_palsy(onset=date(2026, 10, 1))
OVERRIDE = Override("Alice", "healthy side pulls the mouth, eating is impossible")


def test_acute_phase_becomes_a_warning_with_name_and_reason():
    case = good_case(palsy=EARLY)
    assert not assess(case, ONA, good_facts(), TODAY).may_plan
    found = assess(case, ONA, good_facts(), TODAY, override=OVERRIDE)
    (finding,) = found.findings
    assert (finding.code, finding.action, found.may_plan) == ("acute_phase", Action.WARN, True)
    assert finding.sentence.endswith(
        "Overridden by Alice: healthy side pulls the mouth, eating is impossible"
    )


def test_nothing_else_is_overridden():
    case = good_case(palsy=EARLY, conditions=known("myasthenia_gravis"))
    found = assess(case, ONA, good_facts(), TODAY, override=OVERRIDE)
    assert codes(found.findings) == ["myasthenia_gravis", "acute_phase"]
    assert not found.may_plan


def test_override_of_a_rule_that_is_silent_changes_nothing():
    assert assess(good_case(), ONA, good_facts(), TODAY, override=OVERRIDE).findings == ()


def test_session_takes_the_same_override():
    found = check_session(good_case(palsy=EARLY), [], ONA, good_facts(), TODAY, override=OVERRIDE)
    assert [f.action for f in found] == [Action.WARN]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("", "reason"), "name of who overrides"),
        (("Alice", " "), "reason of an override"),
        (
            ("Alice", "reason", ("myasthenia_gravis",)),
            "'myasthenia_gravis' cannot be overridden; only acute_phase",
        ),
        (("Alice", "reason", ()), "No rule is named"),
    ],
)
def test_override_without_name_reason_or_right(arguments, message):
    with pytest.raises(OverrideError, match=message):
        Override(*arguments)


def test_only_the_acute_phase_may_be_overridden():
    assert [rule.code for rule in plan_rules() if rule.is_overridable] == ["acute_phase"]
