"""What a rule says about a case or a session."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from facialis.evidence import Citation
from facialis.planning.places import Place
from facialis.toxins.actions import Action, heaviest_first


class PlanFindingKind(StrEnum):
    """What a finding is about."""

    INDICATION = "indication"
    """Whether and when toxin is the treatment."""
    SAFETY = "safety"
    MISSING = "missing"
    """Not asked, not examined, not measured."""
    REFERRAL = "referral"
    PREREQUISITE = "prerequisite"
    EXPECTATION = "expectation"
    DATA = "data"
    """What a plan cannot be computed without."""
    LIMIT = "limit"
    """Doses and intervals."""


@dataclass(frozen=True)
class PlanFinding:
    """One rule that applies."""

    code: str
    action: Action
    kind: PlanFindingKind
    sentence: str
    what_to_do: str
    targets: tuple[Place, ...]
    """Targets meant, each with its side (None: both sides, or the midline); empty: the whole plan."""
    citation: Citation

    @property
    def stops_everything(self) -> bool:
        """Whether nothing may be planned at all."""
        return self.action is Action.STOP and not self.targets


def ordered(findings: Iterable[PlanFinding]) -> tuple[PlanFinding, ...]:
    """Each finding once, stops first, otherwise in the order given."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: heaviest_first(finding.action)))
