"""What measured scores say of a treatment."""

from datetime import timedelta

import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer
from facialis.planning.estimates import Estimate
from facialis.planning.learning.differences import differences_of
from facialis.planning.learning.learn import judged_within, with_suggestion
from facialis.planning.learning.records import Direction, Response, Suggestion
from facialis.planning.learning.response import suggestion_of
from facialis.planning.rules.assess import assess
from tests.factories.planning import ABO, ONA, TODAY, codes, good_facts, injection, treated, treatment
from tests.factories.plans import made_plan

WINDOW = (14.0, 77.0)
BETTER, WORSE, SAME = Direction.BETTER, Direction.WORSE, Direction.UNCHANGED


def response(score, direction, predicted=None, sd=2.0):
    told = None if predicted is None else Estimate(predicted, predicted - 1, predicted + 1, "points")
    return Response(score, "points", 60.0, 60.0, 0.0, sd, direction, told, ".")


def index(direction, predicted=None, **changes):
    return response("symmetry_index", direction, predicted, **changes)


@pytest.mark.parametrize(
    ("responses", "helped", "adequate"),
    [
        ((index(BETTER, 8), response("ocular", SAME, 0)), "yes", "yes"),
        ((index(SAME, 8),), "no", "yes"),
        ((index(SAME, 1),), "unknown", "no"),
        ((index(SAME, 2.5),), "unknown", "unknown"),
        ((index(SAME),), "unknown", "unknown"),
        ((index(BETTER, 8), response("ocular", WORSE, 0)), "unknown", "yes"),
        ((index(WORSE, 1),), "no", "no"),
        ((response("ocular", SAME, -6),), "no", "yes"),
        ((response("ocular", SAME, 6),), "unknown", "no"),
        ((index(Direction.UNKNOWN, 8, sd=None),), "unknown", "unknown"),
    ],
)
def test_help_is_suggested_only_where_it_could_be_seen(responses, helped, adequate):
    found = suggestion_of(responses, 24.0, WINDOW)
    assert (found.helped.value, found.adequate.value) == (helped, adequate)
    assert len(found.sentences) == 2


@pytest.mark.parametrize("days", [None, 3.0, 130.0])
def test_outside_the_window_nothing_is_suggested(days):
    found = suggestion_of((index(BETTER, 8),), days, WINDOW)
    assert (found.helped, found.adequate) == (Answer.UNKNOWN, Answer.UNKNOWN)
    assert suggestion_of((), 24.0, WINDOW).helped is Answer.UNKNOWN


def test_the_window_is_published():
    assert judged_within() == WINDOW


def test_two_adequate_sessions_without_help_raise_the_finding_of_the_rules():
    days = (TODAY - timedelta(days=300), TODAY - timedelta(days=150))
    point = injection(InjectionTarget.MENTALIS, "2")
    case = treated(
        treatment(days[0], point, helped=Answer.NO, adequate=Answer.YES), treatment(days[1], point)
    )
    assert "no_benefit" not in codes(assess(case, ONA, good_facts(), TODAY).findings)
    entered = with_suggestion(case, Suggestion(Answer.NO, Answer.YES, ()))
    assert (entered.treatments[-1].helped, entered.treatments[-1].adequate) == (Answer.NO, Answer.YES)
    assert "no_benefit" in codes(assess(entered, ONA, good_facts(), TODAY).findings)
    # What a clinician has entered stays.
    again = with_suggestion(entered, Suggestion(Answer.YES, Answer.NO, ()))
    assert again == entered


def test_doses_are_compared_target_by_target():
    plan = made_plan()
    last = treatment(
        TODAY - timedelta(days=150),
        injection(InjectionTarget.MENTALIS, "1.5"),
        injection(InjectionTarget.DEPRESSOR_ANGULI_ORIS, "2", Side.RIGHT),
        injection(InjectionTarget.PLATYSMA, "6"),
    )
    found = {(one.side, one.target): one for one in differences_of(last, plan)}
    more = found[Side.LEFT, InjectionTarget.MENTALIS]
    assert (more.last.text, more.next.text) == (
        "1.5 units onabotulinumtoxinA",
        "2 units onabotulinumtoxinA",
    )
    assert "33 % more" in more.sentence
    assert "as the last time" in found[Side.RIGHT, InjectionTarget.DEPRESSOR_ANGULI_ORIS].sentence
    assert "nothing now" in found[Side.LEFT, InjectionTarget.PLATYSMA].sentence
    assert "new" in found[None, InjectionTarget.PROCERUS].sentence
    assert len(found) == 4


def test_units_of_two_products_are_not_compared():
    last = treatment(
        TODAY - timedelta(days=150), injection(InjectionTarget.MENTALIS, "5", product=ABO), product=ABO
    )
    found = differences_of(last, made_plan())
    mentalis = next(one for one in found if one.target is InjectionTarget.MENTALIS)
    assert "do not compare" in mentalis.sentence
    assert "%" not in mentalis.sentence
