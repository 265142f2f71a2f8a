"""`facialis`: the verbs, and what happens when one of them cannot do its work."""

import sys
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from facialis import __version__
from facialis.errors import FacialisError

EXIT_FAULT = 1
"""Something went wrong; 2 is wrong usage (Typer's own), 3 is "some photographs were refused"."""


@dataclass(frozen=True)
class Verb:
    """One command: where it lives, and the sentence that `facialis --help` prints for it."""

    module: str
    help: str

    def load(self) -> Any:
        """Import the module and return the command that its Typer application `app` describes."""
        return typer.main.get_command(import_module(self.module).app)


VERBS = {
    "measure": Verb("facialis.cli.measure", "Measure photographs of one patient, in mm, side by side."),
    "synthetic": Verb("facialis.cli.synthetic", "Invent a patient and draw the photographs, with the truth."),
    "demo": Verb("facialis.cli.demo", "An invented patient, from photograph to plan to follow-up."),
    "anatomy": Verb("facialis.cli.anatomy", "List and draw nerve branches, muscles and injection sites."),
    "grade": Verb("facialis.cli.grade", "Score a clinical scale or questionnaire, exactly."),
    "twin": Verb("facialis.cli.twin", "Simulate a palsy over years, untreated and treated, and draw it."),
    "plan": Verb("facialis.cli.plan.make", "Propose doses for a session, or say which rule stops it."),
    "explain": Verb(
        "facialis.cli.plan.explain", "Say why each muscle is in a plan, or not; or tell the patient."
    ),
    "forecast": Verb(
        "facialis.cli.plan.forecast", "Half a year under a plan, with bands, beside doing nothing."
    ),
    "follow-up": Verb(
        "facialis.cli.plan.follow_up", "Learn from the visits after a treatment; plan the next."
    ),
    "sign": Verb("facialis.cli.plan.sign", "Record that a named clinician stands for a plan."),
    "toxin": Verb("facialis.cli.toxin", "Products, dilutions and doses; units never change product."),
    "serve": Verb("facialis.cli.clinic.serve", "Run the clinic: the web, its worker and its planner."),
    "backup": Verb("facialis.cli.clinic.backup", "The whole clinic in one sealed file, while it runs."),
    "restore": Verb("facialis.cli.clinic.restore", "A clinic from its backup, in an empty place."),
    "cite": Verb("facialis.cli.cite", "Print the references behind a number, a table or a result."),
    "doctor": Verb("facialis.cli.doctor", "Say what is installed, which detector is active, and why."),
}


class LazyGroup(TyperGroup):
    """Lists the verbs from the table above and imports a verb only when it is called.

    OpenCV, the networks and the charts take seconds to import; `facialis --help` must not.
    """

    def __init__(self, **settings: Any) -> None:
        stand_ins = {name: TyperCommand(name=name, help=verb.help) for name, verb in VERBS.items()}
        super().__init__(**{**settings, "commands": stand_ins})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Replace the stand-in by the verb itself, now that it is really called."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, VERBS[str(name)].load(), rest


app = typer.Typer(
    cls=LazyGroup,
    name="facialis",
    help="Measure an asymmetric face from photographs: signed, in mm, each number with its uncertainty. "
    "LEFT and RIGHT are always the patient's.",
    no_args_is_help=True,
    add_completion=False,
    # Local variables can hold a patient's file names: they never belong in an error report.
    pretty_exceptions_enable=False,
)


def print_version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        typer.echo(f"facialis {__version__}")
        raise typer.Exit


@app.callback()
def facialis(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Take the options that stand before the verb; the work is the verb's."""


def main() -> None:
    """Run the command line; turn an error that a person can put right into a sentence."""
    if isinstance(sys.stdout, TextIOWrapper):
        # An old code page lacks the minus sign: written out it is ugly, yet neither lost nor a crash.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except FacialisError as error:
        typer.echo(f"facialis: {_visible(str(error))}", err=True)
        sys.exit(EXIT_FAULT)


def _visible(sentence: str) -> str:
    """Write out what a file name or a file could do to the terminal: colours, moves, reversed writing."""
    return "".join(
        sign if sign.isprintable() or sign == "\n" else sign.encode("unicode_escape").decode("ascii")
        for sign in sentence
    )
