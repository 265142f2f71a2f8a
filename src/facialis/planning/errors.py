"""What can be wrong with a case and with a question about a plan."""

from facialis.errors import FacialisError


class PlanningError(FacialisError):
    """Something about a plan is not as it must be."""

    code = "planning_invalid"


class CaseError(PlanningError):
    """A case that contradicts itself, or that cannot be on the given day."""

    code = "case_contradiction"


class FactsError(PlanningError):
    """Numbers about a face that no face can have."""

    code = "facts_invalid"


class OverrideError(PlanningError):
    """An override without a name or a reason, or of a rule that nobody may override."""

    code = "override_refused"
