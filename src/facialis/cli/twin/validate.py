"""`facialis twin validate`: twenty published rows beside what the twin says."""

from typing import Annotated

import typer
from rich.markup import escape

from facialis.cli.output import Format, FormatOption, console, emit_json, plain_table
from facialis.report.compilation_cache import use_compilation_cache

EXIT_ROW_MISSED = 4
"""A row of quality A or B does not hold; 1 to 3 have their meanings in every verb."""


def validate(
    *,
    patients: Annotated[
        int, typer.Option(help="Invented patients in each arm of rows 1 to 10.", min=100, max=100_000)
    ] = 4000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.", min=0)] = 2026,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Simulate every row of the acceptance table; a row of quality A or B that fails ends with 4."""
    if patients % 100:
        raise typer.BadParameter(f"{patients} is no multiple of 100. Give one, such as {patients // 100}00.")
    use_compilation_cache()
    from facialis.twin.acceptance import acceptance_rows

    screen = console()
    with screen.status("Simulating ...") as status:
        rows = acceptance_rows(
            patients=patients, seed=seed, on_part=lambda part: status.update(f"Simulating {part} ...")
        )
    failures = [row for row in rows if row.is_failure]
    if output_format is Format.JSON:
        emit_json(
            [
                {
                    "row": row.row,
                    "quantity": row.quantity,
                    "target": list(row.target),
                    "tolerance": row.tolerance,
                    "simulated": round(row.simulated, 4),
                    "unit": row.unit,
                    "quality": row.quality,
                    "use": row.use.value,
                    "met": row.is_met,
                    "source": row.source_key,
                }
                for row in rows
            ]
        )
    else:
        table = plain_table(
            f"The twin beside published rows ({patients} patients in each arm, seed {seed})",
            "row", "quantity", "target", "simulated", "±", "unit", "quality", "use", "verdict", "source",
        )  # fmt: skip
        for row in rows:
            low, high = row.target
            table.add_row(
                str(row.row),
                escape(row.quantity),
                f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}",
                f"{row.simulated:.4g}",
                f"{row.tolerance:.3g}",
                row.unit,
                row.quality,
                row.use.value,
                "met" if row.is_met else "[bold red]MISSED[/bold red]" if row.is_failure else "outside",
                escape(row.source_key),
            )
        screen.print(table)
        met = sum(row.is_met for row in rows)
        screen.print(
            f"{met} of {len(rows)} quantities are met; {len(failures)} of quality A or B are missed. "
            "Quality C is a band: outside it is said, and fails nothing. FIT: the twin was fitted to it."
        )
    if failures:
        raise typer.Exit(EXIT_ROW_MISSED)
