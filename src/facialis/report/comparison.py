"""What was measured beside what is true, where the truth is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.measure import Measure
from facialis.report.butterfly import butterfly_rows
from facialis.report.model import SetResult

INTERVAL_SDS = 1.645
"""Half of a 90 % interval, in standard deviations."""


@dataclass(frozen=True)
class Comparison:
    """One value with its truth. `side` None is LEFT minus RIGHT, or a measure of the midline."""

    file: str
    expression: Expression | None
    name: str
    side: Side | None
    unit: str
    measured: float
    sd: float
    truth: float

    @property
    def error(self) -> float:
        """Measured minus true."""
        return self.measured - self.truth

    @property
    def is_covered(self) -> bool:
        """Whether the 90 % interval holds the truth."""
        return abs(self.error) <= INTERVAL_SDS * self.sd


def compare_asymmetry(result: SetResult, truth: Mapping[str, Sequence[Measure]]) -> list[Comparison]:
    """LEFT minus RIGHT of every sided measure against its truth.

    Parameters
    ----------
    result : SetResult      What was measured.
    truth : mapping         File to the exact measures; files without truth are left out.
    """
    found = []
    for photo in result.photos:
        exact = {row.name: row.asymmetry for row in butterfly_rows(tuple(truth.get(photo.file, ())))}
        for row in butterfly_rows(photo.measures):
            true = exact.get(row.name)
            if row.asymmetry is None or row.asymmetry_sd is None or true is None:
                continue
            found.append(
                Comparison(
                    photo.file,
                    photo.expression,
                    row.name,
                    None,
                    row.unit,
                    row.asymmetry,
                    row.asymmetry_sd,
                    true,
                )
            )
    return found


def compare_values(result: SetResult, truth: Mapping[str, Sequence[Measure]]) -> list[Comparison]:
    """Every single value against its truth."""
    found = []
    for photo in result.photos:
        exact = {(item.name, item.side): item.value for item in truth.get(photo.file, ())}
        for item in photo.measures:
            true = exact.get((item.name, item.side))
            if item.value is None or item.sd is None or true is None:
                continue
            found.append(
                Comparison(
                    photo.file, photo.expression, item.name, item.side, item.unit, item.value, item.sd, true
                )
            )
    return found
