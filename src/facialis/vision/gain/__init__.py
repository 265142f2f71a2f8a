"""Fitted gain and noise of every landmark backend, keyed by what exactly answered."""

from facialis.vision.gain.table import gain_model_for

__all__ = ["gain_model_for"]
