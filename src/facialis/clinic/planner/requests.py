"""What the clinic asks its planner."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from facialis import __version__
from facialis.clinic.planner.plain import to_plain


@dataclass(frozen=True)
class OverrideAsked:
    """A specialist who answers for going on in spite of a stop."""

    by: str
    reason: str
    codes: tuple[str, ...] = ("acute_phase",)


@dataclass(frozen=True)
class PlanQuestion:
    """Everything that a plan is made from: equal questions have equal answers."""

    case: Mapping[str, Any]
    """The case document, `facialis-case/1`."""
    measurements: Mapping[date, Mapping[str, Any]]
    """The measurement document of every visit that has one, by its day."""
    product: str
    """A `ToxinProduct`, such as onabotulinumtoxinA."""
    today: date
    """Of the session."""
    seed: int = 0
    confirmed_by: str | None = None
    """Who stands for published ranges that are known from memory; None leaves such targets out."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Changes of the objective's weights; the wishes of the case come first."""
    override: OverrideAsked | None = None
    time_limit_s: float = 10.0
    """Of each search."""

    def __post_init__(self) -> None:
        # A number that was whole is the same question after it came through JSON.
        object.__setattr__(self, "weights", {name: float(one) for name, one in self.weights.items()})
        object.__setattr__(self, "time_limit_s", float(self.time_limit_s))

    @cached_property
    def key(self) -> str:
        """SHA-256 of the question and of the version of the software: what a plan is asked for again by."""
        whole = {"software": __version__, "question": to_plain(self)}
        text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
        return sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class DoseEdit:
    """One needle as a clinician wants it."""

    target: str
    """An `InjectionTarget`, such as depressor_anguli_oris."""
    side: str | None
    """LEFT or RIGHT, the patient's; midline or None for a target on the midline."""
    point: int
    """Number of the injection point of the target, from 1."""
    amount: str
    """Units, exact, written like 2.5; 0 leaves the point out."""
    product: str | None = None
    """None: the product that the plan was asked for."""


@dataclass(frozen=True)
class Ping:
    """Ask whether the planner lives, and whether it is warm."""


@dataclass(frozen=True)
class Propose:
    """Ask for a plan; answered by a `Proposal`."""

    question: PlanQuestion


@dataclass(frozen=True)
class Judge:
    """Ask what comes of doses that were edited; answered by a `Judgement`."""

    key: str
    """Of the question whose plan was edited."""
    doses: tuple[DoseEdit, ...]
    question: PlanQuestion | None = None
    """For a planner that has forgotten it: a restart, or many other patients since."""


@dataclass(frozen=True)
class Learn:
    """Ask what the visits since the last treatment taught; answered by `Learnt`."""

    question: PlanQuestion


Request = Ping | Propose | Judge | Learn
REQUESTS: Mapping[str, type[Ping] | type[Propose] | type[Judge] | type[Learn]] = {
    "ping": Ping,
    "propose": Propose,
    "judge": Judge,
    "learn": Learn,
}
"""Words of the requests on the line."""
