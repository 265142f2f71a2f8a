"""Programmes for the tests: invented, small enough to try every choice unless told otherwise."""

import numpy as np

from facialis.planning.programme import ChanceLimit, Limit, Programme, Terms


def programme(group=(0, 0, 1), **changes):
    """Two terms that the choices pull towards 0; without limits."""
    count = len(group)
    terms = Terms(
        base=[3.0, 2.0],
        effect=np.array([-np.linspace(1, 2, count), np.linspace(-1, 0.5, count)]),
        sd=[0.5, 0.0],
        weight=[1.0, 0.5],
        kind=[0, 1],
    )
    given = {"group": group, "terms": terms, "cost": np.full(count, 0.1), **changes}
    return Programme(**given)


def random_programme(seed, *, groups=5, choices=11, terms=5, limits=1, chances=2, fixed=True):
    """A programme of any kind: corners, ties of scale, limits that bind, and limits passed from the start."""
    draw = np.random.default_rng(seed)
    count = int(draw.integers(1, choices + 1))
    group = draw.integers(0, groups, count)
    number = int(draw.integers(0, terms + 1))
    sd = draw.uniform(0, 1, number) * (draw.random(number) < 0.8)
    outcome = Terms(
        base=draw.normal(0, 2, number),
        effect=draw.normal(0, 1, (number, count)),
        sd=sd,
        weight=draw.uniform(0, 2, number),
        kind=draw.integers(0, 2, number),
    )
    return Programme(
        group=group,
        terms=outcome,
        cost=draw.uniform(-0.1, 0.2, count),
        limits=[
            Limit(f"limit {at}", draw.uniform(0, 1, count), draw.uniform(0, 2))
            for at in range(draw.integers(0, limits + 1))
        ],
        chance_limits=[
            ChanceLimit(f"chance {at}", draw.normal(-1, 1, 12), draw.normal(0.3, 0.5, (12, count)), 0.0, 0.2)
            for at in range(draw.integers(0, chances + 1))
        ],
        taken=[int(draw.integers(count))] if fixed and draw.random() < 0.3 else [],
        units=draw.uniform(1, 5, count),
    )
