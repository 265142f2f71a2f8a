"""`facialis anatomy`: what the face is made of, listed and drawn."""

import typer

from facialis.cli.anatomy import draw
from facialis.cli.anatomy.list import list_anatomy
from facialis.cli.once import OnceCommand

app = typer.Typer(add_completion=False, no_args_is_help=True)
app.command("list", cls=OnceCommand)(list_anatomy)
app.command("draw", cls=OnceCommand)(draw.draw)


@app.callback()
def anatomy() -> None:
    """List and draw what the face is made of; each row with its source and tag."""
