"""The rules as the tables hold them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.evidence import Citation, Row, load_rows
from facialis.planning.case.palsy import Cause, RedFlag
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.rules.findings import PlanFindingKind
from facialis.planning.values import TABLES
from facialis.toxins.actions import Action

EVERY_TARGET = "every_target"
FOUND = "found"
"""In `target_group`: the condition itself names the places."""


class Stage(StrEnum):
    """From what a rule is judged."""

    CASE = "case"
    SESSION = "session"


class RoleScope(StrEnum):
    """On which side the targets of a rule lie."""

    AFFECTED = "affected"
    ANY = "any"


@dataclass(frozen=True)
class PlanRule:
    """One rule of `plan_rules`."""

    code: str
    stage: Stage
    condition: str
    action: Action
    kind: PlanFindingKind
    targets: tuple[InjectionTarget, ...] | None
    """None: the whole plan, or what the condition names."""
    scope: RoleScope | None
    is_overridable: bool
    sentence: str
    what_to_do: str
    citation: Citation


@dataclass(frozen=True)
class RedFlagRule:
    """One row of `red_flags`."""

    flag: RedFlag
    action: Action
    explained_by: tuple[Cause, ...]
    sentence: str
    what_to_do: str
    citation: Citation


@dataclass(frozen=True)
class PrerequisiteRule:
    """One row of `prerequisites`."""

    prerequisite: Prerequisite
    action: Action
    sentence: str
    what_to_do: str
    citation: Citation


@cache
def plan_rules() -> tuple[PlanRule, ...]:
    """Every rule, in the order of the table."""
    return tuple(_rule(row) for row in load_rows(TABLES, "plan_rules").rows)


def plan_rule(code: str) -> PlanRule:
    """One rule by its word, which must exist."""
    return next(rule for rule in plan_rules() if rule.code == code)


@cache
def red_flag_rules() -> tuple[RedFlagRule, ...]:
    """What follows from each red flag."""
    return tuple(
        RedFlagRule(
            row.choice("flag", RedFlag),
            row.choice("action", Action),
            row.choices("explained_by", Cause),
            row.text("sentence"),
            row.text("what_to_do"),
            row.citation,
        )
        for row in load_rows(TABLES, "red_flags").rows
    )


@cache
def prerequisite_rules() -> tuple[PrerequisiteRule, ...]:
    """What each missing point of the checklist means."""
    return tuple(
        PrerequisiteRule(
            row.choice("prerequisite", Prerequisite),
            row.choice("action", Action),
            row.text("sentence"),
            row.text("what_to_do"),
            row.citation,
        )
        for row in load_rows(TABLES, "prerequisites").rows
    )


@cache
def target_group(name: str) -> tuple[InjectionTarget, ...]:
    """Targets of a group, in the order of the table; `every_target` is all of them."""
    if name == EVERY_TARGET:
        return tuple(InjectionTarget)
    rows = load_rows(TABLES, "target_groups").rows
    return tuple(row.choice("target", InjectionTarget) for row in rows if row.text("target_group") == name)


def _rule(row: Row) -> PlanRule:
    group = row.optional_text("target_group")
    scope = row.optional_choice("side_role", RoleScope)
    targets = None if group is None or group == FOUND else target_group(group)
    if targets == ():
        raise row.error(f"target_group is '{group}', which no row of target_groups has.")
    if targets is not None and scope is None:
        raise row.error("side_role is empty; a group of targets lies on the affected side or on any.")
    return PlanRule(
        code=row.text("code"),
        stage=row.choice("stage", Stage),
        condition=row.text("condition"),
        action=row.choice("action", Action),
        kind=row.choice("kind", PlanFindingKind),
        targets=targets,
        scope=scope,
        is_overridable=row.flag("overridable"),
        sentence=row.text("sentence"),
        what_to_do=row.text("what_to_do"),
        citation=row.citation,
    )
