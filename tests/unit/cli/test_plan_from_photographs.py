"""From the document of a measurement to a signed plan, with nothing made up on the way."""

import json

import numpy as np
import pytest
from benchmarks._virtual_patients import draw_patients, see
from typer.testing import CliRunner

from facialis.cli.plan.make import app as plan_app
from facialis.cli.plan.sign import app as sign_app
from facialis.planning.plan.record import PlanOutcome
from facialis.planning.plan.treatment import treatment_of, with_treatment
from facialis.planning.rules.session_check import check_session
from facialis.report.plan_json import read_plan_file
from facialis.report.signed_plan_json import read_signed_plan_file
from facialis.toxins.actions import Action
from tests.factories.measured_sets import measured_json
from tests.factories.plan_files import write_case
from tests.factories.planning import ONA, ONSET, TODAY, good_case, good_facts, good_palsy

DAY = ("--today", TODAY.isoformat())


def run(app, *arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


@pytest.mark.slow
def test_from_a_measurement_to_a_signed_plan(tmp_path):
    patient = draw_patients(7, 1)[0]
    visit = see(patient, float((TODAY - ONSET).days), np.random.default_rng(0))
    case = good_case(palsy=good_palsy(affected_side=patient.affected))
    path = write_case(tmp_path, case, measured_json(visit, patient.affected))
    plan, signed = tmp_path / "plan.json", tmp_path / "signed.json"

    outcome = run(plan_app, path, *DAY, "--confirm-ranges", "Dr Demo", "--out", plan)
    assert outcome.exit_code == 0, outcome.output
    found = read_plan_file(plan).plan
    assert found.outcome is PlanOutcome.INJECT
    assert found.loss.mean_16_weeks < found.do_nothing.mean_16_weeks
    assert 0 <= found.search.relative_gap < 0.05
    assert found.affected is patient.affected
    again = check_session(case, found.injections, ONA, good_facts(), TODAY, confirmed_by="Dr Demo")
    assert [finding for finding in again if finding.action is Action.STOP] == []

    warned = {finding.code for finding in found.session_findings if finding.action is Action.WARN}
    reasons = [word for code in warned for word in ("--reason", f"{code}=Asked.")]
    outcome = run(sign_app, plan, *DAY, "--by", "Dr Demo", *reasons, "--out", signed)
    assert outcome.exit_code == 0, outcome.output
    treatment = treatment_of(read_signed_plan_file(signed).signed)
    assert treatment.amount == found.total
    assert with_treatment(case, treatment).treatments == (treatment,)

    second = tmp_path / "again.json"
    run(plan_app, path, *DAY, "--confirm-ranges", "Dr Demo", "--out", second)
    assert json.loads(second.read_text()) == json.loads(plan.read_text())
