"""From draft to signature, and what may follow: who may do it, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.actions import sha256_of
from facialis.clinic.audit.models import AuditEntry
from facialis.clinic.grading.actions.drafting import save_draft
from facialis.clinic.grading.actions.signing import amend, finalise, mark_error
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.queries import final_grade, grade_history
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError, StaleVersionError
from tests.factories import clinic as made
from tests.unit.clinic.grading.answers import complete, posted

pytestmark = pytest.mark.django_db


def drafted(by, visit, instrument_id="sunnybrook", answers=None, version=None, **options):
    return save_draft(
        by=by,
        visit_id=visit.pk,
        instrument_id=instrument_id,
        version=version,
        answers=complete(instrument_id, 1) if answers is None else answers,
        options=options,
    )


def signed(by, visit, instrument_id="sunnybrook", answers=None, **options):
    draft = drafted(by, visit, instrument_id, answers, **options)
    return finalise(by=by, pk=draft.pk, version=draft.version, method="password")


def test_an_assistant_saves_and_a_clinician_signs(assistant, clinician, visit):
    draft = drafted(assistant, visit)
    with pytest.raises(NotPermittedError):
        finalise(by=assistant, pk=draft.pk, version=draft.version, method="password")
    assert final_grade(visit, "sunnybrook") is None
    final = finalise(by=clinician, pk=draft.pk, version=draft.version, method="password")
    assert final_grade(visit, "sunnybrook") == final.result["total"]
    assert final.signature.document_sha256 == sha256_of(final.signature.document)
    assert final.signature.document["answers"] == final.answers
    assert AuditEntry.objects.filter(verb="sign", what="grading.grading", record=str(final.pk)).count() == 1
    assert finalise(by=clinician, pk=draft.pk, version=1, method="password") == final
    assert AuditEntry.objects.filter(verb="sign").count() == 1


def test_what_is_signed_never_changes(clinician, visit):
    final = signed(clinician, visit)
    for change in ({"answers": {}}, {"result": {}}, {"suggested": {"taken": []}}, {"signature": None}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Grading.objects.filter(pk=final.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Grading.objects.filter(pk=final.pk).delete()
    with pytest.raises(NotNowError, match="Amend it"):
        drafted(clinician, visit)
    with pytest.raises(DatabaseError), transaction.atomic():
        Grading.objects.create(visit=visit, instrument="eface", status="final", by=clinician)


def test_the_second_of_two_savers_is_told_and_nothing_is_overwritten(assistant, clinician, visit):
    draft = drafted(assistant, visit, answers={"smile_movement": 3})
    with pytest.raises(StaleVersionError):
        drafted(clinician, visit, answers={"smile_movement": 5})
    drafted(assistant, visit, answers={"smile_movement": 4}, version=draft.version)
    with pytest.raises(StaleVersionError):
        drafted(clinician, visit, answers={"smile_movement": 5}, version=draft.version)
    with pytest.raises(StaleVersionError):
        finalise(by=clinician, pk=draft.pk, version=draft.version, method="password", accepts_missing=True)
    draft.refresh_from_db()
    assert draft.answers["answers"]["smile_movement"] == 4


def test_a_conflict_shows_their_answers_and_keeps_ones_own(browser, assistant, visit):
    drafted(assistant, visit, answers={"smile_movement": 3})
    address = reverse("grade_instrument", args=[visit.pk, "sunnybrook"])
    page = browser.post(address, {"version": "0", "smile_movement": "5"})
    assert page.status_code == 409
    shown = page.content.decode()
    assert "Saved meanwhile by somebody else" in shown
    assert 'id="id_smile_movement_4" value="5" checked' in shown
    again = browser.post(address, {"version": page.context["form"]["version"].value(), "smile_movement": "5"})
    assert again.status_code == 302
    assert Grading.objects.get().answers["answers"]["smile_movement"] == 5


def test_open_items_are_signed_only_when_somebody_says_so(clinician, visit):
    draft = drafted(clinician, visit, answers={"smile_movement": 3})
    with pytest.raises(FieldsError, match="12 of 13"):
        finalise(by=clinician, pk=draft.pk, version=draft.version, method="password")
    final = finalise(
        by=clinician, pk=draft.pk, version=draft.version, method="password", accepts_missing=True
    )
    assert final.status == "final"
    assert final_grade(visit, "sunnybrook") is None
    assert grade_history(visit.patient) == {}


def test_signing_asks_who_it_is(browser, clinician, visit):
    draft = drafted(clinician, visit)
    address = reverse("grade_sign", args=[draft.pk])
    assert browser.get(address).status_code == 200
    for password in ("", "wrong"):
        refused = browser.post(address, {"version": draft.version, "password": password})
        assert refused.status_code == 422
    assert browser.post(address, {"version": draft.version, "password": made.PASSWORD}).status_code == 302
    draft.refresh_from_db()
    assert draft.signature.method == "password"
    paper = browser.get(reverse("grade_instrument", args=[visit.pk, "sunnybrook"])).content.decode()
    assert draft.signature.document_sha256 in paper
    assert "data-grade" not in paper


def test_an_amendment_replaces_the_final_one_when_it_is_signed(clinician, assistant, visit):
    final = signed(clinician, visit)
    with pytest.raises(NotPermittedError):
        amend(by=assistant, pk=final.pk, reason="typed wrongly")
    with pytest.raises(FieldsError, match="different words"):
        amend(by=clinician, pk=final.pk, reason="x")
    new = amend(by=clinician, pk=final.pk, reason="typed wrongly")
    assert final_grade(visit, "sunnybrook") == final.result["total"]
    changed = drafted(clinician, visit, answers=complete("sunnybrook", 2), version=new.version)
    finalise(by=clinician, pk=changed.pk, version=changed.version, method="passkey")
    final.refresh_from_db()
    assert final.status == "amended"
    assert final_grade(visit, "sunnybrook") == changed.result["total"] != final.result["total"]


def test_an_amendment_that_is_struck_out_leaves_the_final_one_to_be_amended_anew(clinician, visit):
    final = signed(clinician, visit)
    first = amend(by=clinician, pk=final.pk, reason="typed wrongly")
    mark_error(by=clinician, pk=first.pk, reason="begun by mistake")
    second = amend(by=clinician, pk=final.pk, reason="typed wrongly")
    assert second.pk != first.pk
    assert final_grade(visit, "sunnybrook") == final.result["total"]


def test_a_struck_out_grade_does_not_come_back_by_its_amendment(clinician, visit):
    final = signed(clinician, visit)
    new = amend(by=clinician, pk=final.pk, reason="typed wrongly")
    mark_error(by=clinician, pk=final.pk, reason="another patient")
    with pytest.raises(NotNowError):
        finalise(by=clinician, pk=new.pk, version=None, method="password")
    final.refresh_from_db()
    assert (final.status, final_grade(visit, "sunnybrook")) == ("entered_in_error", None)


def test_what_was_entered_in_error_stays_and_does_not_count(browser, clinician, visit):
    final = signed(clinician, visit)
    mark_error(by=clinician, pk=final.pk, reason="another patient")
    assert final_grade(visit, "sunnybrook") is None
    shown = browser.get(reverse("grading", args=[final.pk])).content.decode()
    assert "another patient" in shown
    assert "entered-in-error" in shown
    assert drafted(clinician, visit).status == "preliminary"


def test_a_closed_visit_takes_amendments_only(clinician, visit):
    final = signed(clinician, visit)
    visit.status = "closed"
    visit.save()
    with pytest.raises(NotNowError):
        drafted(clinician, visit, "eface")
    new = amend(by=clinician, pk=final.pk, reason="typed wrongly")
    assert drafted(clinician, visit, version=new.version).status == "preliminary"


def test_trends_hold_signed_scores_of_visits_that_took_place(clinician, visit):
    days = [visit.day - timedelta(days=days) for days in (200, 100)]
    earlier, middle = (made.visit(visit.patient, day) for day in days)
    first = signed(clinician, earlier)
    last = signed(clinician, visit, answers=complete("sunnybrook", 2))
    signed(clinician, earlier, "fdi")
    drafted(clinician, middle)
    mistaken = made.visit(visit.patient, visit.day - timedelta(days=50))
    signed(clinician, mistaken)
    mistaken.status = "entered_in_error"
    mistaken.save()
    history = grade_history(visit.patient)
    assert history["sunnybrook"] == [(earlier.day, first.result["total"]), (visit.day, last.result["total"])]
    assert set(history) == {"sunnybrook", "fdi/physical", "fdi/social"}


def test_the_list_says_what_changed_beyond_error(browser, clinician, visit):
    earlier = made.visit(visit.patient, visit.day - timedelta(days=100))
    signed(clinician, earlier, "fdi", complete("fdi", 0))
    signed(clinician, visit, "fdi", complete("fdi", 5))
    page = browser.get(reverse("grade", args=[visit.pk])).content.decode()
    assert "<strong>better</strong>" in page
    paper = browser.get(reverse("grade_instrument", args=[visit.pk, "fdi"])).content.decode()
    assert "more than the" in paper


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
def test_those_who_see_no_patient_see_no_grade(client, clinician, visit, role):
    client.force_login(made.user(clinician.clinic, role))
    for name in ("grade", "findings"):
        assert client.get(reverse(name, args=[visit.pk])).status_code == 403


def test_every_page_of_another_clinic_is_not_there(client, clinician, visit):
    final = signed(clinician, visit)
    client.force_login(made.user(made.clinic()))
    for name in ("grade", "findings"):
        assert client.get(reverse(name, args=[visit.pk])).status_code == 404
        assert client.post(reverse("findings", args=[visit.pk])).status_code == 404
    address = reverse("grade_instrument", args=[visit.pk, "eface"])
    assert client.get(address).status_code == 404
    assert client.post(address, posted("eface", complete("eface"))).status_code == 404
    for name in ("grading", "grade_sign", "grading_amend", "grading_error"):
        assert client.get(reverse(name, args=[final.pk])).status_code == 404
        assert Grading.objects.get().status == "final"


def test_an_instrument_that_does_not_exist_is_not_there(browser, visit):
    assert browser.get(reverse("grade_instrument", args=[visit.pk, "smile_index"])).status_code == 404


def test_pages_ask_the_database_rarely(
    browser, clinician, visit, measurement, django_assert_max_num_queries  # noqa: ARG001
):  # fmt: skip
    earlier = made.visit(visit.patient, visit.day - timedelta(days=100))
    for name in ("sunnybrook", "eface", "fdi"):
        signed(clinician, earlier, name)
    final = signed(clinician, visit, "fdi")
    draft = drafted(clinician, visit)
    addresses = [
        reverse("grade", args=[visit.pk]),
        reverse("findings", args=[visit.pk]),
        reverse("grade_instrument", args=[visit.pk, "sunnybrook"]),
        reverse("grade_instrument", args=[visit.pk, "fdi"]),
        reverse("grading", args=[final.pk]),
        reverse("grade_sign", args=[draft.pk]),
    ]
    for address in addresses:
        with django_assert_max_num_queries(25):
            assert browser.get(address).status_code == 200
