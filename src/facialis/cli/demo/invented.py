"""The invented patient of the demonstration: late synkinesis, and a healthy side that works too hard."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.twin.present.scores import place_of, state_size
from facialis.vision.synthetic.known_patient import KnownPatient

AFFECTED = Side.LEFT
ONSET = date(2024, 11, 4)
FIRST_VISIT = date(2026, 5, 4)
"""A year and a half after the onset; the calendar is the patient's, not the reader's."""

INDIVIDUAL = 0.4
"""How far, in spreads, the patient of a seed is from the one described below, in everything."""
DESCRIBED: Mapping[str, float] = {
    "reinnervated_share": 0.9,
    "foreign_share": 0.75,
    "hypertonia_force": 0.8,
    "contracture_force": 0.6,
    "descent_mm": 0.5,
    "healthy_drive": 1.1,
    "foreign_gain": 0.3,
}
"""Spreads above the usual: nearly all fibres grew back, many by a wrong route."""
ROUTES: Mapping[tuple[NerveBranch, NerveBranch], float] = {
    (NerveBranch.ZYGOMATIC, NerveBranch.BUCCAL): 1.8,
    (NerveBranch.BUCCAL, NerveBranch.ZYGOMATIC): 1.2,
    (NerveBranch.MARGINAL_MANDIBULAR, NerveBranch.BUCCAL): 1.0,
    (NerveBranch.CERVICAL, NerveBranch.BUCCAL): 1.2,
}
"""Receiving and sending branch: the mouth moves the eye, the eye the mouth, both the chin and the neck."""
TOXIN_SCORES = (0.8, -0.6, 0.0)
"""Half-blocking dose, half-life, release: less sensitive than most, and the effect ends sooner."""


def invented_patient(seed: int) -> KnownPatient:
    """Invent the patient; another seed, another person with the same kind of sequelae.

    Parameters
    ----------
    seed : int      0 or more.
    """
    scores = INDIVIDUAL * np.random.default_rng([seed, 1]).normal(size=state_size())
    for name, shift in DESCRIBED.items():
        scores[place_of(name)] += shift
    order = list(NerveBranch)
    routes = scores[place_of("foreign_route")].reshape(len(order), len(order))
    for (receiving, sending), shift in ROUTES.items():
        routes[order.index(receiving), order.index(sending)] += shift
    scores[place_of("junction")] = TOXIN_SCORES
    return KnownPatient(AFFECTED, scores)
