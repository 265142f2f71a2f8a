"""Cited tables of the instruments; each has its passport beside it."""
