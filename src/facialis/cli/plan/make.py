"""`facialis plan`: doses for one session, with the rules that speak for and against them."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from facialis.cli.once import OnceCommand
from facialis.cli.output import Format, FormatOption, console
from facialis.cli.plan.exits import EXIT_STOPPED
from facialis.cli.plan.options import (
    PRODUCT,
    TIME_LIMIT_S,
    CaseArgument,
    ConfirmOption,
    OverrideOption,
    ProductOption,
    SeedOption,
    TimeOption,
    TodayOption,
    WeightsOption,
    plan_request,
)
from facialis.cli.plan.outputs import check_outputs, suffixed
from facialis.toxins.actions import Action

if TYPE_CHECKING:
    from facialis.planning.plan.record import Plan

app = typer.Typer(add_completion=False)


@app.command(cls=OnceCommand)
def plan(
    *,
    case: CaseArgument,
    product: ProductOption = PRODUCT,
    weights: WeightsOption = "",
    confirm_ranges: ConfirmOption = None,
    override_acute: OverrideOption = None,
    today: TodayOption = None,
    seed: SeedOption = 0,
    time_limit: TimeOption = TIME_LIMIT_S,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the plan to this JSON file as well.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")] = False,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Propose doses for one session, or say which rule stops it and what to do.

    A proposal supports a clinician's decision and is never active by itself. Exit status: 0 planned (also
    that nothing is to be injected), 4 a rule stops it, 2 wrong usage, 1 fault.
    """
    request = plan_request(
        product=product,
        weights=weights,
        confirm_ranges=confirm_ranges,
        override_acute=override_acute,
        today=today,
        seed=seed,
        time_limit=time_limit,
    )
    suffixed(out, (".json",))
    from facialis.cli.plan.inputs import read_case_files
    from facialis.cli.plan.view import print_plan
    from facialis.cli.plan.work import explained, make_from, write_or_show
    from facialis.planning.plan.record import PlanOutcome
    from facialis.report.plan_json import plan_to_json

    files = read_case_files(case)
    check_outputs(out, files.paths, force=force)
    made = make_from(files, request)
    text = plan_to_json(made.document)
    if output_format is Format.JSON:
        typer.echo(text.encode(), nl=False)
    else:
        screen = console()
        print_plan(screen, made, explained(made))
    outcome = made.work.plan.outcome
    if out is not None:
        write_or_show(out, text, already_shown=output_format is Format.JSON)
        typer.echo(f"Written: {out}", err=True)
    if output_format is Format.TABLE and outcome is not PlanOutcome.STOPPED:
        typer.echo(f"Next: {next_command(case, out, made.work.plan)}")
    if outcome is PlanOutcome.STOPPED:
        raise typer.Exit(EXIT_STOPPED)


def next_command(case: Path, out: Path | None, plan: "Plan") -> str:
    """What a person would do now."""
    if out is None:
        return f"{shlex.join(['facialis', 'explain', str(case)])}, with the same options"
    if not plan.choices:
        return shlex.join(["facialis", "explain", str(case), "--of", str(out)])
    warned = dict.fromkeys(f.code for f in plan.session_findings if f.action is Action.WARN)
    reasons = [word for code in warned for word in ("--reason", f"{code}=TEXT")]
    return shlex.join(["facialis", "sign", str(out), "--by", "NAME", *reasons, "--out", "signed.json"])
