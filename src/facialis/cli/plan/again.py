"""The options of a plan that was made before, so that what is told of it is told of that plan."""

from pathlib import Path
from typing import TYPE_CHECKING

from facialis import __version__
from facialis.cli.plan.inputs import CaseFiles
from facialis.errors import FacialisError

if TYPE_CHECKING:
    from facialis.cli.plan.options import PlanRequest
    from facialis.planning.plan.record import Plan
    from facialis.report.plan_json import PlanDocument


class PlanDiffersError(FacialisError):
    """A plan cannot be made again: its case changed, or other doses come out."""

    code = "plan_differs"


def request_of(path: Path) -> "PlanRequest":
    """Everything that a plan, or a signed plan, was asked for with.

    Raises
    ------
    CannotReadPlanFileError, PlanFileError, CannotSignError and others
        As the readers of both documents.
    """
    from facialis.cli.plan.options import PlanRequest
    from facialis.report.plan_json import plan_file_value, read_plan
    from facialis.report.signed_plan_json import FAMILY, read_signed_plan

    value, signed = plan_file_value(path, "a plan"), None
    if isinstance(value, dict) and str(value.get("format")).startswith(f"{FAMILY}/"):
        found = read_signed_plan(value)
        draft, signed = found.draft, found.signed
    else:
        draft = read_plan(value)
    return PlanRequest(
        product=draft.plan.product,
        weights=dict(draft.plan.weights),
        confirmed_by=draft.inputs.confirmed_by,
        override=draft.inputs.override,
        today=draft.plan.today,
        seed=draft.inputs.seed,
        time_limit_s=draft.inputs.time_limit_s,
        again=draft,
        signed=signed,
    )


def require_same_files(files: CaseFiles, draft: "PlanDocument") -> None:
    """Refuse, before anything is computed, files that the plan was not made from."""
    measured = tuple((visit.day, visit.found.sha256) for visit in files.visits)
    if (files.case_sha256, measured) != (draft.inputs.case_sha256, draft.inputs.measurements):
        what = "The case" if files.case_sha256 != draft.inputs.case_sha256 else "A measurement"
        raise PlanDiffersError(
            f"{what} is not what the plan was made from: it is another one, or was changed since. Make the "
            "plan again with `facialis plan`."
        )


def require_same_doses(plan: "Plan", draft: "PlanDocument") -> None:
    """Refuse to tell anything of doses that are not those of the plan."""
    if plan.choices != draft.plan.choices:
        ran_out = draft.plan.search is not None and draft.plan.search.timed_out
        versions = f"it was made by version {draft.software_version}, and this is {__version__}"
        why = "its search had run out of time" if ran_out else versions
        raise PlanDiffersError(
            f"Other doses come out than those of the plan ({why}), so nothing can be told of it. Make the "
            "plan again with `facialis plan`."
        )
