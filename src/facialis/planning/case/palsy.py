"""The palsy: side, onset, cause, and signs that it may be something else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer, is_whole, require_text
from facialis.planning.errors import CaseError
from facialis.planning.values import whole_value

HOURS_IN_YEAR = 8784
DAYS_IN_YEAR = 366


class Cause(StrEnum):
    """What damaged the nerve."""

    BELLS_PALSY = "bells_palsy"
    RAMSAY_HUNT = "ramsay_hunt"
    TRAUMA = "trauma"
    TUMOUR_OR_SURGERY = "tumour_or_surgery"
    OTHER = "other"
    UNKNOWN = "unknown"


class RedFlag(StrEnum):
    """Signs that a palsy is not Bell's; `tables/red_flags.csv` says what follows from each."""

    GRADUAL_ONSET = "gradual_onset"
    FOREHEAD_SPARED = "forehead_spared"
    RECURRENT_SAME_SIDE = "recurrent_same_side"
    BILATERAL = "bilateral"
    SINGLE_BRANCH = "single_branch"
    PAROTID_MASS_OR_PAIN = "parotid_mass_or_pain"
    OTHER_CRANIAL_NERVE = "other_cranial_nerve"
    DOUBLE_VISION = "double_vision"
    LIMB_WEAKNESS = "limb_weakness"
    ATAXIA = "ataxia"
    SEVERE_HEADACHE = "severe_headache"
    SEVERE_PAIN = "severe_pain"
    VESICLES = "vesicles"
    HEARING_LOSS_OR_VERTIGO = "hearing_loss_or_vertigo"
    EAR_DISCHARGE = "ear_discharge"
    TICK_OR_RASH = "tick_or_rash"
    IMMUNOSUPPRESSION = "immunosuppression"
    CANCER_HISTORY = "cancer_history"
    TWITCHING_BEFORE = "twitching_before"


ASKED_APART = frozenset(
    {RedFlag.GRADUAL_ONSET, RedFlag.FOREHEAD_SPARED, RedFlag.RECURRENT_SAME_SIDE, RedFlag.BILATERAL}
)
"""Flags that have a field of their own in `Palsy`."""


class Stability(StrEnum):
    """Whether the face still changes without treatment."""

    STABLE = "stable"
    CHANGING = "changing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Clearance:
    """Who has looked into red flags, and found that they do not forbid the treatment."""

    flags: frozenset[RedFlag]
    by: str
    day: date

    def __post_init__(self) -> None:
        if not self.flags:
            raise CaseError("A clearance names no red flag. Name those that were cleared, or leave it out.")
        require_text(self.by, "The name of the person who cleared red flags")


@dataclass(frozen=True)
class Reanimation:
    """One operation for movement or symmetry of the paralysed side."""

    kind: str
    """In words: which muscle or nerve was used."""
    day: date | None = None

    def __post_init__(self) -> None:
        require_text(self.kind, "The kind of a reanimation")


@dataclass(frozen=True)
class Palsy:
    """What is known of the palsy that is treated."""

    affected_side: Side | None
    """The patient's; None only when both sides are affected: then no side is the healthy one."""
    onset: date
    cause: Cause = Cause.UNKNOWN
    bilateral: Answer = Answer.UNKNOWN
    onset_hours: int | None = None
    """From the first weakness to the worst; None when not known. [h]"""
    forehead_spared: Answer = Answer.UNKNOWN
    recurrent_same_side: Answer = Answer.UNKNOWN
    red_flags: Mapping[RedFlag, Answer] = field(default_factory=dict)
    """Every flag that has no field of its own; what is missing was not asked."""
    clearance: Clearance | None = None
    stability: Stability = Stability.UNKNOWN
    stable_months: int | None = None
    """For how long the face has not changed; None when not known. [months]"""
    specialist_seen: Answer = Answer.UNKNOWN
    """Whether a specialist for the facial nerve has examined the patient for this palsy."""
    corticosteroid_days: int | None = None
    """Length of the course in the acute phase: 0 for none, None when not known. [d]"""
    retraining_start: date | None = None
    reanimations: tuple[Reanimation, ...] = ()

    def __post_init__(self) -> None:
        self._require_sides()
        self._require_flags()
        _require_count(self.onset_hours, "The time that the onset took, in hours", HOURS_IN_YEAR)
        _require_count(
            self.corticosteroid_days, "The length of the corticosteroid course in days", DAYS_IN_YEAR
        )
        _require_count(
            self.stable_months, "The time without change in months", whole_value("oldest_age") * 12
        )
        if self.stable_months is not None and self.stability is not Stability.STABLE:
            raise CaseError(
                f"The face is said to be '{self.stability.value}' and without change for "
                f"{self.stable_months} months. Say 'stable', or leave the months out."
            )
        for name, day in (
            ("Retraining", self.retraining_start),
            *((f"The reanimation ({r.kind})", r.day) for r in self.reanimations),
            ("The clearance of red flags", None if self.clearance is None else self.clearance.day),
        ):
            if day is not None and day < self.onset:
                raise CaseError(
                    f"{name} is dated {day}, before the onset of the palsy on {self.onset}. "
                    "Correct one of them."
                )

    def answer_to(self, flag: RedFlag) -> Answer:
        """The answer to one red flag, wherever it stands."""
        if flag is RedFlag.GRADUAL_ONSET:
            if self.onset_hours is None:
                return Answer.UNKNOWN
            return Answer.YES if self.onset_hours > whole_value("longest_bell_onset") else Answer.NO
        return {
            RedFlag.FOREHEAD_SPARED: self.forehead_spared,
            RedFlag.RECURRENT_SAME_SIDE: self.recurrent_same_side,
            RedFlag.BILATERAL: self.bilateral,
        }.get(flag, self.red_flags.get(flag, Answer.UNKNOWN))

    def is_cleared(self, flag: RedFlag) -> bool:
        """Whether a named person has looked into the flag."""
        return self.clearance is not None and flag in self.clearance.flags

    def _require_sides(self) -> None:
        both = self.bilateral is Answer.YES
        if both and self.affected_side is not None:
            raise CaseError(
                f"The affected side is {self.affected_side.label}, and both sides are said to be affected. "
                "Give one side, or none when both are affected."
            )
        if not both and self.affected_side is None:
            raise CaseError(
                "The case has no affected side. Give LEFT or RIGHT, the patient's; leave it out only when "
                "both sides are affected."
            )

    def _require_flags(self) -> None:
        apart = [flag.value for flag in self.red_flags if flag in ASKED_APART]
        if apart:
            raise CaseError(
                f"The red flag {apart[0]} stands in the list and has a field of its own. Answer it there "
                "only."
            )
        for flag in () if self.clearance is None else sorted(self.clearance.flags):
            if self.answer_to(flag) is not Answer.YES:
                raise CaseError(
                    f"The red flag {flag.value} was cleared, but its answer is "
                    f"'{self.answer_to(flag).value}'. Correct the answer, or leave it out of the clearance."
                )


def _require_count(number: int | None, what: str, most: int) -> None:
    if number is None:
        return
    if not is_whole(number) or not 0 <= number <= most:
        raise CaseError(f"{what} is {number!r}; it is a whole number from 0 to {most}. Correct it.")
