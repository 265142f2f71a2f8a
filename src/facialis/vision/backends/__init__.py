"""Landmark backends behind one protocol."""
