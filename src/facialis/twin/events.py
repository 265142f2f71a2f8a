"""What happens to a patient on the time line; impossible events cannot be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.lookup import find_member
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.exact import ExactNumber, exact_number
from facialis.twin.checked_numbers import checked_day, checked_number, history_limits
from facialis.twin.errors import HistoryError


@dataclass(frozen=True)
class Onset:
    """Day 0 of the time line: how much of the insult each branch of a side receives."""

    side: Side
    severity_frac: Mapping[NerveBranch, float]
    """For every branch; 1 is the whole insult of the patient, 0 none. [0-1]"""

    def __post_init__(self) -> None:
        object.__setattr__(self, "side", _side(self.side, "The onset"))
        given = {find_member(NerveBranch, b, thing="branch"): v for b, v in self.severity_frac.items()}
        if len(given) < len(self.severity_frac):
            raise HistoryError(
                f"The onset on the {self.side.label} side states a branch twice. State each severity once."
            )
        missing = [branch.value for branch in NerveBranch if branch not in given]
        if missing:
            raise HistoryError(
                f"The onset on the {self.side.label} side gives no severity for {', '.join(missing)}. "
                "Give all five branches; 0 for one that is spared."
            )
        severities = {
            branch: checked_number(
                given[branch],
                f"The severity of {branch.value}, {self.side.label} side,",
                0.0,
                1.0,
                why="it is the share of the insult that reaches the branch",
            )
            for branch in NerveBranch
        }
        object.__setattr__(self, "severity_frac", severities)


@dataclass(frozen=True)
class CorticosteroidStep:
    """Some days on one daily dose."""

    days: float
    dose_mg_per_day: float
    """In prednisolone, or as much of another corticosteroid as acts alike."""

    def __post_init__(self) -> None:
        checked_number(
            self.days, "The length of a corticosteroid step in days", 0.01, 365, why="one year at most"
        )
        largest = history_limits().preferred("largest_corticosteroid_dose")
        checked_number(
            self.dose_mg_per_day,
            "The daily corticosteroid dose in mg prednisolone",
            0.0,
            largest.number,
            why=f"nothing is known about larger ones here ({largest.citation.text})",
        )


@dataclass(frozen=True)
class CorticosteroidCourse:
    """Steps one after another, from a day on."""

    start_day: float
    steps: tuple[CorticosteroidStep, ...]

    def __post_init__(self) -> None:
        checked_day(self.start_day, "The start of corticosteroids")
        if not self.steps:
            raise HistoryError(
                "The corticosteroid course has no step. Give days and daily dose, or no course."
            )
        checked_day(self.end_day, "The end of corticosteroids")

    @property
    def end_day(self) -> float:
        """The day after the last dose."""
        return self.start_day + sum(step.days for step in self.steps)


@dataclass(frozen=True)
class AntiviralCourse:
    """An antiviral drug at its usual dose."""

    start_day: float
    days: float

    def __post_init__(self) -> None:
        checked_day(self.start_day, "The start of the antiviral")
        checked_number(
            self.days, "The length of the antiviral course in days", 0.01, 365, why="one year at most"
        )
        checked_day(self.end_day, "The end of the antiviral")

    @property
    def end_day(self) -> float:
        """The day after the last dose."""
        return self.start_day + self.days


@dataclass(frozen=True)
class Retraining:
    """Regular neuromuscular retraining between two days."""

    start_day: float
    end_day: float

    def __post_init__(self) -> None:
        checked_day(self.start_day, "The start of retraining")
        checked_day(self.end_day, "The end of retraining")
        if self.end_day <= self.start_day:
            raise HistoryError(
                f"Retraining ends on day {self.end_day:g}, but starts on day {self.start_day:g}. "
                "Give an end after the start."
            )


@dataclass(frozen=True)
class ToxinInjection:
    """One point: where, and how much of which product in how much liquid."""

    side: Side
    target: InjectionTarget
    point: int
    """Number of the injection site of the target, from 1."""
    dose: ToxinDose
    volume_ml: ExactNumber

    def __post_init__(self) -> None:
        object.__setattr__(self, "target", find_member(InjectionTarget, self.target, thing="target"))
        object.__setattr__(self, "side", _side(self.side, f"The injection into {self.target.value}"))
        dose: object = self.dose
        if not isinstance(dose, ToxinDose) or dose.amount <= 0:
            raise HistoryError(
                f"The injection into {self.target.value}, {self.side.label} side, has the dose {self.dose!s}."
                " Give more than 0 units of a named product."
            )
        numbers = [site.number for site in injection_sites(self.target, self.side)]
        if isinstance(self.point, bool) or self.point not in numbers:
            raise HistoryError(
                f"{self.target.value} has no injection point {self.point!r}. Give one from "
                f"{numbers[0]} to {numbers[-1]}."
            )
        volume = exact_number(self.volume_ml, "The volume")
        largest = history_limits().preferred("largest_point_volume")
        if not 0 < volume <= Fraction(str(largest.number)):
            raise HistoryError(
                f"The volume for {self.target.value}, {self.side.label} side, is {float(volume):g} ml; it "
                f"must be above 0 and up to {largest.number:g} ml ({largest.citation.text})."
            )
        object.__setattr__(self, "volume_ml", volume)


@dataclass(frozen=True)
class ToxinSession:
    """All injections of one day, of one product."""

    day: float
    injections: tuple[ToxinInjection, ...]

    def __post_init__(self) -> None:
        checked_day(self.day, "A toxin session")
        if not self.injections:
            raise HistoryError(
                f"The toxin session on day {self.day:g} has no injection. Give one, or no session."
            )
        products = sorted({injection.dose.product.value for injection in self.injections})
        if len(products) > 1:
            raise HistoryError(
                f"The toxin session on day {self.day:g} mixes {' and '.join(products)}, whose units are not "
                "interchangeable. Use one product in a session."
            )
        points = [(i.side, i.target, i.point) for i in self.injections]
        twice = next((point for point in points if points.count(point) > 1), None)
        if twice is not None:
            side, target, number = twice
            raise HistoryError(
                f"The toxin session on day {self.day:g} injects point {number} of {target.value}, "
                f"{side.label} side, twice. Give each point once, with its whole dose."
            )


@dataclass(frozen=True)
class History:
    """Everything on one patient's time line, in days from onset."""

    onsets: tuple[Onset, ...] = ()
    corticosteroids: tuple[CorticosteroidCourse, ...] = ()
    antivirals: tuple[AntiviralCourse, ...] = ()
    retraining: tuple[Retraining, ...] = ()
    toxin_sessions: tuple[ToxinSession, ...] = field(default=())

    def __post_init__(self) -> None:
        sides = [onset.side for onset in self.onsets]
        for side in Side:
            if sides.count(side) > 1:
                raise HistoryError(
                    f"The {side.label} side has {sides.count(side)} onsets, so its severities contradict "
                    "each other. Give one; a relapse is a time line of its own."
                )
        _refuse_overlap("Corticosteroid courses", [(c.start_day, c.end_day) for c in self.corticosteroids])
        _refuse_overlap("Antiviral courses", [(a.start_day, a.end_day) for a in self.antivirals])
        _refuse_overlap("Periods of retraining", [(r.start_day, r.end_day) for r in self.retraining])
        days = [session.day for session in self.toxin_sessions]
        if len(set(days)) < len(days):
            raise HistoryError("Two toxin sessions lie on one day. Join them into one session.")


def _refuse_overlap(what: str, spans: list[tuple[float, float]]) -> None:
    for (_, earlier_end), (later_start, _) in pairwise(sorted(spans)):
        if later_start < earlier_end:
            raise HistoryError(
                f"{what} overlap: one lasts to day {earlier_end:g}, another starts on day {later_start:g}. "
                "Join them into one, or correct the days."
            )


def _side(side: object, what: str) -> Side:
    if side is None or side == "":
        raise HistoryError(f"{what} has no side. Give LEFT or RIGHT, the patient's.")
    return find_member(Side, side, thing="side")
