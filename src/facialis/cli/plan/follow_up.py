"""`facialis follow-up`: what the visits since the last treatment taught, and the next plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from facialis.cli.once import OnceCommand
from facialis.cli.output import Format, FormatOption, console
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

if TYPE_CHECKING:
    from facialis.planning.learning.records import Learning

LEARNING_STREAM = 2
"""Of the seed's random numbers."""

app = typer.Typer(add_completion=False)


@app.command(cls=OnceCommand)
def follow_up(
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
        typer.Option("--out", help="Write the next plan to this JSON file.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")] = False,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Learn from every visit of a treated patient, and plan the next session.

    What changed in the face beyond measurement error, whether as predicted, how sensitive this patient is to
    toxin and for how long; then the next plan. Soon after a treatment the interval stops that plan: name
    the day of the next session with --today.
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
    from facialis.cli.plan.work import explained, learnt, make_from, require_treated, write_or_show
    from facialis.report.plan_json import plan_to_json
    from facialis.report.plan_views import learning_to_json

    files = read_case_files(case)
    require_treated(files)
    check_outputs(out, files.paths, force=force)
    made = make_from(files, request)
    learning = learnt(made, LEARNING_STREAM)
    if output_format is Format.JSON:
        typer.echo(learning_to_json(learning).encode(), nl=False)
    else:
        screen = console()
        print_learning(screen, learning)
        print_plan(screen, made, explained(made))
    if out is not None:
        write_or_show(out, plan_to_json(made.document))
        typer.echo(f"Written: {out}", err=True)


def print_learning(screen: Console, learning: "Learning") -> None:
    """What was learnt, in sections."""
    seen = "nothing was measured since" if learning.seen_after is None else f"seen on {learning.seen_after}"
    screen.print(f"Treated on {learning.treated}, {seen}", style="bold")
    parts = (
        ("Measured", [one.sentence for one in learning.responses]),
        ("For the record, if the clinician agrees", list(learning.suggestion.sentences)),
        ("This patient and toxin (model)", [one.sentence for one in learning.traits]),
        ("Muscles judged otherwise than before (model)", [one.sentence for one in learning.changed]),
        ("The next plan beside the last treatment", [one.sentence for one in learning.differences]),
    )
    for heading, sentences in parts:
        if sentences:
            screen.print(heading, style="bold")
        for sentence in sentences:
            screen.print(escape(f"  {sentence}"), soft_wrap=True)
    screen.print()
