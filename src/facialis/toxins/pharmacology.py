"""Published values on mechanism, course, dose and spread."""

from facialis.evidence import CitedTable, load_values

PACKAGE = "facialis.toxins.tables"


def pharmacology() -> CitedTable:
    """Mechanism, onset, peak, duration and dose-response."""
    return load_values(PACKAGE, "pharmacology")


def spread() -> CitedTable:
    """How far the effect of one point reaches."""
    return load_values(PACKAGE, "spread")
