"""The capture gate: what is wrong with a photograph, each reason a sentence with its number and limit."""

from facialis.vision.quality.gate import gate_against_rest, gate_photo, gate_points, is_refused

__all__ = ["gate_against_rest", "gate_photo", "gate_points", "is_refused"]
