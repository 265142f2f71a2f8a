"""`facialis demo`: one invented patient through the whole loop, with the truth beside every estimate."""

from facialis.cli.demo.command import app

__all__ = ["app"]
