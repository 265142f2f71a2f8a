"""`facialis twin`: a palsy over years as a model, drawn, photographed and filmed."""

import typer

from facialis.cli.once import OnceCommand
from facialis.cli.twin.chart import chart
from facialis.cli.twin.film import film
from facialis.cli.twin.photograph import photograph
from facialis.cli.twin.simulate import simulate
from facialis.cli.twin.validate import validate

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="The twin: nerve, muscles and face of an invented patient over years, untreated and treated. "
    "A model, not a prognosis for a person.",
)
app.command("simulate", cls=OnceCommand)(simulate)
app.command("chart", cls=OnceCommand)(chart)
app.command("photograph", cls=OnceCommand)(photograph)
app.command("film", cls=OnceCommand)(film)
app.command("validate", cls=OnceCommand)(validate)
