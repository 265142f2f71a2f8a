"""`facialis explain`: why each target is in the plan, or not; for clinicians, or for the patient."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from facialis.cli.once import OnceCommand
from facialis.cli.output import Format, FormatOption, console
from facialis.cli.plan.exits import EXIT_STOPPED
from facialis.cli.plan.options import (
    PRODUCT,
    TIME_LIMIT_S,
    CaseArgument,
    ConfirmOption,
    OfOption,
    OverrideOption,
    ProductOption,
    SeedOption,
    TimeOption,
    TodayOption,
    WeightsOption,
    plan_request,
)

if TYPE_CHECKING:
    from facialis.cli.plan.work import Made
    from facialis.planning.explain.records import Explanation, TargetExplanation

app = typer.Typer(add_completion=False)


@app.command(cls=OnceCommand)
def explain(
    *,
    case: CaseArgument,
    patient: Annotated[
        bool, typer.Option("--patient", help="In plain words, for the patient to take home.")
    ] = False,
    product: ProductOption = PRODUCT,
    weights: WeightsOption = "",
    confirm_ranges: ConfirmOption = None,
    override_acute: OverrideOption = None,
    today: TodayOption = None,
    seed: SeedOption = 0,
    time_limit: TimeOption = TIME_LIMIT_S,
    of: OfOption = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Explain a plan, or the one that the same options give `facialis plan`, target by target.

    For each one: why, what it brings and costs, what moves, hazards, the published range, and what is not
    known. For each one left out: the rule, the limit or the number that speaks against it.
    """
    request = plan_request(
        product=product,
        weights=weights,
        confirm_ranges=confirm_ranges,
        override_acute=override_acute,
        today=today,
        seed=seed,
        time_limit=time_limit,
        of=of,
    )
    from facialis.cli.plan.inputs import read_case_files
    from facialis.cli.plan.work import explained, make_from
    from facialis.planning.plan.record import PlanOutcome
    from facialis.report.plan_views import explanation_to_json

    files = read_case_files(case)
    made = make_from(files, request, alternatives=False)
    if patient:
        _tell_patient(made, output_format)
    elif output_format is Format.JSON:
        typer.echo(explanation_to_json(explained(made)).encode(), nl=False)
    else:
        print_explanation(console(), made, explained(made))
    if made.work.plan.outcome is PlanOutcome.STOPPED:
        raise typer.Exit(EXIT_STOPPED)


def print_explanation(screen: Console, made: "Made", explanation: "Explanation") -> None:
    """The plan in sentences: as a whole, target by target, what was left out, and every limit."""
    from facialis.cli.plan.findings_view import print_head

    print_head(screen, made.work.plan, made.files.remarks)
    screen.print()
    _print_list(screen, "The plan", explanation.summary)
    for target in explanation.targets:
        _print_target(screen, target)
    _print_list(screen, "Left out", [one.sentence for one in explanation.left_out])
    _print_list(screen, "Limits", [one.sentence for one in explanation.limits])


def _print_target(screen: Console, target: "TargetExplanation") -> None:
    from facialis.planning.places import place_text

    points = ", ".join(f"point {number}: {dose.text}" for number, dose in target.points)
    _print_list(screen, f"{place_text(target.place)}: {target.dose.text} ({points})", target.sentences)


def _print_list(screen: Console, heading: str, sentences: "tuple[str, ...] | list[str]") -> None:
    if not sentences:
        return
    screen.print(escape(heading), style="bold", soft_wrap=True)
    for sentence in sentences:
        screen.print(escape(f"  {sentence}"), soft_wrap=True)
    screen.print()


def _tell_patient(made: "Made", output_format: Format) -> None:
    from facialis.planning.explain.patient_summary import patient_summary
    from facialis.report.plan_views import summary_to_json

    summary = patient_summary(made.work, made.request.signed)
    text = f"{summary.text}\n" if output_format is Format.TABLE else summary_to_json(summary)
    typer.echo(text.encode(), nl=False)
