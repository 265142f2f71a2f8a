"""Cited tables of toxins; each has its passport beside it."""
