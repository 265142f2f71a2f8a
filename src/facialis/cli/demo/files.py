"""The files of a demonstration: measurements, the case, both plans and the signature."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from facialis import __version__
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.cli.demo.loop import CLINICIAN, FOLDERS, Loop, measurement_name
from facialis.cli.measurement import annotated_name
from facialis.planning.plan.make import PlanWork
from facialis.planning.programme import SolverSettings
from facialis.report.case_json import case_to_json
from facialis.report.document import to_json
from facialis.report.plan_json import PlanDocument, PlanInputs, plan_to_json
from facialis.report.safe_files import write_whole
from facialis.report.signed_plan_json import SignedPlanDocument, signed_plan_to_json
from facialis.vision.synthetic.patient_set import TRUTH_FILE, file_name

CASE, CASE_BEFORE, PLAN, SIGNED, NEXT_PLAN, PAGE = (
    "case.json",
    "case-before.json",
    "plan.json",
    "signed.json",
    "next-plan.json",
    "index.html",
)


def targets(out: Path) -> list[Path]:
    """Every file that a demonstration writes."""
    names = [file_name(expression) for expression in NINE_PHOTOGRAPHS]
    photos = [out / "photos" / folder / name for folder in FOLDERS for name in [*names, TRUTH_FILE]]
    annotated = [out / "annotated" / annotated_name(name) for name in names]
    measured = [out / measurement_name(visit) for visit in range(len(FOLDERS))]
    return [
        *photos,
        *annotated,
        *measured,
        *(out / n for n in (CASE, CASE_BEFORE, PLAN, SIGNED, NEXT_PLAN, PAGE)),
    ]


def write_files(out: Path, loop: Loop, seed: int) -> None:
    """Write everything but pictures and page."""
    measured = []
    for number, visit in enumerate(loop.visits):
        content = to_json(visit.result).encode()
        write_whole(out / measurement_name(number), content)
        measured.append((visit.day, content))
    before, after = case_to_json(loop.planned_case).encode(), case_to_json(loop.case).encode()
    write_whole(out / CASE_BEFORE, before)
    write_whole(out / CASE, after)
    draft = _document(loop.work, before, measured[:1], seed)
    write_whole(out / PLAN, plan_to_json(draft).encode())
    signed = SignedPlanDocument(draft, loop.signed, __version__)
    write_whole(out / SIGNED, signed_plan_to_json(signed).encode())
    write_whole(out / NEXT_PLAN, plan_to_json(_document(loop.next_work, after, measured, seed)).encode())


def _document(work: PlanWork, case: bytes, measured: Iterable[tuple[date, bytes]], seed: int) -> PlanDocument:
    inputs = PlanInputs(
        sha256(case).hexdigest(),
        tuple((day, sha256(content).hexdigest()) for day, content in measured),
        seed,
        SolverSettings().time_limit_s,
        CLINICIAN,
    )
    return PlanDocument(work.plan, inputs, __version__)
