"""Administrators read the audit of their own clinic."""

import csv
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import AuditEntry, Verb
from facialis.clinic.audit.queries import A_PAGE, Filters, entries_for, one_page
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return made.user(made.clinic(), Role.ADMINISTRATOR)


@pytest.fixture
def clinician(administrator):
    return made.user(administrator.clinic)


@pytest.fixture
def patient(clinician):
    return made.patient(clinician, family_name="Verysecret")


@pytest.fixture
def reader(client, administrator):
    client.force_login(administrator)
    return client


def numbers(user, **asked):
    return [entry.number for entry in entries_for(user, Filters(**asked))]


def test_the_page_names_who_did_what_about_which_pseudonym(reader, clinician, patient):
    record(Verb.READ, "page.trends", by=clinician, patient_id=patient.pk, details={"fields": ["a", "b"]})
    page = reader.get(reverse("audit")).content.decode()
    for word in (clinician.signature_name, "page.trends", patient.pseudonym, "fields: a, b"):
        assert word in page
    for secret in (patient.family_name, patient.given_names, patient.record_number):
        assert secret not in page


def test_another_clinic_is_not_seen(administrator, clinician, patient):
    stranger = made.user(made.clinic())
    own = record(Verb.READ, "page.patient", by=clinician)
    record(Verb.READ, "page.patient", by=stranger)
    of_software = record(Verb.CREATE, "measurements.measurement", by=None, patient_id=patient.pk)
    record(Verb.CREATE, "measurements.measurement", by=None, patient_id=made.patient(stranger).pk)
    of_nobody = record(Verb.SIGN_IN_FAILED, "accounts.user", by=None, name="unknown name")
    assert numbers(administrator) == [of_nobody.number, of_software.number, own.number]


def test_filters_narrow(administrator, clinician, patient):
    other = made.patient(clinician)
    first = record(Verb.READ, "page.patient", by=clinician, patient_id=patient.pk)
    second = record(Verb.CHANGE, "patients.patient", by=clinician, patient_id=other.pk)
    third = record(Verb.READ, "page.audit", by=administrator)
    assert numbers(administrator, person=administrator) == [third.number]
    assert numbers(administrator, verb="change") == [second.number]
    assert numbers(administrator, pseudonym=patient.pseudonym.lower()) == [first.number]
    assert numbers(administrator, day=timezone.localdate()) == [third.number, second.number, first.number]
    assert numbers(administrator, day=timezone.localdate() - timedelta(days=1)) == []
    assert numbers(administrator, pseudonym="F-000000") == []


def test_pages_do_not_shift_while_entries_are_written(administrator, clinician):
    for _ in range(A_PAGE + 5):
        record(Verb.READ, "page.patient", by=clinician)
    rows = entries_for(administrator, Filters())
    newest, before = one_page(rows, None)
    record(Verb.READ, "page.patient", by=clinician)
    older, last = one_page(rows, before)
    assert (len(newest), len(older), last) == (A_PAGE, 5, None)
    assert newest[-1].number == older[0].number + 1
    assert one_page(rows, older[-1].number) == ([], None)


def test_the_link_to_older_entries_keeps_the_filters(reader, clinician):
    for _ in range(A_PAGE + 1):
        record(Verb.READ, "page.patient", by=clinician)
    page = reader.get(reverse("audit"), {"verb": "read"}).content.decode()
    assert "?verb=read&amp;before=" in page


def test_an_unreadable_filter_is_said(reader):
    answer = reader.get(reverse("audit"), {"day": "yesterday"})
    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()


def test_a_person_of_another_clinic_cannot_be_asked_for(reader):
    stranger = made.user(made.clinic())
    assert stranger.username not in reader.get(reverse("audit")).content.decode()
    assert reader.get(reverse("audit"), {"person": stranger.pk}).status_code == 422


def test_few_queries(reader, clinician, patient, django_assert_max_num_queries):
    for _ in range(60):
        record(Verb.READ, "page.patient", by=clinician, patient_id=patient.pk)
    with django_assert_max_num_queries(10):
        reader.get(reverse("audit"))


def test_a_file_is_taken_by_post_audited_and_holds_what_was_asked_for(
    reader, administrator, clinician, patient
):
    record(Verb.READ, "page.patient", by=clinician, patient_id=patient.pk)
    record(Verb.CHANGE, "patients.patient", by=clinician, patient_id=patient.pk)
    assert reader.get(reverse("audit_export")).status_code == 405
    answer = reader.post(reverse("audit_export"), {"verb": "read"})
    lines = list(csv.DictReader(answer.getvalue().decode().splitlines()))
    assert [(line["done"], line["patient"]) for line in lines] == [("read", patient.pseudonym)]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    entry = AuditEntry.objects.get(verb=Verb.EXPORT)
    assert (entry.actor, entry.details) == (administrator, {"filters": ["verb"]})
    assert date.fromisoformat(lines[0]["at"][:10])


def test_a_long_file_has_every_entry_once(reader, clinician):
    for _ in range(2 * A_PAGE + 7):
        record(Verb.READ, "page.patient", by=clinician)
    answer = reader.post(reverse("audit_export"), {"verb": "read"})
    written = [int(line["number"]) for line in csv.DictReader(answer.getvalue().decode().splitlines())]
    assert written == [e.number for e in AuditEntry.objects.filter(verb="read").order_by("-number")]


def test_a_cell_never_becomes_a_formula(reader, clinician):
    record(Verb.READ, "page.patient", by=None, name="=HYPERLINK(1)", clinic_id=clinician.clinic_id)
    text = reader.post(reverse("audit_export"), {"verb": "read"}).getvalue().decode()
    assert "'=HYPERLINK(1)" in text
