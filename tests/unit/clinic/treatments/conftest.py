import pytest
from django.utils import timezone

from facialis.clinic.kernel.times import now
from facialis.clinic.treatments.actions.giving import choose_vial, give_all_open, start_treatment
from facialis.clinic.treatments.actions.signing import sign_treatment
from tests.factories import clinic as made
from tests.factories.clinic_plans import consent


@pytest.fixture
def clinician(db):  # noqa: ARG001  the fixture opens the database
    return made.user(made.clinic())


def consented_plan(patient, by, choices=made.CHOICES):
    """A signed plan of today whose patient consents."""
    visit = made.visit(patient, timezone.localdate())
    consent(visit, by)
    return made.active_plan(visit, by, choices)


@pytest.fixture
def plan(clinician):
    patient = made.patient(clinician)
    made.palsy(patient, affected_side="left")
    return consented_plan(patient, clinician)


@pytest.fixture
def started(clinician, plan):
    """A treatment that was begun, with vial and syringe, all points open."""
    treatment = start_treatment(by=clinician, plan_id=plan.pk)
    vial = made.vial(clinician)
    return choose_vial(
        by=clinician, pk=treatment.pk, version=treatment.version, vial_id=vial.pk, syringe="one_ml"
    )


def signed(clinician, treatment, **changes):
    treatment.refresh_from_db()
    values = {"version": treatment.version, "method": "password", "given_at": now(), **changes}
    return sign_treatment(by=clinician, pk=treatment.pk, **values)


@pytest.fixture
def given(clinician, started):
    give_all_open(by=clinician, pk=started.pk, version=None)
    return started
