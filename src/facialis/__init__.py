"""Facialis: measure an asymmetric face, explain it, plan botulinum toxin, learn from the follow-up."""

__version__ = "0.1.0"
