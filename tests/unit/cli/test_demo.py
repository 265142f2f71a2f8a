"""`facialis demo` takes an invented patient through the whole loop, and keeps what is there."""

import json
import re

import pytest
from typer.testing import CliRunner

from facialis.anatomy.sides import Side
from facialis.cli.demo import command
from facialis.cli.demo.files import targets
from facialis.cli.demo.invented import AFFECTED, ONSET, invented_patient
from facialis.cli.demo.record import first_record
from facialis.report.case_json import read_case_file
from facialis.report.plan_json import read_plan_file
from facialis.report.signed_plan_json import read_signed_plan_file


def test_former_demonstration_is_kept_without_force(tmp_path, monkeypatch):
    def draw(*_, **__):
        raise AssertionError("drawn in spite of the old page")

    monkeypatch.setattr(command, "run_loop", draw)
    (tmp_path / "index.html").write_text("old")
    run = CliRunner().invoke(command.app, ["--out", str(tmp_path)])
    assert run.exit_code == 2
    assert (tmp_path / "index.html").read_text() == "old"


def test_another_seed_is_another_person_with_the_same_kind_of_palsy():
    one, same, other = invented_patient(7), invented_patient(7), invented_patient(8)
    assert (one.scores == same.scores).all()
    assert (one.scores != other.scores).any()
    assert one.affected is other.affected is Side.LEFT
    assert one.toxin_scores[0] > 0, "less sensitive than the median: there is something to learn"


def test_the_record_asks_everything_and_nothing_speaks_against_a_plan():
    case = first_record(ONSET, AFFECTED)
    assert case.palsy.affected_side is AFFECTED
    assert not case.conditions.codes
    assert not case.visits


@pytest.mark.slow
def test_the_whole_loop_writes_its_files_and_ends_with_five_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "PHOTO_WIDTH_PX", 800)
    run = CliRunner().invoke(command.app, ["--out", str(tmp_path)])
    assert run.exit_code == 0, run.output
    last = [line.split(":")[0] for line in run.stdout.strip().splitlines()[-5:]]
    assert last == ["Invented", "Measured", "Planned", "Achieved", "Page"]
    assert all(path.is_file() for path in targets(tmp_path))

    case = read_case_file(tmp_path / "case.json")
    assert len(case.visits) == 3
    assert all((tmp_path / visit.measurement).is_file() for visit in case.visits)
    plan = read_plan_file(tmp_path / "plan.json").plan
    signed = read_signed_plan_file(tmp_path / "signed.json").signed
    assert signed.plan.choices == plan.choices
    (treatment,) = case.treatments
    assert treatment.amount == plan.total
    after = read_plan_file(tmp_path / "next-plan.json").plan
    assert after.today == case.visits[-1].day
    truth = json.loads((tmp_path / "photos" / "two-weeks" / "truth.json").read_text("utf-8"))
    assert truth["palsy"] == {"side": "left"}

    page = (tmp_path / "index.html").read_text("utf-8")
    assert "<script" not in page
    assert all("alt='" in tag for tag in re.findall(r"<img[^>]*>", page))
    assert page.count("<svg") >= 7
    for anchor in re.findall(r"href='#([^']+)'", page):
        assert f"id='{anchor}'" in page
    achieved = run.stdout.strip().splitlines()[-2]
    measured = int(re.search(r"synkinesis (.\d+) %", achieved).group(1).replace("−", "-"))
    assert measured < -25
