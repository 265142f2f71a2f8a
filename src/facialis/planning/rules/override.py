"""A specialist who answers for going on in spite of a stop, by name and with a reason."""

from dataclasses import dataclass, replace

from facialis.planning.case.answers import require_text
from facialis.planning.errors import CaseError, OverrideError
from facialis.planning.rules.findings import PlanFinding
from facialis.planning.rules.table import plan_rules
from facialis.toxins.actions import Action


@dataclass(frozen=True)
class Override:
    """Turns stops that may be overridden into warnings; a reason and a name stand in each."""

    by: str
    reason: str
    codes: tuple[str, ...] = ("acute_phase",)
    """Rules that are overridden."""

    def __post_init__(self) -> None:
        for text, what in (
            (self.by, "The name of who overrides"),
            (self.reason, "The reason of an override"),
        ):
            try:
                require_text(text, what)
            except CaseError as error:
                raise OverrideError(str(error)) from error
        allowed = [rule.code for rule in plan_rules() if rule.is_overridable]
        refused = [code for code in self.codes if code not in allowed]
        if refused or not self.codes:
            named = f"'{refused[0]}' cannot be overridden" if refused else "No rule is named to be overridden"
            raise OverrideError(
                f"{named}; only {', '.join(allowed)} can. Remove what causes the stop instead."
            )

    def of(self, finding: PlanFinding) -> PlanFinding:
        """The finding as a warning if it is overridden; otherwise itself."""
        if finding.code not in self.codes or finding.action is not Action.STOP:
            return finding
        sentence = f"{finding.sentence} Overridden by {self.by}: {self.reason}"
        return replace(finding, action=Action.WARN, sentence=sentence)
