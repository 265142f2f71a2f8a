"""The tables of rules fit the program, and a wrong row is refused."""

import pytest

from facialis.anatomy import InjectionTarget
from facialis.evidence import EvidenceError, Provenance, load_rows
from facialis.evidence.table import parse_rows
from facialis.planning.case.palsy import RedFlag
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.rules import table
from facialis.planning.rules.conditions import CONDITIONS
from facialis.planning.rules.doses import dose_step, down_to_step, is_on_step, published_most, up_to_step
from facialis.planning.rules.table import (
    Stage,
    plan_rule,
    plan_rules,
    prerequisite_rules,
    red_flag_rules,
    target_group,
)
from facialis.planning.values import TABLES, plan_values
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.actions import Action
from facialis.toxins.contraindications import contraindications
from facialis.toxins.dose_ranges import published_doses
from facialis.toxins.labels import label_limits
from facialis.toxins.preparation import allowed_strength
from facialis.toxins.procedure_limits import WHOLE_BODY
from facialis.toxins.syringes import syringes
from tests.factories.planning import ABO, ONA

T = InjectionTarget


def test_every_condition_is_named_and_every_name_is_a_condition():
    named = {rule.condition for rule in plan_rules() if rule.stage is Stage.CASE}
    assert named == set(CONDITIONS)


def test_every_red_flag_and_every_point_has_one_row():
    assert [rule.flag for rule in red_flag_rules()] == list(
        dict.fromkeys(rule.flag for rule in red_flag_rules())
    )
    assert {rule.flag for rule in red_flag_rules()} == set(RedFlag)
    assert [rule.prerequisite for rule in prerequisite_rules()] == list(Prerequisite)


def test_sentences_are_sentences():
    for rule in (*plan_rules(), *red_flag_rules(), *prerequisite_rules()):
        assert rule.sentence.endswith((".", "{named}")), rule.sentence
        assert rule.what_to_do.endswith("."), rule.what_to_do
        assert rule.action is not Action.NONE


def test_only_stops_of_targets_close_targets():
    assert plan_rule("late_flaccid").targets == tuple(T)
    assert plan_rule("acute_phase").targets is None
    assert plan_rule("eye_does_not_close").targets == target_group("lids")


def test_lower_face_is_that_of_the_contraindications():
    (dysphagia,) = [rule for rule in contraindications() if rule.code == "dysphagia"]
    assert set(target_group("lower_face")) == set(dysphagia.targets)
    assert set(target_group("half_at_first")) == {T.ORBICULARIS_OCULI_UPPER_LID, *target_group("lower_face")}


def test_numbers_of_our_own_say_why():
    for value in plan_values().values:
        assert value.provenance is not Provenance.DESIGN or value.note, value.name


@pytest.mark.parametrize("product", ToxinProduct)
def test_windows_of_labels_are_counted_in_whole_months(product):
    limits = [limit for limit in label_limits(product) if limit.scope == WHOLE_BODY]
    assert all(limit.window_unit == "months" and limit.window.denominator == 1 for limit in limits)


@pytest.mark.parametrize("product", ToxinProduct)
def test_step_of_a_dose_can_be_measured(product):
    """Some syringe has a mark that holds one step at a strength that is accepted."""
    step, strength = dose_step(product), allowed_strength(product)
    per_tenth = [step * (1 / (10 * syringe.mark_ml)) for syringe in syringes()]
    assert any(strength.low_per_tenth_ml <= s <= strength.high_per_tenth_ml for s in per_tenth)


def test_published_points_lie_on_the_step():
    ends = [
        end
        for row in published_doses()
        if row.per_site is not None and not row.is_outlier
        for end in (row.per_site.low, row.per_site.high)
    ]
    assert ends
    assert all(is_on_step(end) for end in ends)


@pytest.mark.parametrize(
    ("units", "up", "down"),
    [("0", "0.25", "0"), ("0.1", "0.25", "0"), ("0.25", "0.25", "0.25"), ("2.6", "2.75", "2.5")],
)
def test_rounding_to_steps(units, up, down):
    dose = ToxinDose(units, ONA)
    assert (up_to_step(dose), down_to_step(dose)) == (ToxinDose(up, ONA), ToxinDose(down, ONA))
    assert up_to_step(ToxinDose(2, ABO)) == ToxinDose("2.5", ABO)


def test_most_that_is_published():
    place = (None, T.PROCERUS)
    rows = {(row.target, row.total is None, row.per_site is None): row for row in published_doses()}
    only_site = next(row for key, row in rows.items() if key[1:] == (True, False))
    only_total = next(row for key, row in rows.items() if key[1:] == (False, True))
    neither = next(row for key, row in rows.items() if key[1:] == (True, True))
    assert published_most(place, only_site) == only_site.per_site.high
    assert published_most(place, only_total) == only_total.total.high
    assert published_most(place, neither) is None


HEADER = list(load_rows(TABLES, "plan_rules").passport.columns)


def wrong_row(**cells):
    rows = load_rows(TABLES, "plan_rules").rows
    good = next(row for row in rows if row.text("code") == "eye_does_not_close")
    text = ",".join(HEADER) + "\n" + ",".join(f'"{cell}"' for cell in {**good.cells, **cells}.values()) + "\n"
    import importlib.resources

    passport = importlib.resources.files(TABLES).joinpath("plan_rules.toml").read_text("utf-8")
    (row,) = parse_rows(text, passport, where="plan_rules").rows
    return row


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"target_group": "toes"}, "target_group is 'toes'"),
        ({"side_role": ""}, "side_role is empty"),
        ({"stage": "later"}, "stage 'later' is unknown"),
        ({"overridable": "perhaps"}, "yes or no"),
    ],
)
def test_wrong_row_is_refused(cells, message):
    with pytest.raises(EvidenceError, match=message):
        table._rule(wrong_row(**cells))
