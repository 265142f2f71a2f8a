"""Which of the rules that stop a plan a specialist may override."""

from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.planning.rules.table import plan_rules


def overridable_codes(plan: Plan) -> tuple[str, ...]:
    """Codes of the stops of a stopped proposal that may be overridden; empty unless all others are gone."""
    if plan.proposal_status != ProposalStatus.STOPPED:
        return ()
    allowed = {rule.code for rule in plan_rules() if rule.is_overridable}
    findings = plan.proposal.get("judgement", {}).get("findings", ())
    stops = {one["code"] for one in findings if one["action"] == "stop" and not one["targets"]}
    return tuple(sorted(stops & allowed))
