"""What follows from a patient's conditions and drugs, for one product."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.evidence import Citation
from facialis.toxins.actions import Action, heaviest_first
from facialis.toxins.contraindications import Contraindication, contraindications
from facialis.toxins.errors import ToxinError
from facialis.toxins.interactions import DrugInteraction, drug_interactions
from facialis.toxins.products import ToxinProduct


class UnknownConditionError(ToxinError):
    """A condition for which no rule is known."""

    code = "condition_unknown"


class UnknownDrugError(ToxinError):
    """A drug for which no rule is known."""

    code = "drug_unknown"


class FindingKind(StrEnum):
    """What a finding rests on."""

    CONDITION = "condition"
    DRUG = "drug"


@dataclass(frozen=True)
class SafetyFinding:
    """One rule that applies to the patient and the product."""

    code: str
    kind: FindingKind
    action: Action
    product: ToxinProduct
    targets: tuple[InjectionTarget, ...]
    """Targets meant above all; empty: every target."""
    sentence: str
    what_to_do: str
    citation: Citation


def findings_for(
    conditions: Iterable[str], drugs: Iterable[str], product: ToxinProduct
) -> tuple[SafetyFinding, ...]:
    """Rules that apply, stops first.

    Parameters
    ----------
    conditions : iterable of str
        Codes of `contraindications`.
    drugs : iterable of str
        Codes of `drug_interactions`, or members of a class that is listed there.
    product : ToxinProduct
        A rule about a component holds only for products that contain it.

    Returns
    -------
    tuple of SafetyFinding
        Each rule once, with what is known to be harmless (action none) at the end. Empty
        means that no rule of these tables applies, not that the injection is safe.

    Raises
    ------
    UnknownConditionError, UnknownDrugError
        If a word has no rule. It is never passed over in silence.
    """
    rules = dict.fromkeys(_condition(word) for word in _listed(conditions, "conditions"))
    interactions = dict.fromkeys(_drug(word) for word in _listed(drugs, "drugs"))
    found = [_of_condition(rule, product) for rule in rules if rule.applies_to(product)]
    found += [_of_drug(rule, product) for rule in interactions]
    return tuple(sorted(found, key=lambda finding: heaviest_first(finding.action)))


def _listed(words: Iterable[str], what: str) -> tuple[str, ...]:
    """Refuse a single word, whose letters would otherwise be taken for codes."""
    if isinstance(words, str):
        raise ToxinError(f"The {what} are '{words}', one piece of text. Give a list of codes.")
    return tuple(words)


def _condition(word: str) -> Contraindication:
    for rule in contraindications():
        if rule.code == word:
            return rule
    raise UnknownConditionError(
        f"'{word}' is not a condition with a rule. Give one of "
        f"{', '.join(rule.code for rule in contraindications())}."
    )


def _drug(word: str) -> DrugInteraction:
    for rule in drug_interactions():
        if rule.is_meant_by(word):
            return rule
    raise UnknownDrugError(
        f"'{word}' is not a drug or class with a rule. Name its class if it has one: "
        f"{', '.join(rule.code for rule in drug_interactions())}."
    )


def _of_condition(rule: Contraindication, product: ToxinProduct) -> SafetyFinding:
    return SafetyFinding(
        code=rule.code,
        kind=FindingKind.CONDITION,
        action=rule.action,
        product=product,
        targets=rule.targets,
        sentence=rule.sentence,
        what_to_do=rule.what_to_do,
        citation=rule.citation,
    )


def _of_drug(rule: DrugInteraction, product: ToxinProduct) -> SafetyFinding:
    return SafetyFinding(
        code=rule.code,
        kind=FindingKind.DRUG,
        action=rule.action,
        product=product,
        targets=(),
        sentence=rule.sentence,
        what_to_do=rule.what_to_do,
        citation=rule.citation,
    )
