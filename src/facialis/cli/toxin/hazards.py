"""`facialis toxin hazards`: adverse events, conditions, drugs and signs of emergency, each with its tag."""

from typing import Annotated, Any

import typer

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.cli.output import Format, FormatOption, console, emit_json, plain_table
from facialis.cli.toxin.hazard_view import (
    condition_json,
    drug_json,
    event_json,
    event_row,
    sign_json,
    source_text,
)
from facialis.cli.toxin.target_names import targets_named
from facialis.cli.toxin.text import add_rows
from facialis.toxins.actions import heaviest_first
from facialis.toxins.adverse_events import AdverseEvent, adverse_events, events_for
from facialis.toxins.contraindications import Contraindication, contraindications
from facialis.toxins.emergency import emergency_signs
from facialis.toxins.interactions import drug_interactions
from facialis.toxins.product_names import product_named
from facialis.toxins.products import ToxinProduct

Targets = tuple[InjectionTarget, ...] | None

CLOSING = (
    "[recall-medium] From memory of the literature: to be confirmed by the clinician. "
    "A list of rules is never complete; a row in full: facialis cite toxins/adverse_events."
)


def hazards(
    *,
    muscle: Annotated[
        str | None,
        typer.Option("--muscle", help="Muscle, its abbreviation, or a target; the whole face by default."),
    ] = None,
    product: Annotated[
        str | None, typer.Option("--product", help="Leave out conditions that concern only other products.")
    ] = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """List what can go wrong, what forbids or limits an injection, and which signs are an emergency.

    With a muscle, what is tied to another muscle is left out. Adverse events are listed whatever
    the product: what was counted after one can happen after another.
    """
    targets = None if muscle is None else targets_named(muscle)
    chosen = None if product is None else product_named(product).product
    if output_format is Format.JSON:
        emit_json(_json(targets, chosen))
    else:
        _print(targets, chosen)


def _events(targets: Targets) -> list[AdverseEvent]:
    """Of every product: what was counted after one can happen after another."""
    wanted = {event for target in targets or (None,) for event in events_for(target)}
    return [event for event in adverse_events() if event in wanted]


def _conditions(targets: Targets, product: ToxinProduct | None) -> list[Contraindication]:
    found = [
        rule
        for rule in contraindications()
        if (targets is None or not rule.targets or set(rule.targets) & set(targets))
        and (product is None or rule.applies_to(product))
    ]
    return sorted(found, key=lambda rule: heaviest_first(rule.action))


def _print(targets: Targets, product: ToxinProduct | None) -> None:
    terminal = console()
    events = plain_table("Adverse events", "event", "how often", "setting", "source")
    conditions = plain_table("Conditions", "code", "action", "what to do", "source")
    drugs = plain_table("Drugs, whatever the muscle", "code", "action", "effect", "what to do", "source")
    signs = plain_table("Signs of emergency", "urgency", "sign", "advice", "source")
    terminal.print(add_rows(events, map(event_row, _events(targets))))
    terminal.print()
    terminal.print(
        add_rows(
            conditions,
            (
                (rule.code, rule.action.value, rule.what_to_do, source_text(rule.citation))
                for rule in _conditions(targets, product)
            ),
        )
    )
    terminal.print()
    terminal.print(
        add_rows(
            drugs,
            (
                (rule.code, rule.action.value, rule.effect.value, rule.what_to_do, source_text(rule.citation))
                for rule in drug_interactions()
            ),
        )
    )
    terminal.print()
    terminal.print(
        add_rows(
            signs,
            (
                (sign.urgency.value.replace("_", " "), sign.sign, sign.advice, source_text(sign.citation))
                for sign in emergency_signs()
            ),
        )
    )
    terminal.print()
    terminal.print(CLOSING, markup=False)


def _json(targets: Targets, product: ToxinProduct | None) -> dict[str, Any]:
    return {
        "targets": [target.value for target in targets or InjectionTarget],
        "product": None if product is None else product.value,
        "adverse_events": [event_json(event) for event in _events(targets)],
        "conditions": [condition_json(rule) for rule in _conditions(targets, product)],
        "drugs": [drug_json(rule) for rule in drug_interactions()],
        "emergency_signs": [sign_json(sign) for sign in emergency_signs()],
    }
