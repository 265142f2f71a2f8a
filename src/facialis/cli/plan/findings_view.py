"""The head of every view of a plan: whose it is, and what the rules say, stops first."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape

from facialis.cli.plan.words import PHASE_WORDS, side_words
from facialis.planning.plan.record import Plan, PlanOutcome
from facialis.planning.rules.findings import PlanFinding
from facialis.toxins.actions import Action

STYLES = {Action.STOP: "bold red", Action.WARN: "bold yellow", Action.ADVISE: "bold"}


def print_head(screen: Console, plan: Plan, remarks: Iterable[str], *, is_signed: bool = False) -> None:
    """Case, palsied side, phase, day and product; then every finding with what to do."""
    screen.print(
        escape(
            f"Case {plan.case_id} · palsied side {side_words(plan.affected)} · "
            f"{PHASE_WORDS[plan.assessment.phase]} · {plan.today} · {plan.product.value}"
        ),
        style="bold",
    )
    if plan.outcome is PlanOutcome.INJECT and not is_signed:
        screen.print("DRAFT: a proposal of a model. Not active until a named clinician has signed it.")
    print_findings(screen, plan.session_findings)
    for remark in remarks:
        screen.print(escape(f"Note: {remark}"), soft_wrap=True)


def print_findings(screen: Console, findings: Sequence[PlanFinding]) -> None:
    """Each finding, with its code (a signature gives a reason by it), its source and what to do."""
    for finding in findings:
        if finding.action not in STYLES:
            continue
        word = escape(finding.action.value.upper())
        screen.print(
            f"[{STYLES[finding.action]}]{word}[/] "
            + escape(f"{finding.code}: {finding.sentence} {finding.what_to_do} ({finding.citation.text})"),
            soft_wrap=True,
        )
