"""From files and options to a plan with all that it was made from."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.status import Status

from facialis import __version__
from facialis.cli.plan.again import require_same_doses, require_same_files
from facialis.cli.plan.inputs import CaseFiles
from facialis.cli.plan.options import PlanRequest
from facialis.report.compilation_cache import use_compilation_cache
from facialis.report.safe_files import CannotWriteError, write_whole

if TYPE_CHECKING:
    from facialis.planning.explain.records import Explanation
    from facialis.planning.forecast.records import PlanForecast
    from facialis.planning.learning.records import Learning
    from facialis.planning.plan.make import PlanWork
    from facialis.report.plan_json import PlanDocument


@dataclass(frozen=True, eq=False)
class Made:
    """A plan, and the files and options that it was made from."""

    files: CaseFiles
    request: PlanRequest
    work: "PlanWork"

    @property
    def document(self) -> "PlanDocument":
        """The plan with its origin, ready to be written."""
        from facialis.report.plan_json import PlanDocument, PlanInputs

        inputs = PlanInputs(
            case_sha256=self.files.case_sha256,
            measurements=tuple((visit.day, str(visit.found.sha256)) for visit in self.files.visits),
            seed=self.request.seed,
            time_limit_s=self.request.time_limit_s,
            confirmed_by=self.request.confirmed_by,
            override=self.request.override,
        )
        return PlanDocument(self.work.plan, inputs, __version__)


def make_from(files: CaseFiles, request: PlanRequest, *, alternatives: bool = True) -> Made:
    """Make the plan; raises as `make_plan`, and `PlanDiffersError` for one that does not come out again."""
    if request.again is not None:
        require_same_files(files, request.again)
    use_compilation_cache()
    import jax

    from facialis.planning.plan import make
    from facialis.planning.plan.patient import MeasuredVisit
    from facialis.planning.programme import SolverSettings

    measured = [
        MeasuredVisit(visit.day, visit.found.photographs, visit.found.mirrored_known)
        for visit in files.visits
    ]
    with waiting("Decoding the face and searching for doses ..."):
        work = make.make_plan(
            files.case,
            measured,
            request.product,
            request.today,
            jax.random.key(request.seed),
            weights=request.weights,
            confirmed_by=request.confirmed_by,
            override=request.override,
            settings=SolverSettings(time_limit_s=request.time_limit_s),
            has_alternatives=alternatives,
        )
    if request.again is not None:
        require_same_doses(work.plan, request.again)
    return Made(files, request, work)


def explained(made: Made) -> "Explanation":
    """Explain the plan."""
    from facialis.planning.explain import explain

    with waiting("Explaining each target ..."):
        return explain.explain(made.work)


def forecasted(made: Made, stream: int) -> "PlanForecast":
    """Forecast the plan."""
    import jax

    from facialis.planning.forecast import forecast

    key = jax.random.fold_in(jax.random.key(made.request.seed), stream)
    with waiting("Forecasting half a year ..."):
        return forecast.forecast_plan(made.work, key)


def require_treated(files: CaseFiles) -> None:
    """Refuse a case without a treatment before anything is computed; raises `NothingToLearnError`."""
    from facialis.planning.learning.learn import NothingToLearnError

    if not files.case.treatments:
        raise NothingToLearnError(
            "The case has no toxin treatment yet, so that no response can be learnt. Plan the first one with "
            "`facialis plan`."
        )


def learnt(made: Made, stream: int) -> "Learning":
    """Learn from the visits since the last treatment."""
    import jax

    from facialis.planning.learning import learn

    key = jax.random.fold_in(jax.random.key(made.request.seed), stream)
    with waiting("Comparing before and after ..."):
        return learn.learn(made.files.case, made.work.patient, key, made.work.plan)


def waiting(words: str) -> Status:
    """Say on the terminal what takes so long; nothing in a pipe."""
    return Console(stderr=True, quiet=not sys.stderr.isatty()).status(words)


def write_or_show(out: Path, text: str, *, already_shown: bool = False) -> None:
    """Write a file; where it cannot be written, print it, so that the work is not lost.

    Raises
    ------
    CannotWriteError    After the text was printed.
    """
    try:
        write_whole(out, text.encode())
    except CannotWriteError as error:
        if not already_shown:
            typer.echo(text.encode(), nl=False)
        raise CannotWriteError(f"{error} It was printed instead, so that nothing is lost.") from error
