"""`facialis sign`: a named clinician stands for a plan."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from facialis import __version__
from facialis.cli.once import OnceCommand
from facialis.cli.output import console
from facialis.cli.plan.options import DATE
from facialis.cli.plan.outputs import check_outputs, suffixed

app = typer.Typer(add_completion=False)


@app.command(cls=OnceCommand)
def sign(
    *,
    plan: Annotated[
        Path,
        typer.Argument(metavar="PLAN.json", help="What `facialis plan --out` wrote.", show_default=False),
    ],
    by: Annotated[
        str,
        typer.Option("--by", metavar="NAME", help="The clinician who stands for it.", show_default=False),
    ],
    out: Annotated[Path, typer.Option("--out", help="JSON file of the signed plan.", show_default=False)],
    reason: Annotated[
        list[str] | None,
        typer.Option(
            "--reason",
            metavar="CODE=TEXT",
            help="Why a warning was passed, by its code; once for each warning.",
            show_default=False,
        ),
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(
            "--today",
            formats=DATE,
            help="Day of the signature; today by default. It is the day that the plan was made for.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")] = False,
) -> None:
    """Read a plan back, and record that a named clinician stands for it.

    A plan that a rule stops, that is for another day, or whose warnings have no written reasons cannot be
    signed. The file is a record: it does not prove who wrote it.
    """
    reasons = _reasons(reason or [])
    suffixed(out, (".json",))
    from facialis.cli.plan.findings_view import print_head
    from facialis.cli.plan.view import doses_table
    from facialis.cli.plan.words import totals_words
    from facialis.planning.plan.sign import sign as sign_plan
    from facialis.report.plan_json import read_plan_file
    from facialis.report.safe_files import write_whole
    from facialis.report.signed_plan_json import SignedPlanDocument, signed_plan_to_json

    draft = read_plan_file(plan)
    unknown = sorted(set(reasons) - {finding.code for finding in draft.plan.session_findings})
    if unknown:
        raise typer.BadParameter(
            f"--reason names {', '.join(unknown)}, of which the plan says nothing. Give the codes of its "
            "warnings."
        )
    check_outputs(out, (plan,), force=force)
    day = datetime.now(UTC).astimezone().date() if today is None else today.date()
    signed = sign_plan(draft.plan, by=by, day=day, reasons=reasons)
    document = SignedPlanDocument(draft, signed, __version__)
    write_whole(out, signed_plan_to_json(document).encode())
    screen = console()
    print_head(screen, signed.plan, (), is_signed=True)
    screen.print(doses_table(signed.plan))
    screen.print(f"{totals_words(signed.plan)}.", markup=False, soft_wrap=True)
    for code, text in signed.reasons.items():
        screen.print(f"Passed {code}: {text}", markup=False, soft_wrap=True)
    screen.print(f"Signed by {signed.by} on {signed.day}. Written: {out}", markup=False, soft_wrap=True)


def _reasons(pairs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        code, equals, text = (part.strip() for part in pair.partition("="))
        if not equals or not code or not text:
            raise typer.BadParameter(
                f"--reason is '{pair}'. Write CODE=TEXT, such as mouth_not_asked=\"Drinks well\"."
            )
        if code in found:
            raise typer.BadParameter(f"--reason names {code} twice. Give it once.")
        found[code] = text
    return found
