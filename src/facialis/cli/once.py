"""Commands that take every option at most once: the last of two answers must not win in silence."""

from typing import Any

import typer
from typer.core import TyperCommand


class OnceCommand(TyperCommand):
    """Refuses an option that is given twice, unless it is one that may be repeated.

    Two products, or two sides, on one command line are a slip. Typer alone keeps the last one and says
    nothing.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Look for twins before the values are read."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        for parameter in order:
            if order.count(parameter) > 1 and not getattr(parameter, "multiple", False):
                names = " / ".join([*parameter.opts, *parameter.secondary_opts])
                raise typer.BadParameter(f"{names} is given more than once. Give it once.", ctx)
        return super().parse_args(ctx, args)
