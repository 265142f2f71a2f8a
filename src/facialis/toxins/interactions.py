"""Drugs that change the effect or the risk of a toxin."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.actions import Action
from facialis.toxins.reading import toxin_rows


class DrugEffect(StrEnum):
    """What the drug does to the treatment."""

    STRENGTHENS = "strengthens"
    WEAKENS = "weakens"
    ADDS_UP = "adds_up"
    BLEEDS = "bleeds"


@dataclass(frozen=True)
class DrugInteraction:
    """One drug or class and what follows from it; it holds for every product."""

    code: str
    name: str
    members: tuple[str, ...]
    """Drugs of the class that the source names; empty where it names none."""
    atc: str | None
    """Anatomical therapeutic chemical code, where known."""
    action: Action
    effect: DrugEffect
    sentence: str
    what_to_do: str
    citation: Citation

    def is_meant_by(self, word: str) -> bool:
        """Whether ``word`` is the code of this rule or a member of its class."""
        return word == self.code or word in self.members


@cache
def drug_interactions() -> tuple[DrugInteraction, ...]:
    """Every rule about a drug, in the order of the table."""
    return tuple(
        DrugInteraction(
            code=row.text("code"),
            name=row.text("name"),
            members=row.words("members"),
            atc=row.optional_text("atc"),
            action=row.choice("action", Action),
            effect=row.choice("effect", DrugEffect),
            sentence=row.text("sentence"),
            what_to_do=row.text("what_to_do"),
            citation=row.citation,
        )
        for row in toxin_rows("interacting_drugs")
    )
