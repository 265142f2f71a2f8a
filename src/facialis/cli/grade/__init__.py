"""`facialis grade`: score the answers to an instrument.

The name of an instrument may stand where the name of a command would: `facialis grade sunnybrook
visit.json` is `facialis grade score sunnybrook visit.json`.
"""

from typing import Any

import typer
from typer.core import TyperGroup

from facialis.cli.grade.change import change
from facialis.cli.grade.form import form
from facialis.cli.grade.score import score
from facialis.cli.grade.suggest import suggest
from facialis.cli.grade.take_over import take_over
from facialis.cli.once import OnceCommand


class GradeGroup(TyperGroup):
    """Hands a first word that is no command of its own to `score`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Put `score` before the name of an instrument."""
        named = [] if args[0] in self.commands or args[0].startswith("-") else ["score"]
        return super().resolve_command(ctx, [*named, *args])


app = typer.Typer(
    cls=GradeGroup,
    add_completion=False,
    no_args_is_help=True,
    help="Score a clinical scale or questionnaire: facialis grade INSTRUMENT FILE.json.",
)
app.command("score", cls=OnceCommand)(score)
app.command("suggest", cls=OnceCommand)(suggest)
app.command("form", cls=OnceCommand)(form)
app.command("change", cls=OnceCommand)(change)
app.command("import", cls=OnceCommand)(take_over)
