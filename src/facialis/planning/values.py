"""Numbers of the rules, by name."""

from fractions import Fraction
from functools import cache

from facialis.evidence import CitedTable, CitedValue, load_values

TABLES = "facialis.planning.tables"


@cache
def plan_values() -> CitedTable:
    """Every number that a rule of planning compares with."""
    return load_values(TABLES, "plan_values")


def plan_value(name: str) -> CitedValue:
    """One of them, with its source; raises `EvidenceError` where there is none."""
    return plan_values().preferred(name)


def whole_value(name: str) -> int:
    """One that is a whole number: months, years, hours."""
    return int(Fraction(str(plan_value(name).number)))
