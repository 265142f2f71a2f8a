"""Measurements: points found and placed, and what follows from them in millimetres."""
