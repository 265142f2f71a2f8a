"""A plan that the planner remembers, with everything that an edit of its doses is judged by."""

from dataclasses import dataclass
from functools import cached_property

import jax

from facialis import __version__
from facialis.clinic.planner.answers import Judgement
from facialis.clinic.planner.courses import CourseGrounds, course_grounds
from facialis.clinic.planner.edits import choices_of_edit, doubled_point, injections_of
from facialis.clinic.planner.inputs import Inputs, read_question
from facialis.clinic.planner.requests import DoseEdit, PlanQuestion
from facialis.clinic.planner.wording import dates_of, finding_of, totals_of
from facialis.planning.limits import TargetLimit
from facialis.planning.places import Place
from facialis.planning.plan.make import PlanWork, make_plan
from facialis.planning.programme import SolverSettings
from facialis.planning.rules.session_check import check_session
from facialis.planning.schedule import follow_up
from facialis.report.plan_json import PlanDocument
from facialis.twin.events import ToxinInjection

STOPPED = "A rule stops the plan, so that the model gives no course. Read its findings."


@dataclass(frozen=True, eq=False)
class HeldPlan:
    """One plan with what it was made from."""

    key: str
    inputs: Inputs
    work: PlanWork
    grounds: CourseGrounds | None
    """None where a rule stops the plan."""

    @property
    def document(self) -> PlanDocument:
        """The plan with its origin, ready to be written."""
        return PlanDocument(self.work.plan, self.inputs.origin, __version__)

    @cached_property
    def limits(self) -> dict[Place, TargetLimit]:
        """What may be given of each target today."""
        return {limit.place: limit for limit in self.work.plan.limits}

    def judge(self, doses: tuple[DoseEdit, ...]) -> Judgement:
        """What rules and model say of doses; raises as `injections_of`."""
        return self.judge_injections(injections_of(doses, self.inputs.product))

    def judge_injections(self, injections: tuple[ToxinInjection, ...]) -> Judgement:
        """The same of needles that were read."""
        inputs = self.inputs
        found = check_session(
            inputs.case,
            injections,
            inputs.product,
            self.work.facts,
            inputs.today,
            confirmed_by=inputs.origin.confirmed_by,
            override=inputs.origin.override,
        )
        no_course = self._no_course(injections)
        course = None
        if no_course is None and self.grounds is not None:
            affected = inputs.case.palsy.affected_side
            course = self.grounds.course(choices_of_edit(injections, self.limits, affected))
        return Judgement(
            key=self.key,
            findings=tuple(map(finding_of, found)),
            totals=totals_of(injections, inputs.product),
            course=course,
            no_course=no_course,
            dates=dates_of(follow_up(inputs.today, inputs.product)),
        )

    def _no_course(self, injections: tuple[ToxinInjection, ...]) -> str | None:
        product = self.inputs.product
        if self.grounds is None:
            return STOPPED
        others = sorted({one.dose.product.value for one in injections} - {product.value})
        if others:
            return (
                f"Doses of {', '.join(others)} are named in a session of {product.value}; units are not "
                "interchangeable, so that no course is computed. Use one product."
            )
        twice = doubled_point(injections)
        if twice is not None:
            return f"Of {twice}, two doses are named, so that no course is computed. Keep one of them."
        return None


def make_held(question: PlanQuestion) -> HeldPlan:
    """Make the plan of a question; raises as `read_question` and `make_plan`."""
    return held_of(question.key, read_question(question))


def held_of(key: str, inputs: Inputs) -> HeldPlan:
    """Make the plan of inputs that were read."""
    seed = jax.random.key(inputs.origin.seed)
    work = make_plan(
        inputs.case,
        inputs.visits,
        inputs.product,
        inputs.today,
        seed,
        weights=inputs.weights,
        confirmed_by=inputs.origin.confirmed_by,
        override=inputs.origin.override,
        settings=SolverSettings(time_limit_s=inputs.origin.time_limit_s),
    )
    return HeldPlan(key, inputs, work, course_grounds(work, seed))
