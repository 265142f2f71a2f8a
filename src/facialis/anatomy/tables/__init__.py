"""Cited tables of anatomy; each has its passport beside it."""
