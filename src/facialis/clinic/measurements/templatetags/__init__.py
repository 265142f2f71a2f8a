"""Filters of measures."""
