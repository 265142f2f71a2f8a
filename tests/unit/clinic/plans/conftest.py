import pytest

from facialis.clinic.audit.actions import sha256_of
from facialis.clinic.kernel import times
from facialis.clinic.plans import judging
from facialis.clinic.plans.actions.editing import EditOf, accept_all
from facialis.clinic.plans.actions.signing import TICKS, TimeOut, sign_plan
from facialis.clinic.plans.documents import read_back
from facialis.clinic.plans.surroundings import surroundings_of
from tests.factories import clinic_plans as made


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """The clock of the clinic stands on the day of the session."""
    monkeypatch.setattr(times, "today", lambda: made.DAY)


@pytest.fixture
def planner(monkeypatch):
    found = made.RecordedPlanner()
    monkeypatch.setattr(judging, "planner", lambda: found)
    return found


@pytest.fixture
def clinician(db):  # noqa: ARG001  the fixture opens the database
    return made.clinician()


@pytest.fixture
def visit(clinician):
    return made.planned_visit(clinician)


@pytest.fixture
def draft(visit, clinician, planner):  # noqa: ARG001  the fixture stands for the planner
    """A draft with its proposal, and nothing accepted."""
    return made.proposed_plan(visit, clinician)


@pytest.fixture
def accepted(draft, clinician):
    """The same with everything accepted as suggested."""
    return made.fresh(accept_all(EditOf(clinician, draft.pk, draft.version)))


@pytest.fixture
def sign(clinician):
    """Sign as the page does; what is changed is named."""

    def signed(plan, *, by=clinician, ticks=TICKS, shown=None, version=None):
        plan = made.fresh(plan)
        time_out = TimeOut(
            plan.version if version is None else version,
            sha256_of(read_back(plan, surroundings_of(plan))) if shown is None else shown,
            ticks,
        )
        return sign_plan(by=by, plan_id=plan.pk, time_out=time_out, method="password")

    return signed
