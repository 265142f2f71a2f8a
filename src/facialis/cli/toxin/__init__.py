"""`facialis toxin`: products, dilutions and what is published about doses; units never change product."""

import typer

from facialis.cli.once import OnceCommand
from facialis.cli.toxin.dilute import dilute
from facialis.cli.toxin.doses import doses
from facialis.cli.toxin.hazards import hazards
from facialis.cli.toxin.products import products

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Products, dilutions, doses and hazards of botulinum toxin. "
    "Units of two products are never interchangeable.",
)
app.command("dilute", cls=OnceCommand)(dilute)
app.command("doses", cls=OnceCommand)(doses)
app.command("hazards", cls=OnceCommand)(hazards)
app.command("products", cls=OnceCommand)(products)
