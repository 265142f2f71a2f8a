"""Consent is given to one version of a text that never changes, each kind apart."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.models import AuditEntry
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError
from facialis.clinic.visits import actions
from facialis.clinic.visits.actions.consents import hash_of_text
from facialis.clinic.visits.consent_texts import LANGUAGES, blocks_of, default_texts
from facialis.clinic.visits.models import Consent, ConsentKind, ConsentText, Visit
from facialis.clinic.visits.queries import current_texts, has_consent
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db

RISKS = {
    "bruising": "bruise",
    "swelling": "swelling",
    "nausea": "nausea",
    "headache": "headache",
    "tiredness": "tiredness",
    "limbs": "arms or legs",
    "droop": "brow or an upper lid that droops",
    "double vision": "double vision",
    "dry mouth": "dry mouth",
    "dry eye": "dry or a watering eye",
    "rash": "rash",
    "itching": "itching",
    "breathing": "to breathe",
    "swallowing": "to swallow",
    "wasting": "become thinner",
    "allergy": "allergic reaction",
    "repetition": "repeated",
    "vessels": "injury of a vessel",
    "off-label": "off-label",
    "duration": "about four months",
    "onset": "after some days",
    "alternatives": "Exercises",
    "emergency": "emergency number",
}


@pytest.fixture
def by():
    return made.user(made.clinic())


@pytest.fixture
def visit(by):
    return made.visit(made.patient(by, family_name="Müller", given_names="Anna Maria"))


@pytest.fixture
def text(by):
    actions.ensure_default_texts(by.clinic)
    return current_texts(by.clinic_id, "en")[ConsentKind.TREATMENT]


def given(by, visit, text, **changes):
    values = {"decision": "given", "signed_name": "Anna Müller", **changes}
    return actions.decide(by=by, visit=visit, text=text, **values)


@pytest.mark.parametrize(("what", "words"), RISKS.items())
def test_the_text_for_the_treatment_speaks_of(what, words):
    text = next(one for one in default_texts() if one.kind == ConsentKind.TREATMENT and one.language == "en")
    assert words in text.text, what


def test_each_language_says_the_same_number_of_things():
    for kind in ConsentKind:
        shapes = [
            [(block.kind, len(block.lines)) for block in blocks_of(one.text)]
            for one in default_texts()
            if one.kind == kind
        ]
        assert len(shapes) == len(LANGUAGES)
        assert shapes[0] == shapes[1], kind


def test_a_clinic_gets_its_texts_once(by):
    assert len(actions.ensure_default_texts(by.clinic)) == len(ConsentKind) * len(LANGUAGES)
    assert actions.ensure_default_texts(by.clinic) == []


def test_a_hash_holds_title_language_and_text(text):
    assert text.sha256 == hash_of_text(text.kind, text.language, text.title, text.text)
    assert text.sha256 != hash_of_text(text.kind, text.language, text.title, text.text + " ")


def test_a_new_version_leaves_what_was_consented_to(by, visit, text):
    consent = given(by, visit, text)
    new = actions.write_text(
        by=by, kind=text.kind, language="en", title=text.title, text=text.text + "\nMore.", after=1
    )
    assert new.number == 2
    assert Consent.objects.get(pk=consent.pk).text_sha256 == text.sha256 != new.sha256
    assert current_texts(by.clinic_id, "en")[ConsentKind.TREATMENT] == new
    assert has_consent(visit.patient, ConsentKind.TREATMENT)
    with pytest.raises(FieldsError, match="newer version"):
        given(by, visit, text)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"after": 0}, "text"), ({"text": " "}, "text"), ({"title": ""}, "title"), ({}, "text")],
)
def test_a_version_follows_the_newest_and_says_something_new(by, text, change, field):
    values = {"title": text.title, "text": text.text, "after": 1, **change}
    with pytest.raises(FieldsError) as refused:
        actions.write_text(by=by, kind=text.kind, language="en", **values)
    assert field in refused.value.errors


def test_an_assistant_writes_no_text(by, text):
    with pytest.raises(NotPermittedError):
        actions.write_text(
            by=made.user(by.clinic, Role.ASSISTANT),
            kind=text.kind,
            language="en",
            title="T",
            text="X",
            after=1,
        )


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_text(text, change):
    rows = ConsentText.objects.filter(pk=text.pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(text="x") if change == "update" else rows.delete()
    assert rows.get().text == text.text


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_decision(by, visit, text, change):
    given(by, visit, text)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Consent.objects.update(decision="refused") if change == "update" else Consent.objects.all().delete()
    assert Consent.objects.get().decision == "given"


def test_each_kind_is_decided_apart_and_the_last_decision_counts(by, visit, text):
    given(by, visit, text)
    assert has_consent(visit.patient, ConsentKind.TREATMENT)
    assert not has_consent(visit.patient, ConsentKind.PHOTOGRAPHS)
    actions.withdraw(by=by, visit=visit, kind=ConsentKind.TREATMENT)
    assert not has_consent(visit.patient, ConsentKind.TREATMENT)
    given(by, visit, text, decision="refused", signed_name="")
    assert not has_consent(visit.patient, ConsentKind.TREATMENT)
    given(by, visit, text)
    assert has_consent(visit.patient, ConsentKind.TREATMENT)
    assert Consent.objects.count() == 4


def test_what_was_not_given_is_not_withdrawn(by, visit):
    with pytest.raises(NotNowError):
        actions.withdraw(by=by, visit=visit, kind=ConsentKind.RESEARCH)


def test_a_consent_in_a_visit_that_was_an_error_counts_no_more(by, visit, text):
    given(by, visit, text)
    actions.mark_visit_error(by=by, visit=visit, reason="Wrong patient")
    assert not has_consent(visit.patient, ConsentKind.TREATMENT)


@pytest.mark.parametrize("change", [{"signed_name": " "}, {"decision": "withdrawn"}, {"decision": ""}])
def test_a_consent_has_a_decision_and_a_name(by, visit, text, change):
    with pytest.raises(FieldsError):
        given(by, visit, text, **change)


def test_a_text_of_another_clinic_is_not_decided(by, visit):
    other = made.user(made.clinic())
    actions.ensure_default_texts(other.clinic)
    with pytest.raises(FieldsError):
        given(by, visit, current_texts(other.clinic_id, "en")[ConsentKind.TREATMENT])


def test_nothing_is_decided_in_a_closed_visit_and_everything_can_be_withdrawn(by, visit, text):
    given(by, visit, text)
    actions.close_visit(by=by, visit=Visit.objects.get())
    with pytest.raises(NotNowError):
        given(by, visit, text)
    actions.withdraw(by=by, visit=visit, kind=ConsentKind.TREATMENT)
    assert not has_consent(visit.patient, ConsentKind.TREATMENT)


def test_the_page_keeps_each_decision_and_what_was_typed(client, by, visit, text):
    client.force_login(by)
    url = reverse("consent", args=[visit.pk])
    form = {
        "kind": "treatment",
        "treatment-text": text.pk,
        "treatment-decision": "given",
        "treatment-signed_name": "",
    }
    answer = client.post(url, form)
    assert answer.status_code == 422
    assert "checked" in answer.content.decode()
    assert not Consent.objects.exists()
    assert client.post(url, form | {"treatment-signed_name": "Anna Müller"}).status_code == 302
    assert Consent.objects.get().recorded_by == by
    page = client.get(url).content.decode()
    assert "Anna Müller" in page
    assert client.post(reverse("consent_withdraw", args=[visit.pk, "treatment"])).status_code == 302
    assert Consent.objects.count() == 2


def test_the_page_shows_each_language(client, by, visit):
    client.force_login(by)
    url = reverse("consent", args=[visit.pk])
    assert "Behandlung des Gesichts" in client.get(url, {"language": "de"}).content.decode()
    assert "Treatment of the face" in client.get(url, {"language": "xx"}).content.decode()


def test_texts_are_read_and_written_on_pages(client, by, text):
    client.force_login(by)
    assert text.title in client.get(reverse("consent_texts")).content.decode()
    assert client.get(reverse("consent_text", args=[text.pk])).status_code == 200
    url = reverse("consent_text_new", args=["treatment", "en"])
    assert client.post(url, {"after": 1, "title": "New", "text": ""}).status_code == 422
    assert client.post(url, {"after": 1, "title": "New", "text": "## Purpose\nWords."}).status_code == 302
    assert client.get(reverse("consent_text_new", args=["nothing", "en"])).status_code == 404
    other = made.user(made.clinic())
    client.force_login(other)
    assert client.get(reverse("consent_text", args=[text.pk])).status_code == 404


def test_decisions_are_audited_with_the_hash_of_the_text(by, visit, text):
    given(by, visit, text)
    details = AuditEntry.objects.filter(what="visits.consent").get().details
    assert details["sha256"] == text.sha256
    assert "Anna" not in str(details)


@pytest.mark.parametrize("name", ["Anna Müller", "MUELLER, Anna Maria", "A. Müller"])
def test_the_patients_own_name_is_not_asked_about(name, by, visit, text):
    consent = given(by, visit, text, signed_name=name)
    assert (consent.signed_by, consent.representation) == ("patient", "")


def test_another_name_counts_as_the_patients_only_once_it_was_confirmed(by, visit, text):
    with pytest.raises(FieldsError, match="'Somebody Else' is not the name of this patient, MÜLLER"):
        given(by, visit, text, signed_name="Somebody Else")
    assert not has_consent(visit.patient, ConsentKind.TREATMENT)
    assert given(by, visit, text, signed_name="Anna Schmidt", is_name_confirmed=True).signed_by == "patient"


def test_a_representative_signs_with_who_and_why(by, visit, text):
    as_other = {"signed_name": "Somebody Else", "signed_by": "representative"}
    with pytest.raises(FieldsError) as refused:
        given(by, visit, text, **as_other)
    assert list(refused.value.errors) == ["representation"]
    given(by, visit, text, **as_other, representation="son, power of attorney")
    assert Consent.objects.get().representation == "son, power of attorney"
    assert has_consent(visit.patient, ConsentKind.TREATMENT)


def test_the_page_asks_about_another_name_and_shows_a_representative(client, by, visit, text):
    client.force_login(by)
    url = reverse("consent", args=[visit.pk])
    form = {
        "kind": "treatment",
        "treatment-text": text.pk,
        "treatment-decision": "given",
        "treatment-signed_name": "Somebody Else",
    }
    page = client.post(url, form)
    assert page.status_code == 422
    assert 'name="treatment-is_name_confirmed"' in page.content.decode()
    represented = {"treatment-signed_by": "representative", "treatment-representation": "son, guardian"}
    assert client.post(url, form | represented).status_code == 302
    assert "By a representative: son, guardian." in client.get(url).content.decode()


def test_photographs_are_asked_for_as_often_as_the_text_says():
    texts = {one.language: one.text for one in default_texts() if one.kind == ConsentKind.PHOTOGRAPHS}
    assert len(NINE_PHOTOGRAPHS) == 1 + 8
    assert "at rest and in eight movements" in texts["en"]
    assert "in Ruhe und bei acht Bewegungen" in texts["de"]
