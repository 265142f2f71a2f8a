"""How one product is shown: rows for people, one object for programs."""

from collections.abc import Iterator
from typing import Any

from facialis.cli.toxin.text import citation_json, dose_json, ml, number_json, units
from facialis.evidence import Citation
from facialis.toxins.durations import EffectDuration
from facialis.toxins.exact import number_text, units_words
from facialis.toxins.labels import LabelDose
from facialis.toxins.product_record import ProductRecord

Line = tuple[str, str, Citation]


def product_rows(record: ProductRecord) -> list[tuple[str, ...]]:
    """(what, value, source) of everything known; a repeated 'what' is left empty, a note stands below."""
    rows: list[tuple[str, ...]] = [("brands", ", ".join(record.brands), "")]
    last, last_note = "", ""
    for what, value, citation in [*_preparation(record), *_labels(record), *_composition(record)]:
        rows.append(("" if what == last else what, value, citation.text))
        if citation.note not in {"", last_note}:
            rows.append(("", f"  ({citation.note})", ""))
        last, last_note = what, citation.note
    return rows


def _preparation(record: ProductRecord) -> Iterator[Line]:
    yield "type", f"{record.serotype}, {record.formulation.value}", record.citation
    for size in record.vials:
        contents = "" if size.contents_ml is None else f" in {ml(size.contents_ml)}"
        yield "vial", f"{units(size.content)}{contents}", size.citation
    for usual in record.usual_dilutions:
        stated = usual.stated_per_tenth_ml
        strength = "" if stated is None else f": {units(stated)} in 0.1 mL"
        yield "usual dilution", f"{usual.text}{strength}", usual.citation
    yield "allowed strength", record.allowed_strength.text, record.allowed_strength.citation
    for rule in record.storage:
        yield f"{rule.state.value.replace('_', ' ')}, {rule.quantity.value}", rule.text, rule.citation


def _labels(record: ProductRecord) -> Iterator[Line]:
    for dose in record.label_doses:
        yield f"label dose, {dose.site.value.replace('_', ' ')}", label_dose_text(dose), dose.citation
    for limit in record.label_limits:
        yield limit.kind.value.replace("_", " "), f"{limit.text} ({limit.scope})", limit.citation
    for duration in record.durations:
        value = f"{duration_text(duration)} ({duration.setting})"
        yield duration.quantity.replace("_", " "), value, duration.citation


def _composition(record: ProductRecord) -> Iterator[Line]:
    for part in record.excipients:
        amount = ""
        if part.amount is not None and part.per_vial_units is not None:
            amount = f", {number_text(part.amount)} {part.unit} in {units_words(part.per_vial_units)}"
        yield "excipient", f"{part.name}{amount}", part.citation
    for allergen in record.allergens:
        yield (
            allergen.allergen.label,
            "yes" if allergen.present else "no",
            allergen.citation,
        )
    for code in record.codes:
        brand = "" if code.brand is None else f" ({code.brand})"
        amount = "" if code.amount_per_code is None else f" ({units(code.amount_per_code)} each)"
        yield code.system.value, f"{code.code}{brand}{amount}", code.citation


def label_dose_text(dose: LabelDose) -> str:
    """'20 units: 5 points of 4 units in 0.1 mL', as far as the label says it."""
    low, high = dose.per_point_low, dose.per_point_high
    parts = [] if dose.points is None else [f"{dose.points} points of"]
    if low is not None and high is not None:
        parts.append(units(high) if low == high else f"{number_text(low.amount)} to {units(high)} at a point")
    if dose.volume_per_point_ml is not None:
        parts.append(f"in {ml(dose.volume_per_point_ml)}")
    return ": ".join(
        text for text in ("" if dose.total is None else units(dose.total), " ".join(parts)) if text
    )


def duration_text(duration: EffectDuration) -> str:
    """'24 weeks', '3 to 4 months'."""
    low, high = duration.interval
    if low is not None and high is not None:
        return f"{number_text(low)} to {number_text(high)} {duration.unit}"
    return f"{number_text(duration.value)} {duration.unit}" if duration.value is not None else "not stated"


def product_json(record: ProductRecord) -> dict[str, Any]:
    """One object with everything known about a product."""
    return {
        "product": record.product.value,
        "brands": list(record.brands),
        "serotype": record.serotype,
        "half_life_class": record.half_life_class.value,
        "formulation": record.formulation.value,
        "source": citation_json(record.citation),
        "vials": [
            {
                "content": dose_json(size.content),
                "formulation": size.formulation.value,
                "contents_ml": number_json(size.contents_ml),
                "source": citation_json(size.citation),
            }
            for size in record.vials
        ],
        "usual_dilutions": [
            {
                "vial": dose_json(usual.vial),
                "saline_ml": number_json(usual.saline_ml),
                "stated_per_tenth_ml": dose_json(usual.stated_per_tenth_ml),
                "source": citation_json(usual.citation),
            }
            for usual in record.usual_dilutions
        ],
        "allowed_per_tenth_ml": {
            "low": dose_json(record.allowed_strength.low_per_tenth_ml),
            "high": dose_json(record.allowed_strength.high_per_tenth_ml),
            "source": citation_json(record.allowed_strength.citation),
        },
        "storage": [
            {
                "state": rule.state.value,
                "quantity": rule.quantity.value,
                "low": number_json(rule.low),
                "high": number_json(rule.high),
                "unit": rule.unit,
                "source": citation_json(rule.citation),
            }
            for rule in record.storage
        ],
        **_label_json(record),
        **_composition_json(record),
    }


def _label_json(record: ProductRecord) -> dict[str, Any]:
    return {
        "label_doses": [
            {
                "site": dose.site.value,
                "variant": dose.variant,
                "points": dose.points,
                "per_point_low": dose_json(dose.per_point_low),
                "per_point_high": dose_json(dose.per_point_high),
                "total": dose_json(dose.total),
                "volume_per_point_ml": number_json(dose.volume_per_point_ml),
                "source": citation_json(dose.citation),
            }
            for dose in record.label_doses
        ],
        "label_limits": [
            {
                "limit": limit.kind.value,
                "scope": limit.scope,
                "any_product": limit.product is None,
                "value": number_json(limit.value),
                "unit": limit.unit,
                "window": number_json(limit.window),
                "window_unit": limit.window_unit,
                "source": citation_json(limit.citation),
            }
            for limit in record.label_limits
        ],
        "durations": [
            {
                "quantity": duration.quantity,
                "setting": duration.setting,
                "value": number_json(duration.value),
                "low": number_json(duration.interval[0]),
                "high": number_json(duration.interval[1]),
                "unit": duration.unit,
                "source": citation_json(duration.citation),
            }
            for duration in record.durations
        ],
    }


def _composition_json(record: ProductRecord) -> dict[str, Any]:
    return {
        "excipients": [
            {
                "name": part.name,
                "amount": number_json(part.amount),
                "unit": part.unit,
                "per_vial_units": number_json(part.per_vial_units),
                "source": citation_json(part.citation),
            }
            for part in record.excipients
        ],
        "allergens": [
            {"allergen": a.allergen.value, "present": a.present, "source": citation_json(a.citation)}
            for a in record.allergens
        ],
        "codes": [
            {
                "system": code.system.value,
                "code": code.code,
                "brand": code.brand,
                "amount_per_code": dose_json(code.amount_per_code),
                "source": citation_json(code.citation),
            }
            for code in record.codes
        ],
    }
