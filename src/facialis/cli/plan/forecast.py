"""`facialis forecast`: what may come of a plan in half a year, beside doing nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from facialis.cli.once import OnceCommand
from facialis.cli.output import Format, FormatOption, console, plain_table
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
from facialis.cli.plan.outputs import check_outputs, suffixed

if TYPE_CHECKING:
    from facialis.planning.forecast.records import PlanCurve, PlanForecast
    from facialis.planning.plan.record import Plan

SUFFIXES = (".svg", ".png")
GLANCE_DAYS = (0.0, 3.0, 7.0, 14.0, 28.0, 56.0, 84.0, 112.0, 140.0, 180.0)
FORECAST_STREAM = 1
"""Of the seed's random numbers; those of the plan itself are another."""

app = typer.Typer(add_completion=False)


@app.command(cls=OnceCommand)
def forecast(
    *,
    case: CaseArgument,
    product: ProductOption = PRODUCT,
    weights: WeightsOption = "",
    confirm_ranges: ConfirmOption = None,
    override_acute: OverrideOption = None,
    today: TodayOption = None,
    seed: SeedOption = 0,
    time_limit: TimeOption = TIME_LIMIT_S,
    of: OfOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Draw the course: a file ending in .svg or .png.", show_default=False),
    ] = None,
    face: Annotated[
        Path | None,
        typer.Option(
            "--face",
            help="Draw an invented face before and at full effect: a file ending in .png.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")] = False,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Forecast a plan, or the one that the same options give `facialis plan`, from day 0 to day 180.

    Symmetry, scores, smile and closure of the eye with bands, beside the course without another injection.
    The bands are what the photographs leave open; the palsy itself is taken to stay as it is.
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
    suffixed(out, SUFFIXES)
    suffixed(face, (".png",), "--face")
    if out is not None and out == face:
        raise typer.BadParameter(f"--out and --face are both '{out}'. Give two names.")
    from facialis.cli.plan.findings_view import print_head
    from facialis.cli.plan.inputs import read_case_files
    from facialis.cli.plan.view import STOPPED
    from facialis.cli.plan.work import forecasted, make_from
    from facialis.planning.plan.record import PlanOutcome
    from facialis.report.plan_views import forecast_to_json
    from facialis.report.safe_files import write_whole

    files = read_case_files(case)
    for path, option in ((out, "--out"), (face, "--face")):
        check_outputs(path, files.paths, force=force, option=option)
    made = make_from(files, request, alternatives=False)
    plan, screen = made.work.plan, console()
    if plan.outcome is PlanOutcome.STOPPED:
        print_head(Console(stderr=True) if output_format is Format.JSON else screen, plan, files.remarks)
        typer.echo(STOPPED, err=output_format is Format.JSON)
        raise typer.Exit(EXIT_STOPPED)
    found = forecasted(made, FORECAST_STREAM)
    if output_format is Format.JSON:
        typer.echo(forecast_to_json(found).encode(), nl=False)
    else:
        print_head(screen, plan, files.remarks)
        print_forecast(screen, found, plan)
    if out is not None:
        from facialis.report.plan_chart import plan_chart_png, plan_chart_svg

        is_svg = out.suffix.lower() == ".svg"
        content = plan_chart_svg(found, plan).encode() if is_svg else plan_chart_png(found, plan)
        write_whole(out, content)
        typer.echo(f"Written: {out}", err=True)
    if face is not None:
        from facialis.report.model_face_picture import model_face_png

        write_whole(face, model_face_png(found))
        typer.echo(f"Written: {face}", err=True)


def print_forecast(screen: Console, found: "PlanForecast", plan: "Plan") -> None:
    """A few days of the main curves, and when the effect begins, is greatest and ends."""
    from facialis.anatomy.expressions import Expression
    from facialis.planning.forecast.records import PlanQuantity

    side, of = plan.affected, found.curve
    smile, closure = Expression.OPEN_SMILE, Expression.GENTLE_EYE_CLOSURE
    columns = (
        ("symmetry index", of(PlanQuantity.SYMMETRY_INDEX), 0),
        ("Sunnybrook", of(PlanQuantity.SUNNYBROOK, "composite", side=side), 0),
        ("smile, LEFT − RIGHT, mm", of(PlanQuantity.ASYMMETRY, "commissure_height", expression=smile), 1),
        ("lids apart, mm", of(PlanQuantity.FISSURE_ON_CLOSURE, side=side, expression=closure), 1),
    )
    table = plain_table("Course (model): under the plan", "day", "date", *(name for name, _, _ in columns))
    for at, (day, when) in enumerate(zip(found.days, found.dates, strict=True)):
        if day in GLANCE_DAYS:
            cells = [_cell(curve, at, decimals) for _, curve, decimals in columns]
            table.add_row(f"{day:g}", when.isoformat(), *map(escape, cells))
    screen.print()
    screen.print(table)
    screen.print(
        "In brackets: nine tenths of what the photographs leave open. After the bar: without another "
        "injection. Lids apart: in gentle closure, palsied side.",
        soft_wrap=True,
    )
    for sentence in found.sentences:
        screen.print(escape(sentence), soft_wrap=True)


def _cell(curve: "PlanCurve", at: int, decimals: int) -> str:
    plan, nothing = curve.plan, curve.nothing
    low, high = plan.quantiles[0.05][at], plan.quantiles[0.95][at]
    band = "" if low is None or high is None else f" ({_number(low, decimals)} to {_number(high, decimals)})"
    return f"{_number(plan.mean[at], decimals)}{band} | {_number(nothing.mean[at], decimals)}"


def _number(value: float | None, decimals: int) -> str:
    # Rounded first, so that a small negative number is not printed as -0.0.
    return "—" if value is None else f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "−")
