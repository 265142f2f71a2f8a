"""Plans whose doses are made up, for the verbs that would search for them."""

from types import SimpleNamespace

import pytest

import facialis.planning.explain.explain
import facialis.planning.plan.make
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.planning.plan.make import PlanWork
from tests.factories.planning import good_facts
from tests.factories.plans import made_explanation, made_plan


@pytest.fixture
def asked(monkeypatch):
    """What plans were asked for; their doses are made up."""
    calls = []

    def instead(case, measured, product, today, key, **options):
        del key
        case.require_on(today)
        calls.append(SimpleNamespace(case=case, measured=measured, product=product, today=today, **options))
        seen = {expression for visit in measured for expression, _ in visit.photographs}
        facts = good_facts(
            mirrored_known=all(visit.mirrored_known for visit in measured),
            missing_expressions=tuple(e for e in NINE_PHOTOGRAPHS if e not in seen),
        )
        plan = made_plan(
            case,
            facts,
            confirmed_by=options["confirmed_by"],
            override=options["override"],
            product=product,
            today=today,
        )
        return PlanWork(plan, case, None, None, facts, None, None, None)

    monkeypatch.setattr(facialis.planning.plan.make, "make_plan", instead)
    monkeypatch.setattr(
        facialis.planning.explain.explain, "explain", lambda work: made_explanation(work.plan)
    )
    return calls
