"""How a dilution is shown: tables for people, one object for programs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape

from facialis.cli.output import plain_table
from facialis.cli.toxin.text import add_rows, citation_json, dose_json, ml, number_json, units
from facialis.evidence import Provenance
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.dilution import Dilution, vials_needed
from facialis.toxins.exact import number_text
from facialis.toxins.preparation import allowed_strength, usual_dilutions
from facialis.toxins.product_names import ProductName
from facialis.toxins.session import nearest_doses, units_per_mark, volume_note
from facialis.toxins.storage import TimeRule, time_limit
from facialis.toxins.syringes import Syringe


@dataclass(frozen=True)
class DilutionView:
    """What is to be shown."""

    name: ProductName
    """The product as it was asked for."""
    dilution: Dilution
    syringes: tuple[Syringe, ...]
    doses: tuple[ToxinDose, ...]
    usable_until: datetime | None
    rule: TimeRule
    """By which rule `usable_until` was counted."""


def notes(view: DilutionView) -> list[str]:
    """What is worth a second look, though nothing forbids it."""
    volumes = dict.fromkeys(view.dilution.volume_for(dose) for dose in view.doses)
    found = [view.dilution.label_note(), *map(volume_note, volumes)]
    if view.usable_until is not None:
        limit = time_limit(view.name.product, view.rule)
        if view.rule is TimeRule.OFF_LABEL:
            found.append("The time is counted by a consensus, against the label.")
        if limit.citation.provenance is Provenance.RECALL_MEDIUM:
            found.append(f"The time limit of {limit.text} is from memory: confirm it before use.")
    return [note for note in found if note is not None]


def dilution_json(view: DilutionView) -> dict[str, Any]:
    """One object with every number that the tables show."""
    dilution, allowed = view.dilution, allowed_strength(view.name.product)
    return {
        "product": view.name.product.value,
        "formulation": dilution.vial.formulation.value,
        "vial": {**_dose(dilution.vial.content), "source": citation_json(dilution.vial.citation)},
        "saline_ml": number_json(dilution.saline_ml),
        "volume_ml": number_json(dilution.volume_ml),
        "per_ml": dose_json(dilution.units_per_ml),
        "per_tenth_ml": dose_json(dilution.units_per_tenth_ml),
        "allowed_per_tenth_ml": {
            "low": dose_json(allowed.low_per_tenth_ml),
            "high": dose_json(allowed.high_per_tenth_ml),
            "source": citation_json(allowed.citation),
        },
        "usual_dilutions": [
            {
                "vial": dose_json(usual.vial),
                "saline_ml": number_json(usual.saline_ml),
                "stated_per_tenth_ml": dose_json(usual.stated_per_tenth_ml),
                "source": citation_json(usual.citation),
            }
            for usual in usual_dilutions(view.name.product)
        ],
        "syringes": [
            {
                "syringe": syringe.code,
                "capacity_ml": number_json(syringe.capacity_ml),
                "mark_ml": number_json(syringe.mark_ml),
                "per_mark": dose_json(units_per_mark(dilution, syringe)),
                "source": citation_json(syringe.citation),
            }
            for syringe in view.syringes
        ],
        "doses": [_dose_on_syringes(view, dose) for dose in view.doses],
        "need": _need_json(view),
        "usable_until": None if view.usable_until is None else view.usable_until.isoformat(),
        "notes": notes(view),
    }


def print_dilution(view: DilutionView, console: Console) -> None:
    """Print the tables."""
    dilution, product = view.dilution, view.name.product
    allowed = allowed_strength(product)
    rows = [
        (
            "vial",
            f"{units(dilution.vial.content)}, {dilution.vial.formulation.value}",
            dilution.vial.citation.text,
        ),
        ("saline added", ml(dilution.saline_ml), ""),
        ("solution", ml(dilution.volume_ml), ""),
        ("in 0.1 mL", units(dilution.units_per_tenth_ml), ""),
        ("in 1 mL", units(dilution.units_per_ml), ""),
        ("allowed", allowed.text, allowed.citation.text),
        *(("usual", usual.text, usual.citation.text) for usual in usual_dilutions(product)),
    ]
    if view.usable_until is not None:
        limit = time_limit(product, view.rule)
        rows.append(
            ("usable until", f"{view.usable_until:%d-%b-%Y %H:%M}, {limit.text}", limit.citation.text)
        )
    brands = "" if view.name.name == product.value else f" ({view.name.name})"
    title = escape(f"{product.value}{brands}")
    console.print(add_rows(plain_table(title, "what", "value", "source"), rows))
    console.print()
    table = plain_table("Syringes", "syringe", "mark", "one mark holds", "full syringe holds", "source")
    for syringe in view.syringes:
        step, full = units_per_mark(dilution, syringe), dilution.dose_in(syringe.capacity_ml)
        row = (syringe.code, ml(syringe.mark_ml), units(step), units(full), syringe.citation.text)
        add_rows(table, [row])
    console.print(table)
    if view.doses:
        _print_doses(view, console)
    for note in notes(view):
        console.print()
        console.print(escape(f"Note: {note}"))


def _print_doses(view: DilutionView, console: Console) -> None:
    console.print()
    title = "Doses: marks on the syringe, or the nearest doses that lie on a mark"
    table = plain_table(title, "dose", "volume", *(syringe.code for syringe in view.syringes))
    for dose in view.doses:
        marks = (_marks_text(view.dilution, dose, syringe) for syringe in view.syringes)
        add_rows(table, [(units(dose), ml(view.dilution.volume_for(dose)), *marks)])
    console.print(table)
    need = vials_needed(view.doses, view.dilution)
    vials = "1 vial" if need.vials == 1 else f"{need.vials} vials"
    console.print()
    console.print(f"Total {need.total.text}: {vials}, {units(need.waste)} ({ml(need.waste_ml)}) left over.")


def _marks_text(dilution: Dilution, dose: ToxinDose, syringe: Syringe) -> str:
    if dilution.volume_for(dose) > syringe.capacity_ml:
        return "too small"
    marks = _marks(dilution, dose, syringe)
    if marks is not None:
        return "1 mark" if marks == 1 else f"{marks} marks"
    low, high = nearest_doses(dose, dilution, syringe)
    return f"(least {units(low)})" if low == high else f"({number_text(low.amount)} or {units(high)})"


def _marks(dilution: Dilution, dose: ToxinDose, syringe: Syringe) -> int | None:
    """Marks of a dose that the syringe can measure; None where it cannot."""
    volume = dilution.volume_for(dose)
    marks = volume / syringe.mark_ml
    return int(marks) if marks.denominator == 1 and volume <= syringe.capacity_ml else None


def _dose_on_syringes(view: DilutionView, dose: ToxinDose) -> dict[str, Any]:
    return {
        **_dose(dose),
        "volume_ml": number_json(view.dilution.volume_for(dose)),
        "syringes": [
            {
                "syringe": syringe.code,
                "marks": _marks(view.dilution, dose, syringe),
                "fits": view.dilution.volume_for(dose) <= syringe.capacity_ml,
                "nearest": [dose_json(near) for near in nearest_doses(dose, view.dilution, syringe)],
            }
            for syringe in view.syringes
        ],
    }


def _need_json(view: DilutionView) -> dict[str, Any] | None:
    if not view.doses:
        return None
    need = vials_needed(view.doses, view.dilution)
    return {
        "vials": need.vials,
        "total": dose_json(need.total),
        "waste": dose_json(need.waste),
        "waste_ml": number_json(need.waste_ml),
    }


def _dose(dose: ToxinDose) -> dict[str, Any]:
    return dose_json(dose) or {}
