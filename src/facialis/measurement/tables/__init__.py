"""Packaged tables of the measurement room, each with its passport."""
