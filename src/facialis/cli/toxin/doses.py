"""`facialis toxin doses`: what is published for a muscle, every source with its tag."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.console import Console

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.cli.output import Format, FormatOption, console, emit_json, plain_table
from facialis.cli.toxin.target_names import targets_named
from facialis.cli.toxin.text import add_rows, citation_json, dose_json
from facialis.toxins.dose_ranges import DoseInterval, DoseStatement, PublishedDose, doses_for
from facialis.toxins.exact import number_text
from facialis.toxins.preferred_doses import TAGS_TO_CONFIRM, needs_confirmation
from facialis.toxins.product_names import product_named
from facialis.toxins.products import ToxinProduct

TO_CONFIRM = "[recall-medium] From memory of the literature: to be confirmed by the clinician before use."
OUTLIER = "outlier Contradicted by the other sources: shown for comparison, never offered."
NOT_INTERCHANGEABLE = (
    "Units of two products are not interchangeable. A dose in full: facialis cite toxins/dose_ranges."
)

HEADINGS = ("target", "side", "points", "at a point", "in all", "source", "tag", "note")


def doses(
    *,
    muscle: Annotated[
        str | None,
        typer.Option(
            "--muscle",
            help="Muscle, its abbreviation, or a target: 'mentalis', MEN, buccinator. All by default.",
        ),
    ] = None,
    role: Annotated[SideRole | None, typer.Option("--role", help="Side that is injected.")] = None,
    product: Annotated[
        str | None, typer.Option("--product", help="Generic, brand or short name; all products by default.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="KEY", help="Only this source, such as Toffola10.")
    ] = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """List published doses by muscle, side and product, the preferred source first.

    A dose from memory is marked and has to be confirmed by the clinician. Doses are shown in the
    units of the product that was given, and are never converted.
    """
    targets = None if muscle is None else targets_named(muscle)
    chosen = None if product is None else product_named(product).product
    found = _found(targets, role, chosen, source)
    if output_format is Format.JSON:
        emit_json(
            {"targets": [t.value for t in targets or InjectionTarget], "doses": [_json(d) for d in found]}
        )
    else:
        _print(found, console())


def _found(
    targets: Iterable[InjectionTarget] | None,
    role: SideRole | None,
    product: ToxinProduct | None,
    source: str | None,
) -> list[PublishedDose]:
    """Target by target from the forehead down; within one by preference; each row once."""
    rows = dict.fromkeys(
        dose
        for target in targets or InjectionTarget
        for dose in doses_for(target, role, product, source)
        if dose.target is target
    )
    rows |= dict.fromkeys(dose for dose in doses_for(None, role, product, source) if dose.target is None)
    return list(rows)


def _print(found: list[PublishedDose], terminal: Console) -> None:
    if not found:
        terminal.print(
            "The tables hold no dose for this choice. That is a gap of the tables, not a dose of 0."
        )
        return
    notes = list(dict.fromkeys(dose.citation.note for dose in found if dose.citation.note))
    for product in dict.fromkeys(dose.product for dose in found):
        table = plain_table(f"Units of {product.value}", *HEADINGS)
        last = ""
        for dose in (d for d in found if d.product is product):
            name = _target_text(dose)
            add_rows(table, [_row(dose, "" if name == last else name, notes)])
            last = name
        terminal.print(table)
        terminal.print()
    for number, note in enumerate(notes, start=1):
        terminal.print(f"{number}  {note}.", markup=False)
    if notes:
        terminal.print()
    for sentence in _sentences(found):
        terminal.print(sentence, markup=False)


def _row(dose: PublishedDose, name: str, notes: list[str]) -> tuple[str, ...]:
    note = dose.citation.note
    tag = f"[{dose.citation.provenance.value}]" + (" outlier" if dose.is_outlier else "")
    amounts = (
        (_points_text(dose.points), _interval_text(dose.per_site), _interval_text(dose.total))
        if dose.statement is DoseStatement.GIVEN
        else ("", "not usual", "")
    )
    role = "any" if dose.role is None else dose.role.value
    return (name, role, *amounts, dose.citation.source_key, tag, str(notes.index(note) + 1) if note else "")


def _sentences(found: list[PublishedDose]) -> list[str]:
    tags = [TO_CONFIRM] if any(dose.citation.provenance in TAGS_TO_CONFIRM for dose in found) else []
    return [*tags, *([OUTLIER] if any(dose.is_outlier for dose in found) else []), NOT_INTERCHANGEABLE]


def _target_text(dose: PublishedDose) -> str:
    return "any muscle" if dose.target is None else dose.target.value.replace("_", " ")


def _points_text(points: tuple[int, int] | None) -> str:
    if points is None:
        return "-"
    return str(points[0]) if points[0] == points[1] else f"{points[0]} to {points[1]}"


def _interval_text(interval: DoseInterval | None) -> str:
    if interval is None:
        return "-"
    low, high = number_text(interval.low.amount), number_text(interval.high.amount)
    return low if low == high else f"{low} to {high}"


def _json(dose: PublishedDose) -> dict[str, Any]:
    return {
        "target": None if dose.target is None else dose.target.value,
        "side_role": None if dose.role is None else dose.role.value,
        "product": dose.product.value,
        "statement": dose.statement.value,
        "points": None if dose.points is None else {"low": dose.points[0], "high": dose.points[1]},
        "per_site": _interval_json(dose.per_site),
        "total": _interval_json(dose.total),
        "is_outlier": dose.is_outlier,
        "preference": dose.preference,
        "needs_confirmation": needs_confirmation(dose),
        "source": citation_json(dose.citation),
    }


def _interval_json(interval: DoseInterval | None) -> dict[str, Any] | None:
    return None if interval is None else {"low": dose_json(interval.low), "high": dose_json(interval.high)}
