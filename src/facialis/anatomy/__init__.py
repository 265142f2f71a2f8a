"""What a face is made of: sides, expressions (and later branches, muscles, sites)."""

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side

__all__ = ["Expression", "Side"]
