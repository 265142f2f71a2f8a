"""The pages of trends and of before and after, empty and full."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from facialis.clinic.followup.trends import trends_of
from facialis.clinic.measurements.models import Measurement
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def clinician(db):  # noqa: ARG001  the fixture opens the database
    return made.user(made.clinic())


@pytest.fixture
def patient(clinician):
    patient = made.patient(clinician)
    made.palsy(patient)
    return patient


@pytest.mark.parametrize("name", ["trends", "compare"])
def test_an_empty_page_says_when_there_will_be_something(client, clinician, patient, name):
    client.force_login(clinician)
    assert b"yet" in client.get(reverse(name, args=[patient.pk])).content


def test_trends_name_measures_and_instruments_and_take_few_queries(
    client, clinician, patient, django_assert_max_num_queries, monkeypatch
):
    graded = {"house_brackmann": [(TODAY, 3)], "fdi/physical": [(TODAY, 80.0)]}
    monkeypatch.setattr("facialis.clinic.followup.trends.grade_history", lambda _: graded)
    for days in (300, 200, 100):
        visit = made.visit(patient, TODAY - timedelta(days=days))
        entry = {"value": 2.0, "sd": 0.3, "unit": "mm"}
        Measurement.objects.create(
            visit=visit, number=1, document={}, document_sha256="", point_sets=[],
            symmetry_index=70, symmetry_index_sd=3, summary={"synkinesis_ocular": entry},
        )  # fmt: skip
    names = [trend.name for trend in trends_of(patient)[0]]
    assert names[:2] == ["Composite symmetry index", "Synkinesis of the eye"]
    assert names[2].startswith("House-Brackmann")
    assert names[3].endswith(": physical")
    client.force_login(clinician)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("trends", args=[patient.pk])).content.decode()
    assert page.count("trend__svg") == 4
    assert "2.0 ± 0.3" in page


def test_an_earlier_version_of_a_measurement_does_not_count(patient):
    visit = made.visit(patient, TODAY)
    for number, index in ((1, 50.0), (2, 80.0)):
        Measurement.objects.create(
            visit=visit, number=number, document={}, document_sha256="", point_sets=[], symmetry_index=index
        )
    (trend,) = trends_of(patient)[0]
    assert [reading.value for reading in trend.readings] == [80.0]
