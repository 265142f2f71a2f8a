"""The course of a plan over six months, with what is left open, beside doing nothing."""
