"""What an explanation holds: plain frozen values and finished sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from facialis.anatomy.expressions import Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, Provenance
from facialis.planning.estimates import Estimate
from facialis.planning.limits import LeftOut
from facialis.planning.outcome.terms import Domain, TermKind
from facialis.planning.places import Place
from facialis.toxins import ToxinDose


@dataclass(frozen=True)
class TermGain:
    """One outcome term, and by how much it is smaller with a target than without it."""

    term: str
    """Name in the table of terms."""
    words: str
    kind: TermKind
    domain: Domain
    gain: float
    """Weighted, in the unit of the loss; above 0 helps."""


@dataclass(frozen=True)
class Contribution:
    """Loss of the plan without a target less its loss with it, in the full model; without prices."""

    gain: float
    """In the unit of the loss; above 0 helps."""
    price: float
    """Of the target's dose and needles, in the same unit."""
    share: float | None
    """Of what the whole plan gains; shares need not add up to 1. None where the plan gains nothing."""
    by_kind: Mapping[TermKind, float]
    """Symmetry, synkinesis, tightness, and wanted function (below 0: lost); their sum is the gain."""
    by_domain: Mapping[Domain, float]
    most_changed: tuple[TermGain, ...]
    """Up to three terms that change most."""

    @property
    def symmetry(self) -> float:
        """Part of the gain."""
        return self.by_kind[TermKind.ASYMMETRY]

    @property
    def synkinesis(self) -> float:
        """Part of the gain."""
        return self.by_kind[TermKind.SYNKINESIS]

    @property
    def tightness(self) -> float:
        """Part of the gain."""
        return self.by_kind[TermKind.TIGHTNESS]

    @property
    def function(self) -> float:
        """Part of the gain; below 0 where wanted movement is lost."""
        return self.by_kind[TermKind.FUNCTION]


@dataclass(frozen=True)
class MeasureChange:
    """One measure of one side in one expression, between two and four weeks."""

    expression: Expression
    measure: str
    side: Side
    change: Estimate
    """With the target less without it. [mm]"""
    asymmetry_without: Estimate
    """LEFT minus RIGHT. [mm]"""
    asymmetry_with: Estimate
    sentence: str


class ScoreName(StrEnum):
    """Scores of which a change is told."""

    SUNNYBROOK = "sunnybrook_composite"
    SYMMETRY_INDEX = "symmetry_index"


@dataclass(frozen=True)
class ScoreChange:
    """One score, between two and four weeks."""

    score: ScoreName
    change: Estimate | None
    """With less without; None where it cannot be said. [points]"""
    sentence: str


@dataclass(frozen=True)
class HazardNote:
    """What can go wrong, how often where that is published, and where it stands."""

    event: str
    sentence: str
    rate_pct: float | None
    interval_pct: tuple[float, float] | None
    citation: Citation


class LimitKind(StrEnum):
    """What a limit is on."""

    SITE = "site"
    TARGET_TODAY = "target_today"
    """The most of a target in this session."""
    TARGET_PUBLISHED = "target_published"
    SESSION = "session"
    FUNCTION = "function"


@dataclass(frozen=True)
class LimitUse:
    """How much of a limit a plan uses."""

    name: str
    kind: LimitKind
    used: float
    most: float
    unit: str
    """Units of the product, or 1 for probabilities."""
    without: float | None
    """Used without another injection; for functions."""
    sentence: str

    @property
    def share(self) -> float:
        """Used part of the limit; above 1 where it is passed without any toxin."""
        return self.used / self.most if self.most else 0.0


@dataclass(frozen=True)
class Driver:
    """One muscle of a target, as it is decoded."""

    muscle: Muscle
    side: Side
    expression: Expression | None
    """Where its excess is largest beside its error; None where it is healthy by definition."""
    excess: float
    """Beyond a healthy person's; 1 is a healthy muscle's strongest."""
    sd: float
    is_certain: bool
    also_in: tuple[Expression, ...]
    """Other expressions with a certain excess."""
    told_with: tuple[Muscle, ...]
    """Muscles that the photographs cannot tell it from."""
    sentence: str


@dataclass(frozen=True)
class TargetExplanation:
    """Why a target is in the plan, with this dose."""

    target: InjectionTarget
    side: Side | None
    role: SideRole
    dose: ToxinDose
    points: tuple[tuple[int, ToxinDose], ...]
    reason: str
    """One sentence with a number: why this muscle."""
    contribution: Contribution
    measures: tuple[MeasureChange, ...]
    scores: tuple[ScoreChange, ...]
    hazards: tuple[HazardNote, ...]
    published_text: str
    """The published range with its source."""
    provenance: Provenance | None
    citation: Citation | None
    confirmed_by: str | None
    limits: tuple[LimitUse, ...]
    drivers: tuple[Driver, ...]
    sentences: tuple[str, ...]
    """All of it, in reading order."""

    @property
    def place(self) -> Place:
        """Side and target."""
        return self.side, self.target


class WhyNot(StrEnum):
    """Why a target that is offered is not chosen."""

    COSTS_MORE = "costs_more_than_it_gains"
    FUNCTION_LIMIT = "function_limit"
    DOSE_LIMIT = "dose_limit"
    NOT_OVERDRIVEN = "not_overdriven"
    MAKES_WORSE = "makes_worse"
    WITHIN_GAP = "within_the_gap"
    """Its best amount would help a little, less than the search can tell."""


@dataclass(frozen=True)
class LeftOutTarget:
    """Why a target is not in the plan."""

    target: InjectionTarget
    side: Side | None
    role: SideRole | None
    not_offered: LeftOut | None
    """Why it was not offered; None where it was."""
    not_chosen: WhyNot | None
    """Why it was not chosen; None where it was not offered."""
    best_dose: ToxinDose | None
    """The amount of it that would help most beside the plan; None where nothing may be added."""
    contribution: Contribution | None
    """What that amount would change."""
    measures: tuple[MeasureChange, ...]
    hazards: tuple[HazardNote, ...]
    breaks: tuple[str, ...]
    """Limits that it would take the plan over."""
    drivers: tuple[Driver, ...]
    sentence: str

    @property
    def place(self) -> Place:
        """Side and target."""
        return self.side, self.target


@dataclass(frozen=True)
class Explanation:
    """The plan explained."""

    targets: tuple[TargetExplanation, ...]
    left_out: tuple[LeftOutTarget, ...]
    limits: tuple[LimitUse, ...]
    """Of the session and of functions."""
    scores: tuple[ScoreChange, ...]
    """Of the whole plan against doing nothing."""
    summary: tuple[str, ...]
    """The plan in a few sentences: what it brings, what is not known."""

    def of(self, place: Place) -> TargetExplanation | LeftOutTarget:
        """The explanation of a place; raises `KeyError` for one that the plan does not know."""
        everything: tuple[TargetExplanation | LeftOutTarget, ...] = (*self.targets, *self.left_out)
        for one in everything:
            if one.place == place:
                return one
        raise KeyError(place)
