"""What is known of the face in plain numbers; whoever decodes the photographs fills them in."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.nerve import NerveBranch
from facialis.planning.errors import FactsError


@dataclass(frozen=True)
class FaceFacts:
    """The affected side, unless a field says otherwise; None means not known, never no."""

    affected_drive_by_branch: Mapping[NerveBranch, float] = field(default_factory=dict)
    """Share of its own drive that reaches each branch, mean of the posterior; empty: not decoded. [0-1]"""
    flaccid_muscles: frozenset[Muscle] = frozenset()
    """Muscles of the affected side without any movement or tone."""
    eye_closes_probability: float | None = None
    """That the lids meet in gentle closure. [0-1]"""
    fissure_on_closure_mm: float | None = None
    """Between the lids in gentle closure; 0 when they meet. [mm]"""
    synkinesis_present: bool | None = None
    mirrored_known: bool = False
    """Whether every photograph says that it is mirrored or not."""
    missing_expressions: tuple[Expression, ...] = NINE_PHOTOGRAPHS
    """Of the nine photographs; all nine: there is none."""
    oral_competence: bool | None = None
    """Whether the mouth holds liquids."""

    def __post_init__(self) -> None:
        drive = self.affected_drive_by_branch
        if drive and set(drive) != set(NerveBranch):
            raise FactsError(
                f"The drive is given for {', '.join(branch.value for branch in drive)}. Give all "
                "five branches, or none."
            )
        for branch, share in drive.items():
            _require(share, f"The drive of {branch.value}", 1.0)
        _require(self.eye_closes_probability, "The probability that the eye closes", 1.0)
        _require(self.fissure_on_closure_mm, "The fissure on closure in mm", math.inf)
        strange = sorted(self.flaccid_muscles - set(FACIAL_MUSCLES))
        if strange:
            raise FactsError(
                f"{strange[0].value} is said to be flaccid; the facial nerve does not drive it. Leave it out."
            )

    @property
    def has_photographs(self) -> bool:
        """Whether at least one of the nine photographs was measured."""
        return not set(NINE_PHOTOGRAPHS) <= set(self.missing_expressions)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _require(number: float | None, what: str, most: float) -> None:
    if number is None:
        return
    if not _is_number(number) or not math.isfinite(number):
        raise FactsError(f"{what} is {number!r}; it is a finite number, or None when not known.")
    if not 0 <= number <= most:
        raise FactsError(f"{what} is {number:g}; it lies from 0 to {most:g}. Correct it.")
