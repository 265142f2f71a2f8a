"""Administrators keep the team."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from facialis.clinic.accounts import actions
from facialis.clinic.accounts.models import Role, User
from facialis.clinic.audit.models import AuditEntry, Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
NEW = {
    "username": "new.person",
    "title": "Dr",
    "first_name": "Grace",
    "last_name": "Invented",
    "role": "clinician",
}


@pytest.fixture
def keeper(client, administrator):
    client.force_login(administrator)
    return client


def last_done():
    return AuditEntry.objects.filter(verb=Verb.ADMINISTER).last().details


def test_a_new_person_gets_a_password_that_is_shown_once_and_must_be_changed(keeper, administrator):
    page = keeper.post(reverse("team_member_new"), NEW).content.decode()
    password = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", page)[0]
    member = User.objects.get(username="new.person")
    assert member.clinic == administrator.clinic
    assert member.must_change_password
    assert member.check_password(password)
    assert last_done() == {"done": "added", "role": "clinician"}
    assert not AuditEntry.objects.filter(details__icontains=password).exists()
    assert password not in keeper.get(reverse("team_member", args=[member.pk])).content.decode()


def test_a_name_that_exists_is_refused_at_its_field_and_what_was_typed_is_kept(keeper, clinician):
    answer = keeper.post(reverse("team_member_new"), {**NEW, "username": clinician.username})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_username_error"' in page
    assert 'value="Grace"' in page
    assert User.objects.filter(first_name="Grace").count() == 0


def test_a_role_that_does_not_exist_is_refused(keeper):
    assert keeper.post(reverse("team_member_new"), {**NEW, "role": "owner"}).status_code == 422
    with pytest.raises(FieldsError):
        actions.add_member(by=User.objects.get(role=Role.ADMINISTRATOR), username="x", role="owner")


def test_a_changed_role_holds_from_the_next_page_on(keeper, client, clinician):
    other = type(client)()
    other.force_login(clinician)
    assert other.get(reverse("team")).status_code == 403
    fields = {**NEW, "role": "administrator"}
    assert keeper.post(reverse("team_member", args=[clinician.pk]), fields).status_code == 302
    assert other.get(reverse("team")).status_code == 200
    assert last_done() == {"done": "changed", "role": "administrator", "role_before": "clinician"}


def test_a_closed_account_is_signed_out_at_once_and_kept(keeper, client, clinician):
    other = type(client)()
    other.force_login(clinician)
    assert (
        "Close the account" in keeper.get(reverse("team_member_active", args=[clinician.pk])).content.decode()
    )
    keeper.post(reverse("team_member_active", args=[clinician.pk]), {"state": "closed"})
    assert other.get(reverse("home")).status_code == 302
    assert User.objects.filter(pk=clinician.pk, is_active=False).exists()
    assert last_done() == {"done": "closed"}
    keeper.post(reverse("team_member_active", args=[clinician.pk]), {"state": "open"})
    assert User.objects.get(pk=clinician.pk).is_active


def test_closing_twice_leaves_an_account_closed_and_is_recorded_once(keeper, clinician):
    asking = reverse("team_member_active", args=[clinician.pk])
    assert 'name="state" value="closed"' in keeper.get(asking).content.decode()
    for _again in range(2):  # a form sent twice, or the same page open in two windows
        assert keeper.post(asking, {"state": "closed"}).status_code == 302
    assert not User.objects.get(pk=clinician.pk).is_active
    assert AuditEntry.objects.filter(details__done="closed").count() == 1
    assert 'name="state" value="open"' in keeper.get(asking).content.decode()


@pytest.mark.parametrize("fields", [{}, {"state": ""}, {"state": "other"}])
def test_an_account_stays_as_it_is_where_the_form_does_not_say_what_is_wanted(keeper, clinician, fields):
    answer = keeper.post(reverse("team_member_active", args=[clinician.pk]), fields)
    assert answer.status_code == 200
    assert "Close the account" in answer.content.decode()
    assert User.objects.get(pk=clinician.pk).is_active


def test_reset_access_ends_sessions_and_removes_all_factors(keeper, client, clinician):
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=clinician, type=kind, data={})
    other = type(client)()
    other.force_login(clinician)
    page = keeper.post(reverse("team_member_reset", args=[clinician.pk])).content.decode()
    password = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", page)[0]
    clinician.refresh_from_db()
    assert clinician.check_password(password)
    assert clinician.must_change_password
    assert not Authenticator.objects.filter(user=clinician).exists()
    assert other.get(reverse("home")).status_code == 302
    assert last_done() == {"done": "access_reset", "factors_removed": 2}


def test_the_last_administrator_stays(keeper, administrator):
    for refused in (
        lambda: actions.set_active(by=administrator, member_id=administrator.pk, is_active=False),
        lambda: actions.change_member(
            by=administrator,
            member_id=administrator.pk,
            role="clinician",
            title="",
            first_name="A",
            last_name="B",
        ),
    ):
        with pytest.raises(NotNowError, match="only administrator"):
            refused()
    answer = keeper.post(reverse("team_member", args=[administrator.pk]), {**NEW, "role": "clinician"})
    assert answer.status_code == 422
    assert "only administrator" in answer.content.decode()
    assert (
        keeper.post(reverse("team_member_active", args=[administrator.pk]), {"state": "closed"}).status_code
        == 409
    )
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == (Role.ADMINISTRATOR, True)


def test_a_closed_administrator_or_one_of_another_clinic_does_not_count_as_the_other_one(administrator):
    made.user(made.clinic(), Role.ADMINISTRATOR)
    made.user(administrator.clinic, Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(NotNowError):
        actions.set_active(by=administrator, member_id=administrator.pk, is_active=False)
    made.user(administrator.clinic, Role.ADMINISTRATOR)
    assert not actions.set_active(by=administrator, member_id=administrator.pk, is_active=False).is_active


@pytest.mark.parametrize("name", ["team_member", "team_member_active", "team_member_reset"])
def test_people_of_another_clinic_do_not_exist(keeper, name):
    stranger = made.user(made.clinic())
    before = stranger.password
    for ask in (keeper.get, keeper.post):
        assert ask(reverse(name, args=[stranger.pk])).status_code == 404
    stranger.refresh_from_db()
    assert (stranger.is_active, stranger.password) == (True, before)


@pytest.mark.parametrize("role", ["clinician", "assistant", "researcher"])
def test_only_administrators_act(clinic, clinician, role):
    by = made.user(clinic, role)
    for refused in (
        lambda: actions.add_member(by=by, username="x", role="administrator"),
        lambda: actions.set_active(by=by, member_id=clinician.pk, is_active=False),
        lambda: actions.reset_access(by=by, member_id=clinician.pk),
        lambda: actions.change_member(
            by=by, member_id=by.pk, role="administrator", title="", first_name="", last_name=""
        ),
    ):
        with pytest.raises(NotPermittedError):
            refused()


def test_the_list_names_everybody_with_few_queries(keeper, clinic, django_assert_max_num_queries):
    members = [made.user(clinic) for _ in range(12)]
    stranger = made.user(made.clinic())
    with django_assert_max_num_queries(8):
        page = keeper.get(reverse("team")).content.decode()
    assert all(member.signature_name in page for member in members)
    assert stranger.username not in page
