"""The plan as it is proposed and, later, signed: plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.limits import TargetLimit
from facialis.planning.rules.assess import Assessment
from facialis.planning.rules.findings import PlanFinding
from facialis.toxins import ToxinDose, ToxinProduct, total
from facialis.twin.events import ToxinInjection


class PlanOutcome(StrEnum):
    """What the software proposes."""

    INJECT = "inject"
    NOTHING = "nothing"
    """No injection brings more than it costs."""
    STOPPED = "stopped"
    """A rule stops the plan; its findings say which and what to do."""


class PlanStatus(StrEnum):
    """States of a plan; this software makes drafts, a named clinician activates."""

    DRAFT = "draft"
    ACTIVE = "active"


@dataclass(frozen=True)
class LossSummary:
    """Weighted expected outcome terms; less is better."""

    peak: float
    """Between two and four weeks."""
    mean_16_weeks: float
    price: float
    """Of doses and needles, in the same unit."""


@dataclass(frozen=True)
class SearchSummary:
    """How the doses were found."""

    relative_gap: float
    """Certified: how much better another plan could be, as the search judges."""
    timed_out: bool
    relaxed: tuple[str, ...]
    """Functions whose limit the patient passes without any toxin; the plan takes none further."""
    samples: int
    rounds: int


@dataclass(frozen=True)
class AlternativePlan:
    """Another plan along units against symmetry."""

    choices: tuple[DoseChoice, ...]
    loss: LossSummary

    @property
    def units(self) -> ToxinDose | None:
        """Of all targets; None for doing nothing."""
        return total(choice.total for choice in self.choices) if self.choices else None


@dataclass(frozen=True)
class Plan:
    """A proposal for one session. It is never active: `sign` makes a signed plan of it."""

    case_id: str
    affected: Side | None
    today: date
    product: ToxinProduct
    outcome: PlanOutcome
    assessment: Assessment
    session_findings: tuple[PlanFinding, ...]
    """Of the independent check of the proposed injections, those of the case included; stops first."""
    choices: tuple[DoseChoice, ...]
    limits: tuple[TargetLimit, ...]
    """Of every target: what was offered, and why others were left out."""
    weights: Mapping[str, float]
    loss: LossSummary | None
    do_nothing: LossSummary | None
    search: SearchSummary | None
    alternatives: tuple[AlternativePlan, ...] = ()
    status: PlanStatus = PlanStatus.DRAFT

    def __post_init__(self) -> None:
        if self.status is not PlanStatus.DRAFT:
            raise ValueError("A plan is made as a draft. A clinician's signature makes it active.")

    @property
    def injections(self) -> tuple[ToxinInjection, ...]:
        """Point by point."""
        return tuple(injection for choice in self.choices for injection in choice.injections)

    @property
    def total(self) -> ToxinDose | None:
        """Of the session; None without injections."""
        return total(choice.total for choice in self.choices) if self.choices else None
