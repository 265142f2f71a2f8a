"""Requests that no form sends: broken bodies, headers, cookies, addresses and methods."""

import pytest
from django.conf import settings
from django.db import transaction

from facialis.clinic.accounts.models import Role
from tests.fuzz.forms import MODELS, patterns, room_of
from tests.fuzz.raw_requests import ADDRESSES, BODIES, FORM, HEADERS, JSON, NUMBERS, PASSKEY_ANSWERS, PLACES
from tests.fuzz.sending import ALLOWED, chain_faults, client_of, fingerprint_of, send, undone
from tests.fuzz.world import build_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    del django_db_setup
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def browser(world):
    return client_of(world.ours.people[Role.CLINICIAN])


@pytest.fixture
def administrator(world):
    return client_of(world.ours.people[Role.ADMINISTRATOR])


@pytest.fixture
def theirs(world):
    return world.theirs.clinic, fingerprint_of(world.theirs.clinic)


@pytest.fixture
def places(world):
    keys = {name: row.pk for name, row in world.ours.records.items()}
    return [place.format(**keys) for place in PLACES]


def faults_of(browser, method, place, data="", *, theirs, **extra):
    with undone(browser):
        outcome = send(browser, method, place, data, theirs=theirs, **extra)
    return [f"{method} {place[:60]} {str(extra)[:60]}: {fault}" for fault in outcome.faults]


def none(faults):
    faults = list(faults)
    assert not faults, "\n".join(dict.fromkeys(faults))


@pytest.mark.parametrize("name", BODIES)
def test_no_body_breaks_a_page(name, browser, places, theirs):
    body, kind = BODIES[name]
    body = body if isinstance(body, bytes) else body.encode("latin-1")
    none(
        [
            f
            for place in places
            for f in faults_of(browser, "post", place, body, theirs=theirs, content_type=kind)
        ]
    )


@pytest.mark.parametrize("what", ["", "preview/"])
def test_no_points_break_the_editor(what, browser, world, theirs):
    place = f"/photographs/{world.ours.records['photograph'].pk}/points/{what}"
    none(
        f"{body[:60]}: {fault}"
        for body in JSON
        for fault in faults_of(browser, "post", place, body, theirs=theirs, content_type="application/json")
    )


def test_no_version_breaks_what_takes_points_back(browser, world, theirs):
    place = f"/photographs/{world.ours.records['photograph'].pk}/points/take-back/"
    none(
        f"{to[:20]} {shown[:20]}: {fault}"
        for to in NUMBERS
        for shown in ("1", "9" * 5000)
        for fault in faults_of(browser, "post", place, {"to": to, "shown_version": shown}, theirs=theirs)
    )


def test_no_answer_of_a_passkey_breaks_signing_in_or_signing(browser, world, theirs):
    nobody = client_of()
    place = f"/treatments/{world.ours.records['begun'].pk}/sign/"
    found = []
    for answer in PASSKEY_ANSWERS:
        with undone(nobody):
            nobody.get("/account/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"})
            entering = send(
                nobody, "post", "/account/2fa/webauthn/login/", {"credential": answer}, theirs=theirs
            )
        with undone(browser):
            browser.get("/account/passkey/")
            said = {"passkey": answer, "version": "2", "given_at": "2026-01-01T10:00"}
            signing = send(browser, "post", place, said, theirs=theirs)
        found += [f"{answer[:200]}: {fault}" for outcome in (entering, signing) for fault in outcome.faults]
        assert "patients" not in entering.location
    none(found)


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_header_breaks_a_page(method, browser, places, theirs):
    none(
        fault
        for place in places[:: 3 if method == "get" else 4]
        for headers in HEADERS
        for fault in faults_of(
            browser,
            method,
            place,
            {} if method == "get" else "",
            theirs=theirs,
            **({} if method == "get" else {"content_type": FORM}),
            **headers,
        )
    )


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options", "head", "trace"])
def test_no_address_and_no_method_breaks_anything(method, browser, administrator, world, theirs):
    keys = {name: row.pk for name, row in world.ours.records.items()}
    extra = {} if method in {"get", "head"} else {"content_type": FORM}
    data = None if method in {"get", "head"} else "version=1"
    if method == "trace":
        data, extra = None, {}
    found = []
    for address in ADDRESSES:
        place = _with(address, keys)
        arguments = [] if data is None else [data]
        sender = administrator if place.startswith(("/audit", "/account/team")) else browser
        with undone(sender):
            outcome = send(sender, method, place, *arguments, theirs=theirs, **extra)
        found += [f"{method} {place[:80]}: {fault}" for fault in outcome.faults]
    none(found)


def _with(address, keys):
    for name, key in keys.items():
        address = address.replace("{" + name + "}", str(key))
    return address


def test_every_address_of_another_clinics_record_is_nowhere(browser, world, theirs):
    """By GET and POST, whatever the record is."""
    wrong = []
    for route, _name, view in patterns():
        if "<uuid:pk>" not in route or room_of(view) == "accounts":
            continue
        place = route.replace("<slug:instrument>", "sunnybrook").replace("<slug:kind>", "treatment")
        place = place.replace("<int:point>", "1")
        model = MODELS.get(route.split("/")[0])
        rows = [row for row in world.theirs.records.values() if row._meta.label == model]
        for key in [str(row.pk) for row in rows] or world.theirs.keys():
            for method in ("get", "post"):
                with undone(browser):
                    outcome = send(browser, method, "/" + place.replace("<uuid:pk>", key), theirs=theirs)
                if outcome.status not in {404, 405} or outcome.faults:
                    wrong.append(f"{method} {route}: {outcome.status} {outcome.faults}")
    none(wrong)


def test_a_host_that_is_not_ours_is_refused(browser, theirs):
    for host in ("evil.example", "testserver.evil.example", "", "[::1", "a\0b", "x" * 3000):
        with undone(browser):
            outcome = send(browser, "get", "/", theirs=theirs, HTTP_HOST=host)
        assert outcome.status == 400 or host == "", f"{host!r}: {outcome.status}"
        assert not outcome.faults


def test_a_session_that_is_none_is_nobody(theirs):
    for value in ("", "x", "\0", "a" * 5000, "../../x", "\xff", "';--"):
        client = client_of()
        outcome = send(
            client, "get", "/patients/", theirs=theirs, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={value}"
        )
        assert outcome.status == 302
        assert not outcome.faults, value


@pytest.mark.parametrize("token", ["", "x", "a" * 31, "\xff" * 32, "a" * 5000, "\0" * 32])
def test_a_form_with_a_wrong_token_writes_nothing(token, world, places, theirs):
    strict = client_of(world.ours.people[Role.CLINICIAN], enforce_csrf_checks=True)
    for place in places:
        with undone(strict):
            outcome = send(
                strict,
                "post",
                place,
                {"csrfmiddlewaretoken": token, "reason": "x"},
                theirs=theirs,
                HTTP_COOKIE=f"{strict.cookies.output(header='', sep=';').strip()}; csrftoken={'b' * 32}",
            )
        assert outcome.status in {403, 400}, f"{place}: {outcome.status}"
        assert not outcome.faults
        assert not outcome.tables - {"django_session"}


def test_nobody_sees_and_writes_nothing(places, theirs):
    for place in places:
        for method in ("get", "post"):
            client = client_of()
            with undone(client):
                outcome = send(client, method, place, {}, theirs=theirs)
            assert not outcome.faults
            assert outcome.status in ALLOWED
            assert not any(
                table.startswith(("patients", "visits", "plans", "photographs", "treatments"))
                for table in outcome.tables
            )
            assert "Ownpatientov" not in outcome.text


def test_the_audit_holds_after_all_of_them(world, db):
    del world, db
    assert not chain_faults()
