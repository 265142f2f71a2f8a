import json

import pytest
from django.utils import timezone

from facialis.clinic.accounts.models import Role
from facialis.clinic.measurements.models import Measurement
from tests.factories import clinic as made
from tests.factories.plan_files import measured_text


@pytest.fixture
def clinician(db):  # noqa: ARG001  the fixture opens the database
    return made.user(made.clinic())


@pytest.fixture
def assistant(clinician):
    return made.user(clinician.clinic, Role.ASSISTANT)


@pytest.fixture
def visit(clinician):
    patient = made.patient(clinician)
    made.palsy(patient, affected_side="left")
    return made.visit(patient, timezone.localdate())


@pytest.fixture
def measurement(visit):
    return Measurement.objects.create(
        visit=visit, number=1, document=json.loads(measured_text()), document_sha256="0" * 64, point_sets=[]
    )


@pytest.fixture
def browser(client, clinician):
    client.force_login(clinician)
    return client
