import pytest
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.models import AuditEntry
from facialis.clinic.photographs import store
from tests.factories import clinic as made


def get(client, name, row):
    return client.get(reverse(name, args=[row.pk]))


@pytest.mark.parametrize(
    ("name", "cached"),
    [("photograph_image", "private, no-store"), ("photograph_thumbnail", "private, max-age=600")],
)
def test_a_picture_is_served_as_nothing_but_a_picture(client, upload, by, name, cached):
    row = upload()
    client.force_login(by)
    answer = get(client, name, row)
    file = row.file_name if name == "photograph_image" else row.thumbnail_name
    assert answer.content == store.read(file)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == cached
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline")
    assert row.file_name not in str(answer.headers), "the name in the store is nobody's business"


def test_each_look_at_a_whole_picture_is_audited_and_thumbnails_are_not(client, upload, by):
    row = upload()
    client.force_login(by)
    before = AuditEntry.objects.count()
    get(client, "photograph_thumbnail", row)
    assert AuditEntry.objects.count() == before
    get(client, "photograph_image", row)
    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.what, entry.record) == ("read", "photographs.image", str(row.pk))
    assert entry.patient == row.visit.patient_id


@pytest.mark.parametrize("name", ["photograph_image", "photograph_thumbnail", "photograph_remove"])
def test_photographs_of_another_clinic_are_not_there(client, upload, name):
    row = upload()
    client.force_login(made.user(made.clinic()))
    assert get(client, name, row).status_code == 404


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", ["photograph_image", "photograph_thumbnail"])
def test_faces_are_not_for_those_who_see_no_patient(client, upload, by, role, name):
    row = upload()
    client.force_login(made.user(by.clinic, role))
    assert get(client, name, row).status_code == 403


def test_nobody_who_is_not_signed_in_sees_one(client, upload):
    assert get(client, "photograph_image", upload()).status_code == 302


def test_a_missing_file_says_so(client, upload, by):
    row = upload()
    store.remove(row.file_name)
    client.force_login(by)
    answer = get(client, "photograph_image", row)
    assert answer.status_code == 409
    assert "backup" in answer.content.decode()
