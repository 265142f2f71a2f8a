"""Fit the gain table: what each measure's reading is to the truth, and how far it scatters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tools.gain_study.readings import WAYS, KnownReading

from facialis.anatomy.sides import Side
from facialis.measurement.gain import GainRow
from facialis.measurement.measures import MEASURES, MeasureDefinition
from facialis.measurement.points import Method, Region

Floats = NDArray[np.float64]

MIN_TRUE_SPREAD = {"renders": 2.0, "synthetic": 0.3}
"""Least spread of the true values (% of the outer canthal distance) from which a group shows a gain. Renders
vary only what their condition names: what else differs between six people is their own asymmetry."""
MIN_GROUP = 12
SOURCES = 2
"""The mean of this many sources is known better than one of them by its root."""
MIN_ROWS = 10
GAIN_LIMITS = (0.25, 1.25)
"""Below, a reading says so little that dividing by its gain would only amplify noise; above, the groups do
not show a gain (a network shrinks what it does not believe in) but something else that moves along."""
EDGE_PRIOR_SD = 0.08
"""An edge lies where it lies: before any fit the gain of a refined reading is 1, give or take this."""
MIN_GAIN_SD = 0.02
NORMAL_Q90 = 1.645
"""90 % of a normal distribution lie within this many sd."""


_METHODS = ((Method.NETWORK, "network"), (Method.HEMIFACE, "hemiface"), (Method.REFINED, None))
"""Methods, each with the way in which every photograph can be read by it."""
_REFINED_REGIONS = (Region.BROW, Region.LIDS, Region.COMMISSURE, Region.LIPS)
_HEMIFACE_REGIONS = (Region.LIDS, Region.COMMISSURE)


@dataclass(frozen=True)
class Pair:
    """One measure of one photograph, both sides, in % of the outer canthal distance (or degrees)."""

    source: str
    identity: str
    condition: str
    measure: str
    method: Method
    true_difference: float
    read_difference: float
    true_mean: float | None
    """None for a midline measure."""
    read_mean: float | None


def pairs_of(readings: Iterable[KnownReading], way: str) -> list[Pair]:
    """Join the two sides of every sided measure."""
    photos: dict[tuple[str, str, str, str, int], dict[Side | None, KnownReading]] = defaultdict(dict)
    seen: dict[tuple[str, str, str, str, Side | None], int] = defaultdict(int)
    for reading in readings:
        name, side = reading.key
        which = (reading.source, reading.identity, reading.condition, name)
        number = seen[*which, side]
        seen[*which, side] += 1
        photos[*which, number][side] = reading
    pairs = []
    for (source, identity, condition, measure, _), sides in photos.items():
        if None in sides:
            value = sides[None].values[way]
            if value is not None:
                method = sides[None].method
                pairs.append(
                    Pair(source, identity, condition, measure, method, sides[None].truth, value, None, None)
                )
            continue
        if len(sides) < 2:
            continue
        left, right = sides[Side.LEFT], sides[Side.RIGHT]
        read_left, read_right = left.values[way], right.values[way]
        if read_left is None or read_right is None:
            continue
        pairs.append(
            Pair(
                source,
                identity,
                condition,
                measure,
                left.method,
                left.truth - right.truth,
                read_left - read_right,
                (left.truth + right.truth) / 2,
                (read_left + read_right) / 2,
            )
        )
    return pairs


def fit_rows(ways: Mapping[str, Sequence[Pair]]) -> dict[tuple[str, Method], GainRow]:
    """One row per measure and method that a photograph can be read by.

    Parameters
    ----------
    ways : mapping
        Pairs of the same photographs as read in each of `WAYS`. Where too few photographs fell back to a
        method, its row is fitted to all photographs read in that way.
    """
    rows = {}
    for name, definition in MEASURES.items():
        of_way = {way: [pair for pair in pairs if pair.measure == name] for way, pairs in ways.items()}
        pooled = _gain(of_way["network"])
        for method, way in _METHODS:
            if method is Method.HEMIFACE and definition.regions[0] not in _HEMIFACE_REGIONS:
                continue
            pairs = [pair for pair in of_way["refined"] if pair.method is method]
            if len(pairs) < MIN_ROWS and way is not None:
                pairs = of_way[way]
            if len(pairs) >= MIN_ROWS:
                rows[name, method] = _row(
                    name, method, pairs, _gain_of_method(method, definition, pairs, pooled)
                )
    return rows


def _gain_of_method(
    method: Method, definition: MeasureDefinition, pairs: Sequence[Pair], pooled: tuple[float, float]
) -> tuple[float, float]:
    """Gain and its spread; ``pooled`` is that of the network on all photographs."""
    gain, gain_sd = _gain(pairs)
    if method is Method.REFINED:
        weight, prior = SOURCES / gain_sd**2, 1 / EDGE_PRIOR_SD**2
        gain = (gain * weight + prior) / (weight + prior)
    elif method is Method.NETWORK and definition.regions[0] in _REFINED_REGIONS:
        # Photographs fall back to the network where the edges cannot be seen: they show scatter, no gain.
        gain, gain_sd = pooled
    return float(np.clip(gain, *GAIN_LIMITS)), gain_sd


def _row(name: str, method: Method, pairs: Sequence[Pair], fitted: tuple[float, float]) -> GainRow:
    gain, gain_sd = fitted
    true = np.array([pair.true_difference for pair in pairs])
    read = np.array([pair.read_difference for pair in pairs])
    residual = read / gain - true
    # What the uncertain gain adds is stated value by value; it must not be counted twice.
    scatter = _sd(residual, gain_sd / gain * true)
    if pairs[0].true_mean is None:
        return GainRow(name, method, gain, gain_sd, 0.0, scatter, 0.0)
    shift = np.array([(pair.read_mean or 0.0) - (pair.true_mean or 0.0) for pair in pairs])
    sources = np.array([pair.source for pair in pairs])
    offset = float(np.mean([np.median(shift[sources == source]) for source in np.unique(sources)]))
    return GainRow(name, method, gain, gain_sd, offset, scatter, _sd(shift - offset, np.zeros(len(pairs))))


def _sd(residual: Floats, known: Floats) -> float:
    """Scatter whose normal 90 % interval, with ``known`` added, holds 90 % of the residuals."""
    low, high = 0.0, float(np.abs(residual).max()) + 1e-6
    for _ in range(50):
        middle = (low + high) / 2
        inside = np.mean(np.abs(residual) <= NORMAL_Q90 * np.hypot(middle, known))
        low, high = (low, middle) if inside >= 0.9 else (middle, high)
    return high


def _gain(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Mean gain of the sources, and its spread between groups of photographs.

    Each source counts alike, however many photographs it has. A group shares a source and on renders a
    movement: a network pulls a resting droop harder than a wide smile, and a table that knows
    neither has to own up to the difference.
    """
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.source, pair.condition if pair.source == "renders" else ""].append(pair)
    gains: list[float] = []
    sources: dict[str, list[Pair]] = defaultdict(list)
    for (source, _), group in groups.items():
        if len(group) >= MIN_GROUP and _differences(group)[0].std() >= MIN_TRUE_SPREAD[source]:
            gains.append(_slope(group))
            sources[source] += group
    if not gains:
        return 1.0, 0.2
    spread = float(np.std(gains, ddof=1)) if len(gains) > 1 else 0.05
    return float(np.mean([_slope(group) for group in sources.values()])), max(spread, MIN_GAIN_SD)


def _slope(pairs: Sequence[Pair]) -> float:
    """Of read on true, through the origin: a symmetric face has to be read as symmetric."""
    true, read = _differences(pairs)
    return float(true @ read / (true @ true))


def _differences(pairs: Sequence[Pair]) -> tuple[Floats, Floats]:
    """(true, read) left minus right."""
    return np.array([pair.true_difference for pair in pairs]), np.array(
        [pair.read_difference for pair in pairs]
    )


def pairs_in_ways(readings: Sequence[KnownReading]) -> dict[str, list[Pair]]:
    """The pairs of every way of reading."""
    return {way: pairs_of(readings, way) for way in WAYS}


def without_identities(pairs: Sequence[Pair], left_out: set[tuple[str, str]]) -> list[Pair]:
    """Pairs of all other people."""
    return [pair for pair in pairs if (pair.source, pair.identity) not in left_out]
