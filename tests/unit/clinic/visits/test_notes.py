"""A note is preliminary, then signed and immutable, then amended beside what was signed."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.actions import sha256_of
from facialis.clinic.audit.models import Signature
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError, StaleVersionError
from facialis.clinic.visits import actions
from facialis.clinic.visits.actions.notes import document_of
from facialis.clinic.visits.models import Visit, VisitNote, VisitStatus
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return made.user(made.clinic())


@pytest.fixture
def visit(by):
    return made.visit(made.patient(by))


@pytest.fixture
def written(by, visit):
    return actions.save_note(by=by, visit=visit, version=1, text="Seen.")


@pytest.fixture
def signed(by, written):
    return actions.sign_note(by=by, visit=written, version=written.version, method="password")


@pytest.mark.usefixtures("signed")
def test_a_signature_holds_what_was_read():
    signature = Signature.objects.get()
    assert signature.document["text"] == "Seen."
    assert signature.document_sha256 == sha256_of(document_of(VisitNote.objects.get()))


def test_a_signed_note_is_not_written_on(by, signed):
    with pytest.raises(NotNowError, match="amended"):
        actions.save_note(by=by, visit=signed.visit, version=Visit.objects.get().version, text="Other.")
    other = made.user(by.clinic)
    with pytest.raises(NotNowError):
        actions.sign_note(
            by=other, visit=signed.visit, version=Visit.objects.get().version, method="password"
        )


@pytest.mark.parametrize("later", [0, 1])
def test_signing_twice_gives_one_signature(by, signed, later):
    """The first answer was lost: the form comes again, as it was or as it is read anew."""
    version = Visit.objects.get().version - 1 + later
    assert actions.sign_note(by=by, visit=signed.visit, version=version, method="password") == signed
    assert (VisitNote.objects.count(), Signature.objects.count()) == (1, 1)


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_signed_note(change):
    rows = VisitNote.objects.all()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(text="other") if change == "update" else rows.delete()
    assert rows.get().text == "Seen."


def test_what_changed_after_it_was_read_is_not_signed(by, written):
    actions.save_note(by=by, visit=written, version=written.version, text="Changed meanwhile.")
    with pytest.raises(StaleVersionError):
        actions.sign_note(by=by, visit=written, version=written.version, method="password")
    assert not VisitNote.objects.exists()


def test_an_empty_note_is_not_signed(by, visit):
    with pytest.raises(FieldsError):
        actions.sign_note(by=by, visit=visit, version=1, method="password")


def test_an_amendment_stands_beside_what_was_signed_also_after_closing(by, signed):
    actions.close_visit(by=by, visit=signed.visit)
    actions.amend_note(
        by=by, visit=signed.visit, after=1, text="Seen twice.", reason="Forgotten that day", method="password"
    )
    notes = list(VisitNote.objects.order_by("number").values_list("number", "text", "reason"))
    assert notes == [(1, "Seen.", ""), (2, "Seen twice.", "Forgotten that day")]
    assert Visit.objects.get().status == VisitStatus.CLOSED


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reason": "x"}, FieldsError),
        ({"text": "Seen."}, FieldsError),
        ({"text": " "}, FieldsError),
        ({"after": 0}, StaleVersionError),
    ],
)
def test_an_amendment_needs_a_reason_a_change_and_the_newest_version(by, signed, change, error):
    values = {"after": 1, "text": "Seen twice.", "reason": "Forgotten that day", **change}
    with pytest.raises(error):
        actions.amend_note(by=by, visit=signed.visit, method="password", **values)
    assert VisitNote.objects.count() == 1


def test_an_assistant_writes_and_does_not_sign(by, visit):
    assistant = made.user(by.clinic, Role.ASSISTANT)
    row = actions.save_note(by=assistant, visit=visit, version=1, text="Seen.")
    with pytest.raises(NotPermittedError):
        actions.sign_note(by=assistant, visit=row, version=row.version, method="password")


def test_the_page_signs_with_the_password_and_only_with_it(client, by, written):
    client.force_login(by)
    url = reverse("visit_note_sign", args=[written.pk])
    answer = client.post(url, {"version": written.version, "password": "wrong"})
    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors
    assert not VisitNote.objects.exists()
    assert client.post(url, {"version": written.version, "password": made.PASSWORD}).status_code == 302
    assert VisitNote.objects.get().signature.method == "password"
    page = client.get(reverse("visit", args=[written.pk])).content.decode()
    assert by.signature_name in page
    assert "final" in page


def test_the_page_amends_and_shows_both(client, by, signed):
    client.force_login(by)
    url = reverse("visit_note_amend", args=[signed.visit_id])
    form = {"after": 1, "text": "Seen twice.", "reason": "", "password": made.PASSWORD}
    answer = client.post(url, form)
    assert answer.status_code == 422
    assert "Seen twice." in answer.content.decode()
    assert client.post(url, form | {"reason": "Forgotten that day"}).status_code == 302
    page = client.get(reverse("visit", args=[signed.visit_id])).content.decode()
    assert all(words in page for words in ("amended", "Seen twice.", "Seen.", "Forgotten that day"))


def test_a_note_of_somebody_who_saved_later_is_told_and_kept(client, by, written):
    client.force_login(by)
    answer = client.post(reverse("visit_note", args=[written.pk]), {"version": 1, "text": "Mine."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine." in page
    assert "<dd>Seen.</dd>" in page
    assert Visit.objects.get().note == "Seen."
