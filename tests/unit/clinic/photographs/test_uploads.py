import threading
from uuid import uuid4

import pytest

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.models import AuditEntry
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError
from facialis.clinic.photographs import store
from facialis.clinic.photographs.actions import add as adding
from facialis.clinic.photographs.decoding.decoder import PictureRefusedError
from facialis.clinic.photographs.models import MirroredChoice, Photograph, PhotoStatus
from facialis.clinic.photographs.queries import current_photographs
from facialis.clinic.visits.models import VisitStatus
from tests.factories import clinic as made
from tests.unit.clinic.photographs.conftest import consent, jpeg


@pytest.fixture
def asked_for(monkeypatch):
    """Photographs that were given to be measured."""
    given = []
    monkeypatch.setattr(
        "facialis.clinic.measurements.tasks.request_measuring", lambda row: given.append(row.pk)
    )
    return given


def test_an_upload_becomes_a_clean_picture_that_waits_to_be_measured(upload, asked_for):
    row = upload(jpeg(1))
    assert (row.status, row.mirrored) == (PhotoStatus.WAITING, MirroredChoice.NO)
    assert asked_for == [row.pk]
    assert store.read(row.file_name).startswith(b"\xff\xd8")
    assert store.read(row.file_name) != jpeg(1)
    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.record, entry.details["expression"]) == ("create", str(row.pk), "rest")


def test_the_same_upload_sent_twice_is_one_photograph(upload, asked_for):
    key = uuid4()
    assert upload(key=key).pk == upload(key=key).pk
    assert Photograph.objects.count() == len(asked_for) == 1
    assert len(list(store.files())) == 2


def test_two_that_pass_the_first_look_at_once_are_still_one(upload, monkeypatch):
    """As two processes of the web that decode the same file at the same time."""
    key, real, looks = uuid4(), adding.photograph_of_upload, []
    first = upload(key=key)

    def blind_at_first(visit, upload_key):
        looks.append(upload_key)
        return None if len(looks) == 1 else real(visit, upload_key)

    monkeypatch.setattr(adding, "photograph_of_upload", blind_at_first)
    assert upload(key=key).pk == first.pk
    assert len(looks) == 2
    assert len(list(store.files())) == 2, "what the second one stored is removed"


def test_a_failure_after_storing_leaves_no_file(upload, monkeypatch):
    monkeypatch.setattr(adding, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upload()
    assert not list(store.files())
    assert not Photograph.objects.exists()


def test_another_photograph_of_an_expression_replaces_it_and_both_are_kept(upload, visit):
    first, second = upload(jpeg(1)), upload(jpeg(2))
    first.refresh_from_db()
    assert first.status == PhotoStatus.REPLACED
    assert current_photographs(visit) == {Expression.REST: second}
    assert store.read(first.file_name)
    assert AuditEntry.objects.latest("number").details["replaces"] == [str(first.pk)]


def test_a_refused_file_replaces_nothing(upload, visit):
    first = upload()
    with pytest.raises(PictureRefusedError):
        upload(b"GIF89a broken")
    assert current_photographs(visit) == {Expression.REST: first}


def test_unknown_mirroring_blocks_measuring(upload, asked_for):
    row = upload(mirrored=MirroredChoice.UNKNOWN)
    assert row.status == PhotoStatus.QUESTIONED
    assert [question["code"] for question in row.question] == ["mirrored"]
    assert asked_for == []


def test_a_file_that_is_named_for_another_expression_is_asked_about(upload, asked_for):
    row = upload(file_name="open_smile.jpg")
    assert row.status == PhotoStatus.QUESTIONED
    assert "named for Open smile and was added as Rest" in row.question[0]["sentence"]
    assert asked_for == []
    assert upload(file_name="03 rest (2).jpg").status == PhotoStatus.WAITING


def test_a_label_with_another_name_is_asked_about_before_anything_is_stored(upload):
    with pytest.raises(FieldsError, match=r"label says 'Eva Beispiel'; this page is of MUSTER, Anna Maria"):
        upload(label_name="Eva Beispiel")
    assert not list(store.files())
    row = upload(label_name="Eva Beispiel", label_reason="maiden name")
    assert row.status == PhotoStatus.WAITING
    assert row.question[0]["reason"] == "maiden name"
    assert upload(label_name="muster anna").question is None


def test_without_consent_to_photographs_none_is_added(upload, visit, by):
    consent(visit, by, "withdrawn")
    with pytest.raises(NotNowError, match="consented"):
        upload()


def test_nothing_is_added_to_a_closed_visit(upload, visit):
    visit.status = VisitStatus.CLOSED
    visit.save()
    with pytest.raises(NotNowError, match="closed"):
        upload()
    assert not list(store.files())


def test_a_visit_that_is_closed_while_a_file_is_decoded_takes_it_no_more(upload, visit, monkeypatch):
    real = adding.decode

    def closes(*args, **kwargs):
        type(visit).objects.update(status=VisitStatus.CLOSED)
        return real(*args, **kwargs)

    monkeypatch.setattr(adding, "decode", closes)
    with pytest.raises(NotNowError, match="closed"):
        upload()
    assert not list(store.files())


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
def test_only_those_who_care_for_patients_add_photographs(upload, by, role):
    with pytest.raises(NotPermittedError):
        upload(user=made.user(by.clinic, role))


def test_files_that_are_decoded_at_once_do_not_mix(incoming_file):
    from facialis.clinic.photographs.decoding.decoder import decode

    sizes, found = [(200, 260), (220, 280), (240, 300), (260, 320)], {}

    def work(size):
        found[size] = decode(incoming_file(jpeg(0, size)), name="x.jpg")

    threads = [threading.Thread(target=work, args=(size,)) for size in sizes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {size: (d.width_px, d.height_px) for size, d in found.items()} == {size: size for size in sizes}
