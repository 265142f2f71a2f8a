"""A plan that is held answers every edit: as the plan itself, where nothing was changed."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest

from facialis.clinic.planner import alternatives, stories, warm_up
from facialis.clinic.planner import held as held_module
from facialis.clinic.planner.alternatives import alternatives_of, fewer_sites, named_by_what_is_fewer
from facialis.clinic.planner.answers import Judgement, Proposal
from facialis.clinic.planner.courses import WHAT_IF_DAYS, course_grounds
from facialis.clinic.planner.edits import EditError, choices_of_edit, injections_of
from facialis.clinic.planner.held import HeldPlan, make_held
from facialis.clinic.planner.learning import LEARNING_STREAM, learnt_of
from facialis.clinic.planner.proposals import proposal_of
from facialis.clinic.planner.protocol import answer_line, read_answer
from facialis.clinic.planner.requests import DoseEdit
from facialis.planning.learning.learn import NothingToLearnError
from facialis.planning.outcome.prospect import EFFECT_DAYS
from facialis.planning.plan.record import PlanOutcome
from facialis.planning.programme.errors import LimitsCollideError
from facialis.report.plan_json import read_plan
from facialis.toxins.dose_ranges import DoseStatement
from tests.factories.plan_questions import doses_of, held, inputs_of, question
from tests.factories.plan_work import KEY, followed, planned
from tests.factories.planning import TODAY, codes, good_case, good_facts
from tests.factories.plans import made_plan, made_work

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def proposal():
    return proposal_of(held())


def of(judgement, code):
    return [one for one in judgement.findings if one.code == code]


def test_the_plan_is_judged_as_it_was_made(proposal):
    plan = planned().plan
    judged = held().judge(doses_of(plan.choices))
    assert judged == proposal.judgement
    assert [one.code for one in judged.findings] == codes(plan.session_findings)
    assert judged.course.loss.peak == pytest.approx(plan.loss.peak, abs=1e-12)
    assert judged.course.loss.mean_16_weeks == pytest.approx(plan.loss.mean_16_weeks, abs=1e-12)
    assert judged.course.loss.price == pytest.approx(plan.loss.price)
    assert judged.course.nothing.peak == pytest.approx(plan.do_nothing.peak, abs=1e-12)
    assert judged.course.improvement > 0
    (totals,) = judged.totals
    assert plan.total.text in totals.text
    assert totals.needles == len(plan.injections)


def test_without_a_dose_nothing_changes():
    judged = held().judge(())
    for curve in judged.course.curves:
        assert curve.plan == curve.nothing
    assert judged.course.improvement == pytest.approx(0.0)
    assert judged.course.loss.price == 0
    assert (judged.totals[0].session, judged.totals[0].needles) == ("0", 0)


def test_the_course_has_symmetry_closure_and_smile():
    course = held().judge(doses_of(planned().plan.choices)).course
    assert course.days == WHAT_IF_DAYS
    assert set(EFFECT_DAYS) < set(course.days)
    names = {(one.name, one.side) for one in course.curves}
    both = {(name, side) for name in ("eye_closure", "smile") for side in ("LEFT", "RIGHT")}
    assert both | {("symmetry_index", None), ("sunnybrook", None)} <= names
    for curve in course.curves:
        for band in (curve.plan, curve.nothing):
            for low, inner, middle, outer, high in zip(
                band.low_90, band.low_50, band.median, band.high_50, band.high_90, strict=True
            ):
                assert middle is None or low <= inner <= middle <= outer <= high
    assert course.milestones[-1].startswith("Repeat about")


def test_a_doubled_dose_is_found():
    (first, *_) = doses_of(planned().plan.choices)
    doubled = replace(first, amount=f"{100 * float(first.amount):g}")
    judged = held().judge((doubled,))
    assert "above_total_range" in [one.code for one in judged.findings]
    assert judged.course is not None
    assert all(one.sentence and one.what_to_do and one.source.text for one in judged.findings)


def test_a_huge_dose_is_judged_without_a_crash():
    judged = held().judge((DoseEdit("mentalis", "LEFT", 1, "9" * 30),))
    assert judged.stops
    answer_line(judged)


def test_a_dose_off_the_step_on_a_target_that_was_not_proposed_is_judged():
    judged = held().judge((DoseEdit("corrugator", "RIGHT", 1, "1.234"),))
    assert of(judged, "off_step")
    assert judged.course is not None


def test_every_target_that_there_is_can_be_judged():
    every = tuple(
        DoseEdit(limit.target.value, None if limit.side is None else limit.side.label, 1, "1")
        for limit in planned().plan.limits
    )
    judged = held().judge(every)
    assert judged.course is not None
    assert judged.totals[0].needles == len(every)


def test_two_products_are_stopped_and_have_no_course():
    doses = (
        DoseEdit("mentalis", "LEFT", 1, "2"),
        DoseEdit("mentalis", "RIGHT", 1, "2", "abobotulinumtoxinA"),
    )
    judged = held().judge(doses)
    assert [one.code for one in judged.stops] == ["injections_of_two_products"]
    assert judged.course is None
    assert "not interchangeable" in judged.no_course
    assert [one.product for one in judged.totals] == ["onabotulinumtoxinA", "abobotulinumtoxinA"]
    assert [one.session for one in judged.totals] == ["2", "2"]


def test_a_point_that_is_named_twice_is_stopped_and_has_no_course():
    dose = DoseEdit("mentalis", "LEFT", 1, "2")
    judged = held().judge((dose, dose))
    assert of(judged, "point_twice")
    assert "point 1 of mentalis, LEFT" in judged.no_course


def test_chances_of_lost_functions_rise_with_the_dose():
    lids = tuple(DoseEdit("orbicularis_oculi_upper_lid", "LEFT", number, "20") for number in (1, 2))
    usual, much = held().judge(()).course.chances, held().judge(lids).course.chances
    at = next(i for i, one in enumerate(much) if one.name == "lid_ptosis LEFT")
    assert much[at].used > usual[at].used
    assert much[at].is_over
    assert not usual[at].is_over


def test_an_answer_survives_the_line(proposal):
    again = read_answer(answer_line(proposal))
    assert isinstance(again, Proposal)
    assert again == proposal
    assert isinstance(again.judgement, Judgement)


def test_a_proposal_tells_of_every_target(proposal):
    plan = planned().plan
    assert proposal.outcome == "inject"
    assert read_plan(proposal.plan).plan.choices == plan.choices
    assert len(proposal.targets) == len(plan.limits)
    chosen = [(one.target, one.side) for one in proposal.targets if one.is_proposed]
    assert chosen == [(c.target.value, "midline" if c.side is None else c.side.label) for c in plan.choices]
    for one in proposal.targets:
        assert one.why
        assert one.is_offered == (one.bounds is not None)
        assert (one.units is not None) == one.is_proposed
        if one.is_proposed:
            assert one.evidence.source.tag
            assert one.drivers
            assert one.share_of_gain is not None
            assert float(one.units) <= float(one.bounds.total.high) <= float(one.bounds.published_most)
    assert proposal.summary
    assert [part.code for part in proposal.patient_summary][:2] == ["state", "found"]


def test_where_no_dose_is_published_none_is_shown():
    usual = next(limit for limit in planned().plan.limits if limit.published is not None)
    assert stories._evidence(replace(usual, published=None)) is None
    rare = replace(usual.published, statement=DoseStatement.NOT_USUAL)
    found = stories._evidence(replace(usual, published=rare, sentence="Mentalis: not usually injected."))
    assert found.text == "Mentalis: not usually injected."


def test_the_drawing_has_no_needle_and_no_inline_style(proposal):
    svg = proposal.drawing.svg
    assert svg.startswith("<svg")
    assert "style=" not in svg
    assert "<script" not in svg
    assert "point 1" not in svg
    assert "LEFT" in svg
    assert "RIGHT" in svg
    affected = planned().patient.posterior.affected.label
    assert any(one.excess > 0 and one.side == affected for one in proposal.drawing.muscles)
    assert all(0 <= one.tint <= 1 for one in proposal.drawing.muscles)


def test_alternatives_lose_more_than_the_proposal_and_less_than_nothing(proposal):
    nothing, *others = proposal.alternatives
    assert (nothing.kind, nothing.choices, nothing.gain_kept) == ("nothing", (), 0.0)
    for one in others:
        assert one.kind in {"fewer_units", "fewer_sites"}
        assert 0 < one.gain_kept < 1
        assert one.totals.needles == sum(len(choice.points) for choice in one.choices)


@pytest.mark.parametrize(
    ("sought", "units", "points", "name"),
    [
        ("fewer_units", "30", 4, "Fewer units: 30"),
        ("fewer_units", "30", 2, "Fewer units: 30"),
        ("fewer_units", "35", 2, "Fewer sites: 2 points, 35 units"),
        ("fewer_units", "35", 4, None),
        ("fewer_units", "33.75", 4, None),
        ("fewer_sites", "10", 1, "Fewer sites: 1 point"),
        ("fewer_sites", "10", 4, "Fewer units: 10"),
        ("fewer_sites", "35", 4, None),
    ],
)
def test_an_alternative_is_named_by_what_is_fewer_in_it(sought, units, points, name):
    """ "Fewer units: 35" stood beside a proposal of 33.75."""

    def plan(total, count):
        return [SimpleNamespace(total=SimpleNamespace(amount=Fraction(total)), points=(None,) * count)]

    found = named_by_what_is_fewer(sought, plan(units, points), plan("33.75", 4))
    assert (found and found[1]) == name


def test_fewer_sites_are_at_most_half():
    found = fewer_sites(planned())
    assert found is not None
    needles = sum(len(choice.points) for choice in found[0])
    assert 0 < needles <= len(planned().plan.injections) / 2


def test_fewer_sites_that_would_lose_a_function_are_not_offered(monkeypatch):
    monkeypatch.setattr(alternatives, "lost_closures", lambda *_: ("gentle_eye_closure LEFT",))
    assert fewer_sites(planned()) is None
    assert {one.kind for one in alternatives_of(planned())} <= {"nothing", "fewer_units"}


def test_fewer_sites_within_which_nothing_is_permitted_are_not_offered(monkeypatch):
    def collide(*_):
        raise LimitsCollideError("nothing is permitted")

    monkeypatch.setattr(alternatives, "solve", collide)
    assert fewer_sites(planned()) is None


def stopped():
    case, facts = good_case(), good_facts(mirrored_known=False)
    plan = made_plan(case, facts)
    assert plan.outcome is PlanOutcome.STOPPED
    work = replace(made_work(plan, case, facts), decoded=planned().decoded)
    return HeldPlan("stopped", inputs_of(case), work, course_grounds(work, KEY))


def test_a_stopped_plan_is_told_and_its_edits_have_no_course():
    found = proposal_of(stopped())
    assert (found.outcome, found.alternatives) == ("stopped", ())
    assert not any(one.is_proposed for one in found.targets)
    judged = stopped().judge((DoseEdit("mentalis", "LEFT", 1, "2"),))
    assert judged.stops
    assert "stops the plan" in judged.no_course
    assert fewer_sites(stopped().work) is None


def test_no_dose_is_judged_where_both_sides_are_affected():
    needles = injections_of((DoseEdit("mentalis", "LEFT", 1, "2"),), held().inputs.product)
    with pytest.raises(EditError, match="Both sides"):
        choices_of_edit(needles, held().limits, None)


def test_what_the_visits_taught_is_told_in_sentences():
    case, patient = followed()
    work = replace(planned(), case=case, patient=patient)
    found = learnt_of(HeldPlan("followed", inputs_of(case), work, None))
    assert found.treated == case.treatments[-1].day
    assert found.seen_after is not None
    assert found.responses
    assert found.sentences[0].startswith("Treated on")
    assert read_answer(answer_line(found)) == found


def test_without_a_treatment_there_is_nothing_to_learn():
    with pytest.raises(NothingToLearnError):
        learnt_of(held())


def test_random_numbers_are_those_of_the_command_line():
    from facialis.cli.plan.follow_up import LEARNING_STREAM as OF_COMMAND_LINE

    assert LEARNING_STREAM == OF_COMMAND_LINE


def test_a_plan_is_made_of_what_was_asked(monkeypatch):
    seen = {}

    def make_plan(case, visits, product, today, _key, **others):
        seen.update(case=case, days=[one.day for one in visits], product=product, today=today, **others)
        return planned()

    monkeypatch.setattr(held_module, "make_plan", make_plan)
    made = make_held(question(weights={"smile": 2.0}, time_limit_s=3.0))
    assert made.key == question(weights={"smile": 2.0}, time_limit_s=3.0).key
    assert (seen["case"], seen["days"], seen["today"]) == (good_case(), [TODAY], TODAY)
    assert (seen["weights"], seen["confirmed_by"], seen["override"]) == ({"smile": 2.0}, "Dr Demo", None)
    assert seen["settings"].time_limit_s == 3.0
    assert made.document.inputs.time_limit_s == 3.0


@pytest.mark.slow
def test_the_invented_patient_is_injected_so_that_everything_is_compiled():
    assert warm_up.warm_up().work.plan.outcome is PlanOutcome.INJECT
