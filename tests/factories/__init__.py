"""Plausible objects for tests."""
