"""How hazards are shown: rows for people, objects for programs."""

from typing import Any

from facialis.cli.toxin.text import citation_json, dose_json, number_json
from facialis.evidence import Citation
from facialis.toxins.adverse_events import AdverseEvent, IntervalKind
from facialis.toxins.contraindications import Contraindication
from facialis.toxins.emergency import EmergencySign
from facialis.toxins.exact import number_text
from facialis.toxins.interactions import DrugInteraction

INTERVAL_WORDS = {
    IntervalKind.RANGE: "",
    IntervalKind.CONFIDENCE_95: ", 95 % interval",
    IntervalKind.EXACT_95: ", exact 95 % interval",
}


def source_text(citation: Citation) -> str:
    """Source and tag; the tag on a line of its own, so that it stays in one piece."""
    return f"{citation.source_key}\n[{citation.provenance.value}]"


def event_row(event: AdverseEvent) -> tuple[str, ...]:
    """(event, how often, setting, source)."""
    product = "" if event.product is None else f" ({event.product.value})"
    name = event.event.replace("_", " ")
    return name, frequency_text(event), f"{event.setting}{product}", source_text(event.citation)


def frequency_text(event: AdverseEvent) -> str:
    """'50 %, 9 of 18', '26 to 74 %, exact 95 % interval, 9 of 18', or the words of the source."""
    parts = [] if event.rate_pct is None else [f"{number_text(event.rate_pct)} %"]
    if event.interval is not None:
        low, high = number_text(event.interval.low_pct), number_text(event.interval.high_pct)
        parts.append(f"{low} to {high} %{INTERVAL_WORDS[event.interval.kind]}")
    if event.count is not None:
        parts.append(f"{event.count} of {event.denominator}")
    elif event.denominator is not None:
        parts.append(f"of {event.denominator}")
    if event.frequency_words is not None:
        parts.append(event.frequency_words)
    if event.dose is not None:
        low_end = "" if event.dose.high is None else f"{number_text(event.dose.low.amount)} to "
        parts.append(f"{event.dose.relation} {low_end}{(event.dose.high or event.dose.low).text}")
    return ", ".join(parts)


def event_json(event: AdverseEvent) -> dict[str, Any]:
    """One object per row of the table."""
    return {
        "code": event.code,
        "event": event.event,
        "setting": event.setting,
        "product": None if event.product is None else event.product.value,
        "targets": [target.value for target in event.targets],
        "side_role": None if event.side_role is None else event.side_role.value,
        "mechanism": event.mechanism,
        "dose": None
        if event.dose is None
        else {
            "low": dose_json(event.dose.low),
            "high": dose_json(event.dose.high),
            "relation": event.dose.relation,
        },
        "rate_pct": number_json(event.rate_pct),
        "interval_pct": None
        if event.interval is None
        else {
            "low": number_json(event.interval.low_pct),
            "high": number_json(event.interval.high_pct),
            "kind": event.interval.kind.value,
        },
        "count": event.count,
        "denominator": event.denominator,
        "frequency_words": event.frequency_words,
        "source": citation_json(event.citation),
    }


def condition_json(rule: Contraindication) -> dict[str, Any]:
    """One rule about a condition."""
    return {
        "code": rule.code,
        "condition": rule.condition,
        "action": rule.action.value,
        "allergen": None if rule.allergen is None else rule.allergen.value,
        "targets": [target.value for target in rule.targets],
        "basis": rule.basis,
        "sentence": rule.sentence,
        "what_to_do": rule.what_to_do,
        "source": citation_json(rule.citation),
    }


def drug_json(rule: DrugInteraction) -> dict[str, Any]:
    """One rule about a drug."""
    return {
        "code": rule.code,
        "name": rule.name,
        "members": list(rule.members),
        "atc": rule.atc,
        "action": rule.action.value,
        "effect": rule.effect.value,
        "sentence": rule.sentence,
        "what_to_do": rule.what_to_do,
        "source": citation_json(rule.citation),
    }


def sign_json(sign: EmergencySign) -> dict[str, Any]:
    """One sign of emergency."""
    return {
        "code": sign.code,
        "sign": sign.sign,
        "suspicion": sign.suspicion.value,
        "urgency": sign.urgency.value,
        "in_boxed_warning": sign.in_boxed_warning,
        "advice": sign.advice,
        "source": citation_json(sign.citation),
    }
