"""The invented people of the demonstration. Nobody of these names is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.twin.present.scores import place_of, state_size
from facialis.vision.synthetic.known_patient import KnownPatient

SYNKINESIS: Mapping[str, float] = {
    "reinnervated_share": 0.9,
    "foreign_share": 0.75,
    "hypertonia_force": 0.8,
    "contracture_force": 0.6,
    "descent_mm": 0.5,
    "healthy_drive": 1.1,
    "foreign_gain": 0.3,
}
"""Spreads above the usual: nearly all fibres grew back, many by a wrong route."""
ROUTES = (
    (NerveBranch.ZYGOMATIC, NerveBranch.BUCCAL),
    (NerveBranch.BUCCAL, NerveBranch.ZYGOMATIC),
    (NerveBranch.MARGINAL_MANDIBULAR, NerveBranch.BUCCAL),
    (NerveBranch.CERVICAL, NerveBranch.BUCCAL),
)
"""Receiving and sending branch of the wrong routes."""
INDIVIDUAL = 0.4
"""How far a person of a seed is from the one described, in spreads."""


@dataclass(frozen=True)
class Person:
    """Somebody who comes to the clinic."""

    family_name: str
    given_names: str
    title: str
    birth_date: date
    sex: str
    affected: Side
    months_since_onset: int
    """At the first visit."""
    seed: int
    """Of face and palsy; 0: nobody takes photographs."""
    strength: float = 1.0
    """How strong the sequelae are, beside `SYNKINESIS`."""

    def known_patient(self) -> KnownPatient:
        """What the nerve and the muscles of this person do."""
        scores = INDIVIDUAL * np.random.default_rng([self.seed, 1]).normal(size=state_size())
        for name, shift in SYNKINESIS.items():
            scores[place_of(name)] += self.strength * shift
        order = list(NerveBranch)
        routes = scores[place_of("foreign_route")].reshape(len(order), len(order))
        for receiving, sending in ROUTES:
            routes[order.index(receiving), order.index(sending)] += 1.3 * self.strength
        scores[place_of("junction")] = (0.8, -0.6, 0.0)
        return KnownPatient(self.affected, scores)


TREATED = Person("Beispiel", "Anna", "", date(1980, 5, 17), "female", Side.LEFT, 18, seed=7)
SEEN = Person("Muster", "Karl", "Dr", date(1961, 11, 3), "male", Side.RIGHT, 30, seed=11, strength=0.7)
OTHERS = (
    Person("Erfunden", "Lena", "", date(1992, 2, 29), "female", Side.RIGHT, 2, 0),
    Person("Fiktiv", "Jan", "", date(1975, 8, 8), "male", Side.LEFT, 9, 0),
    Person("Ausgedacht", "Mehmet", "", date(1958, 12, 24), "male", Side.LEFT, 60, 0),
    Person("Ohnegleichen", "Sofia", "", date(2001, 6, 30), "female", Side.RIGHT, 14, 0),
    Person("Niemand", "Olga", "Prof", date(1949, 3, 9), "female", Side.LEFT, 120, 0),
)
