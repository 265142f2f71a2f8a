"""Every page of the clinic, for every role, for nobody, and for people of another clinic."""

from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from facialis.clinic.accounts.permissions import MATRIX
from tests.factories import clinic as made
from tests.unit.clinic.addresses import addresses, keys_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OPEN_TO_ALL = {
    "health": "says whether the clinic works, nothing about patients",
    "set_language": "chooses the language of the sign-in page too",
    "": "pages of allauth that this clinic does not have; 404",
}
"""Addresses without an act, by name, and why."""

NEEDS_MORE = {
    "synkinesis_cell": "a visit that is measured; else there is no such cell",
}
"""Addresses that may be absent for those whose role allows them, by name, and what is missing."""

ALL = addresses()
OURS = [address for address in ALL if address.name not in OPEN_TO_ALL]
METHODS = ("get", "post")


def named(found):
    return {"argvalues": found, "ids": [str(address) for address in found]}


def ask(client, method, path):
    """Ask, and take back whatever it did."""
    cache.clear()
    with transaction.atomic():
        answer = getattr(client, method)(path)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("address", **named(ALL))
def test_each_address_names_its_act_or_is_open_for_a_reason(address):
    assert (address.act is not None) != (address.name in OPEN_TO_ALL), (
        f"{address.route} has no act: the view needs @page(Act...), and at most require_GET or the like above"
    )


def test_the_reasons_are_those_of_addresses_that_exist():
    assert set(OPEN_TO_ALL) <= {address.name for address in ALL}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", **named(OURS))
def test_nobody_who_is_not_signed_in_gets_anything(client, address, method):
    answer = ask(client, method, address.path(keys_of(made.clinic())))
    if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        assert answer.status_code == HTTPStatus.FOUND
        assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", **named(OURS))
def test_each_role_gets_what_the_matrix_says(client, address):
    clinic = made.clinic()
    path = address.path(keys_of(clinic))
    refused = False
    for role in Role:
        client.force_login(made.user(clinic, role))
        for method in METHODS:
            status = ask(client, method, path).status_code
            if status == HTTPStatus.METHOD_NOT_ALLOWED:
                continue
            if role not in MATRIX[address.act]:
                assert status == HTTPStatus.FORBIDDEN, (
                    f"{role} may not {address.act}, and {method} {path} is {status}"
                )
                refused = True
            elif method == "get":
                absent = set() if address.name in NEEDS_MORE else {HTTPStatus.NOT_FOUND}
                assert status not in {HTTPStatus.FORBIDDEN, *absent}, f"{role}: {path} is {status}"
            assert status < HTTPStatus.INTERNAL_SERVER_ERROR
    assert refused or set(Role) == MATRIX[address.act]


@pytest.mark.parametrize("address", **named([address for address in OURS if "pk" in address.parts]))
def test_records_of_another_clinic_do_not_exist(client, address):
    path = address.path(keys_of(made.clinic()))
    own = made.clinic()
    answers = []
    for role in MATRIX[address.act]:
        client.force_login(made.user(own, role))
        answers += [(method, ask(client, method, path).status_code) for method in METHODS]
    told = [status for _method, status in answers if status != HTTPStatus.METHOD_NOT_ALLOWED]
    assert told
    assert set(told) == {HTTPStatus.NOT_FOUND}, f"{path}: {answers}"


@pytest.mark.parametrize("address", **named([address for address in OURS if "pk" in address.parts]))
def test_records_that_were_never_there_do_not_exist(client, address):
    missing = "00000000-0000-4000-8000-000000000000" if "<uuid:pk>" in address.route else 999_999_999
    path = address.path(dict.fromkeys(keys_of(made.clinic()), missing))
    client.force_login(made.user(made.clinic(), min(MATRIX[address.act])))
    statuses = {ask(client, method, path).status_code for method in METHODS}
    assert statuses <= {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
