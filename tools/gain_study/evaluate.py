"""Judge readings against the truth, never with a table that has seen the same person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from tools.gain_study.fit import NORMAL_Q90, Floats, Pair, fit_rows, without_identities

from facialis.measurement.gain import GainRow
from facialis.measurement.measures import MEASURES
from facialis.measurement.points import Method

FOLDS = 6


@dataclass(frozen=True)
class Verdict:
    """How well left minus right is read."""

    count: int
    slope: float
    correlation: float
    noise_over_slope: float
    bias: float
    """Mean error. [% of the outer intercanthal distance]"""
    coverage: float | None
    """Share of truths within the stated 90 % interval; None where no sd was stated."""


@dataclass(frozen=True)
class Corrected:
    """A pair after a table that has not seen its person."""

    pair: Pair
    difference: float
    sd: float


def cross_validated(ways: Mapping[str, Sequence[Pair]], folds: int = FOLDS) -> list[Corrected]:
    """Correct every pair by the table fitted to the other people.

    Renders leave one of their few people out at a time; invented patients are all different, so
    they are left out in ``folds`` parts.
    """
    pairs = ways["refined"]
    people = sorted({(pair.source, pair.identity) for pair in pairs})
    by_source = {source: [p for p in people if p[0] == source] for source in {p[0] for p in people}}
    parts: list[set[tuple[str, str]]] = [set() for _ in range(folds)]
    for members in by_source.values():
        for number, person in enumerate(members):
            parts[number % folds].add(person)
    corrected = []
    for part in parts:
        rows = fit_rows({way: without_identities(read, part) for way, read in ways.items()})
        corrected += [correct_pair(pair, rows) for pair in pairs if (pair.source, pair.identity) in part]
    return corrected


def correct_pair(pair: Pair, rows: dict[tuple[str, Method], GainRow]) -> Corrected:
    """The difference that the table would report, with its sd."""
    row = rows.get((pair.measure, pair.method))
    if row is None:
        return Corrected(pair, pair.read_difference, float("nan"))
    difference = pair.read_difference / row.gain
    if pair.read_mean is not None:
        # As the software does: a lid gap or a row of teeth is never less than nothing.
        mean, floor = pair.read_mean - row.offset, MEASURES[pair.measure].floor
        difference = max(mean + difference / 2, floor) - max(mean - difference / 2, floor)
    return Corrected(pair, difference, float(np.hypot(row.asymmetry_sd, row.gain_sd / row.gain * difference)))


def uncorrected(pairs: Sequence[Pair]) -> list[Corrected]:
    """The readings as they are."""
    return [Corrected(pair, pair.read_difference, float("nan")) for pair in pairs]


def verdict(corrected: Sequence[Corrected]) -> Verdict | None:
    """Regress measured on true; None where the truths do not differ."""
    true = np.array([c.pair.true_difference for c in corrected])
    read = np.array([c.difference for c in corrected])
    if len(true) < 5 or true.std() < 1e-6:
        return None
    slope, intercept = np.polyfit(true, read, 1)
    residual = read - slope * true - intercept
    return Verdict(
        count=len(true),
        slope=float(slope),
        correlation=float(np.corrcoef(true, read)[0, 1]),
        noise_over_slope=float(residual.std(ddof=2) / abs(slope)),
        bias=float(np.mean(read - true)),
        coverage=_coverage(true, read, np.array([c.sd for c in corrected])),
    )


def _coverage(true: Floats, read: Floats, sd: Floats) -> float | None:
    stated = np.isfinite(sd)
    if not stated.any():
        return None
    return float(np.mean(np.abs(read - true)[stated] <= NORMAL_Q90 * sd[stated]))


def of_condition(
    corrected: Sequence[Corrected], source: str, condition: str | None, measure: str
) -> list[Corrected]:
    """Those of one source, condition (None: all) and measure."""
    return [
        c
        for c in corrected
        if c.pair.source == source and c.pair.measure == measure and condition in (None, c.pair.condition)
    ]
