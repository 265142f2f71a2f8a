"""Questions for the planner of the clinic, and a plan that it holds without having searched for it again."""

import json
from functools import cache

from facialis.clinic.planner.courses import course_grounds
from facialis.clinic.planner.held import HeldPlan
from facialis.clinic.planner.inputs import Inputs
from facialis.clinic.planner.requests import DoseEdit, PlanQuestion
from facialis.report.case_writing import case_to_plain
from facialis.report.plan_json import PlanInputs
from facialis.report.plan_writing import side_word
from tests.factories.plan_files import measured_text
from tests.factories.plan_work import KEY, case_of, planned
from tests.factories.planning import ONA, TODAY, good_case


def question(of_case=None, **changes):
    """The patient with the weak LEFT side, photographed today."""
    asked = {
        "case": case_to_plain(of_case or good_case()),
        "measurements": {TODAY: json.loads(measured_text())},
        "product": ONA.value,
        "today": TODAY,
        "confirmed_by": "Dr Demo",
    }
    return PlanQuestion(**{**asked, **changes})


def inputs_of(case, **changes):
    origin = PlanInputs("a" * 64, ((TODAY, "b" * 64),), 0, 10.0, "Dr Demo")
    return Inputs(case, (), changes.pop("product", ONA), TODAY, {}, origin)


@cache
def held(key="key"):
    """The plan of the invented person of `plan_work`."""
    work = planned()
    return HeldPlan(key, inputs_of(case_of(work.patient.posterior.affected)), work, course_grounds(work, KEY))


def doses_of(choices):
    """What an editor sends of a plan that nobody changed."""
    return tuple(
        DoseEdit(choice.target.value, side_word(choice.side), number, f"{float(dose.amount):g}")
        for choice in choices
        for number, dose in choice.points
    )
