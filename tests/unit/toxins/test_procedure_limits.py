from dataclasses import replace

import pytest

from facialis.toxins import procedure_limits
from facialis.toxins.actions import Action
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.labels import label_limits
from facialis.toxins.procedure_limits import (
    LimitFinding,
    LimitQuestionError,
    cap_findings,
    interval_findings,
    window_findings,
)
from facialis.toxins.procedure_rules import LimitScope, procedure_rule
from facialis.toxins.products import ToxinProduct

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
ABO = ToxinProduct.ABOBOTULINUMTOXIN_A
INCO = ToxinProduct.INCOBOTULINUMTOXIN_A


@pytest.mark.parametrize(
    ("scope", "amount"), [(LimitScope.AFFECTED_SIDE, "50"), (LimitScope.BOTH_SIDES, "100")]
)
def test_an_amount_at_the_cap_is_allowed(scope, amount):
    assert cap_findings(scope, ToxinDose(amount, ONA)) == ()


def test_above_the_cap_of_the_affected_side_is_a_warning():
    assert cap_findings(LimitScope.AFFECTED_SIDE, ToxinDose("50.01", ONA)) == (
        LimitFinding(
            "cap_affected_side",
            Action.WARN,
            "50.01 units onabotulinumtoxinA on the affected side: above 50 units onabotulinumtoxinA a "
            "session is unusual. Lower the dose, or record a reason.",
            procedure_rule("cap_affected_side").citation,
        ),
    )


def test_above_the_cap_of_both_sides_is_a_warning():
    assert cap_findings(LimitScope.BOTH_SIDES, ToxinDose("100.01", ONA)) == (
        LimitFinding(
            "cap_both_sides",
            Action.WARN,
            "100.01 units onabotulinumtoxinA on both sides together: above 100 units onabotulinumtoxinA a "
            "session is unusual. Lower the dose, or record a reason.",
            procedure_rule("cap_both_sides").citation,
        ),
    )


@pytest.mark.parametrize("product", [product for product in ToxinProduct if product is not ONA])
def test_a_product_without_cap_is_warned_about_at_any_amount(product):
    assert cap_findings(LimitScope.BOTH_SIDES, ToxinDose(1, product)) == (
        LimitFinding(
            "cap_both_sides_unknown",
            Action.WARN,
            f"No cap of a session is known for {product.value}. "
            f"Judge 1 unit {product.value} by its own label.",
            procedure_rule("cap_both_sides").citation,
        ),
    )


def test_a_scope_without_cap_is_refused():
    with pytest.raises(LimitQuestionError) as error:
        cap_findings(LimitScope.LEAST_INTERVAL, ToxinDose(1, ONA))
    assert error.value.code == "limit_question_invalid"
    assert str(error.value) == (
        "'least_interval' has no cap of a session. Give one of affected_side, both_sides."
    )


def test_the_label_stops_above_its_amount_in_the_time_window():
    assert window_findings(ToxinDose(400, ONA)) == ()
    (found,) = window_findings(ToxinDose("400.5", ONA))
    assert found.code == "label_window"
    assert found.action is Action.STOP
    assert found.sentence == (
        "400.5 units onabotulinumtoxinA: the label allows 400 units in 3 months, all indications together. "
        "Lower the dose or wait."
    )
    assert found.citation.source_key == "BotoxCosmeticLabel"


def test_the_limit_for_blepharospasm_is_not_the_limit_of_everything():
    assert window_findings(ToxinDose(201, ONA)) == ()


def test_the_order_of_the_label_limits_does_not_matter(monkeypatch):
    backwards = label_limits(ONA)[::-1]
    monkeypatch.setattr(procedure_limits, "label_limits", lambda _: backwards)
    assert window_findings(ToxinDose(400, ONA)) == ()
    assert [found.code for found in window_findings(ToxinDose(401, ONA))] == ["label_window"]


def test_a_limit_over_time_that_is_no_amount_is_passed_over(monkeypatch):
    (window,) = (limit for limit in label_limits(ONA) if limit.value == 400)
    odd = replace(window, unit="vials")
    monkeypatch.setattr(procedure_limits, "label_limits", lambda _: (odd,))
    assert [found.code for found in window_findings(ToxinDose(401, ONA))] == ["label_window_unknown"]


def test_a_product_without_limit_over_time_is_warned_about():
    assert window_findings(ToxinDose(60, ABO)) == (
        LimitFinding(
            "label_window_unknown",
            Action.WARN,
            "No limit over time is known for abobotulinumtoxinA. "
            "Judge 60 units abobotulinumtoxinA by its own label.",
            procedure_rule("label_window").citation,
        ),
    )


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        (0, ["session_interval", "label_interval"]),
        (83, ["session_interval", "label_interval"]),
        (84, ["label_interval"]),
        (89, ["label_interval"]),
        (90, []),
    ],
)
def test_intervals_of_practice_and_label(days, codes):
    assert [found.code for found in interval_findings(days, ONA)] == codes


@pytest.mark.parametrize(("days", "codes"), [(83, ["session_interval"]), (84, [])])
def test_a_product_without_interval_on_its_label_keeps_that_of_practice(days, codes):
    assert [found.code for found in interval_findings(days, INCO)] == codes


def test_sentences_about_the_interval():
    stop, warning = interval_findings(1, ONA)
    assert (stop.action, warning.action) == (Action.STOP, Action.WARN)
    assert stop.sentence == (
        "1 day since the last treatment; the least is 12 weeks between two sessions, of any product. Wait."
    )
    assert stop.citation.source_key == "PracticeNotes"
    (late,) = interval_findings(85, ONA)
    assert late.sentence == (
        "85 days since the last treatment; the least is 90 days between two treatments. "
        "Wait, or record a reason."
    )
    assert late.citation.source_key == "BotoxCosmeticLabel"


@pytest.mark.parametrize("days", [-1, True, 84.0, "84", None])
def test_days_that_are_no_count_are_refused(days):
    with pytest.raises(LimitQuestionError) as error:
        interval_findings(days, ONA)
    assert str(error.value) == (
        f"The time since the last treatment is {days!r}; it is a whole number of days, 0 or more. Correct it."
    )


def test_a_single_dose_at_the_limit_of_the_label_is_not_refused():
    procedure_limits.refuse_above_label(ToxinDose("400", ONA))


def test_a_single_dose_above_the_limit_of_the_label_is_refused_with_its_source():
    with pytest.raises(procedure_limits.DoseOverLimitError) as error:
        procedure_limits.refuse_above_label(ToxinDose("400.01", ONA))
    assert error.value.code == "dose_over_limit"
    assert str(error.value) == (
        "400.01 units onabotulinumtoxinA: the label allows 400 units in 3 months, all indications together. "
        "Lower the dose or wait. (source: BotoxCosmeticLabel, dosage, cumulative dose [found])"
    )


def test_a_product_without_a_known_limit_refuses_no_dose():
    procedure_limits.refuse_above_label(ToxinDose("401", INCO))
