"""What a condition may look at, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from facialis.planning.case.case import Case
from facialis.planning.case.visits import EyeExam
from facialis.planning.dates import months_between
from facialis.planning.places import Place
from facialis.planning.rules.facts import FaceFacts
from facialis.planning.rules.phase import Phase, phase_of
from facialis.planning.values import plan_values
from facialis.toxins.products import ToxinProduct


@dataclass(frozen=True)
class Context:
    """A case on a day, with the product that would be injected."""

    case: Case
    product: ToxinProduct
    facts: FaceFacts
    today: date

    @cached_property
    def months(self) -> int:
        """Whole months since the onset."""
        return months_between(self.case.palsy.onset, self.today)

    @cached_property
    def phase(self) -> Phase:
        """Phase of the palsy."""
        return phase_of(self.case.palsy.onset, self.today, self.facts)

    @cached_property
    def eye(self) -> EyeExam:
        """The latest examination of the eye; all unknown where there was none."""
        return self.case.eye or EyeExam()

    @cached_property
    def words(self) -> dict[str, str]:
        """What sentences may name: every plan value, the months since onset and the product."""
        numbers = {
            value.name: f"{value.value:g}" for value in plan_values().values if value.value is not None
        }
        return {**numbers, "months": str(self.months), "product": self.product.value}


@dataclass(frozen=True)
class Hit:
    """A condition that holds."""

    words: Mapping[str, str] = field(default_factory=dict)
    """For the names in braces of the rule's sentence."""
    places: tuple[Place, ...] = ()
    """Where the rule's `target_group` is `found`."""


HOLDS = Hit()


def hit_if(holds: bool) -> Hit | None:
    """A plain hit, or none."""
    return HOLDS if holds else None
