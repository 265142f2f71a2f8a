"""Findings of rules, from JSON."""

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.planning.places import Place as Target
from facialis.planning.places import is_midline
from facialis.planning.rules.findings import PlanFinding, PlanFindingKind
from facialis.report.json_values import read_word
from facialis.report.plan_frame import LONGEST_SENTENCE, MOST_TARGETS, own_side, read_citation
from facialis.report.plan_writing import BOTH
from facialis.report.twin_json import Place
from facialis.toxins.actions import Action

MOST_FINDINGS = 300


def read_findings(place: Place) -> tuple[PlanFinding, ...]:
    """Every finding, in the order of the file."""
    return tuple(_finding(entry) for entry in place.items(MOST_FINDINGS))


def _finding(place: Place) -> PlanFinding:
    found = place.keys(("code", "action", "kind", "sentence", "what_to_do", "targets", "citation"))
    return PlanFinding(
        code=found["code"].text(),
        action=read_word(found["action"], Action),
        kind=read_word(found["kind"], PlanFindingKind),
        sentence=found["sentence"].text(LONGEST_SENTENCE),
        what_to_do=found["what_to_do"].text(LONGEST_SENTENCE),
        targets=tuple(_target(entry) for entry in found["targets"].items(MOST_TARGETS)),
        citation=read_citation(found["citation"]),
    )


def _target(place: Place) -> Target:
    found = place.keys(("target", "side"))
    target = read_word(found["target"], InjectionTarget)
    if found["side"].value == BOTH and not is_midline(target):
        return None, target
    return own_side(found["side"], target), target
