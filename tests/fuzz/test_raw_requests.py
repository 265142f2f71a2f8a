"""Requests that no form sends: broken bodies, headers, cookies, addresses and methods."""

import pytest
from django.conf import settings
from django.db import transaction

from facialis.clinic.accounts.models import Role
from tests.fuzz.forms import MODELS, patterns, room_of
from tests.fuzz.hostile import BOUNDARY, STRUCTURES
from tests.fuzz.sending import ALLOWED, chain_faults, client_of, fingerprint_of, send, undone
from tests.fuzz.world import build_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FORM = "application/x-www-form-urlencoded"
PLACES = ("/", "/patients/", "/patients/new/", "/account/login/", "/visits/{visit}/", "/visits/{visit}/consent/",
          "/visits/{visit}/photographs/", "/plans/{draft}/edit/", "/photographs/{photograph}/points/",
          "/photographs/{photograph}/points/preview/", "/photographs/{photograph}/points/take-back/",
          "/treatments/{begun}/sign/", "/instruments/sunnybrook/score/", "/audit/", "/language/setlang/")  # fmt: skip
"""Addresses of every kind: pages, forms, pieces, JSON, uploads, signing in."""


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


BODIES = {
    "not the type it says": ("{}", FORM),
    "JSON": ('{"version": 1, "points": {}}', "application/json"),
    "XML": ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "text/xml"),
    "no type": ("a=b", ""),
    "a type that is none": ("a=b", "////"),
    "an unknown alphabet": ("a=%E4", f"{FORM}; charset=klingon"),
    "UTF-16": ("a=b".encode("utf-16"), f"{FORM}; charset=utf-16"),
    "bytes that are no text": (b"reason=%ff%fe\xff\xfe&\x80=\x81", FORM),
    "half letters": (b"reason=%ED%A0%80&version=%00", FORM),
    "too many fields": ("&".join(f"a{n}=1" for n in range(3000)), FORM),
    "a field of three megabytes": ("reason=" + "x" * 3_000_000, FORM),
    "many ands": ("&" * 200_000, FORM),
    "multipart without a boundary": ("--x\r\n\r\n--x--", "multipart/form-data"),
    "multipart that ends early": (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
                                  f"multipart/form-data; boundary={BOUNDARY}"),
    "multipart of nothing": ("", f"multipart/form-data; boundary={BOUNDARY}"),
    "multipart with a boundary of NUL": ("--\0\r\n", "multipart/form-data; boundary=\0"),
    "multipart with broken base64": (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"!!!=\r\n--{BOUNDARY}--\r\n", f"multipart/form-data; boundary={BOUNDARY}"),
    "a file in pieces that do not end": (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="picture-rest"; filename="a.jpg"\r\n'
        f"Content-Type: image/jpeg\r\n\r\n\xff\xd8", f"multipart/form-data; boundary={BOUNDARY}"),
    "a file without a name": (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="picture-rest"; filename=""\r\n\r\nx\r\n'
        f"--{BOUNDARY}--\r\n", f"multipart/form-data; boundary={BOUNDARY}"),
    "a thousand files": (
        "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f{n}"; filename="a"\r\n\r\nx\r\n'
                for n in range(1000)) + f"--{BOUNDARY}--\r\n", f"multipart/form-data; boundary={BOUNDARY}"),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_no_body_breaks_a_page(name, browser, places, theirs):
    body, kind = BODIES[name]
    body = body if isinstance(body, bytes) else body.encode("latin-1")
    none([f for place in places for f in faults_of(browser, "post", place, body, theirs=theirs, content_type=kind)])


def _of_points(text):
    return '{"version": 0, "points": {"chin": ' + text + "}}"


DEEP = "[" * 60_000 + "]" * 60_000
JSON = (
    *STRUCTURES, "", "\0", "{", '{"points": []}', '{"points": {}}', '{"points": {"left": {}}}', DEEP, _of_points(DEEP),
    *map(_of_points, ("[NaN, 1]", "[1e400, 1]", "[1]", "[1, 2, 3]", "null", '"a"', "[[1, 2]]", "[true, false]", "{}",
                      "[1e308, -1e308]", '["1", "2"]', "[1" + "0" * 5000 + ", 1]", "[240, 300]")),
    '{"version": 0, "points": {"chin\\u0000": [1, 2], "\\ud800": [1, 2], "left": {"brow": [[1, 2]]}}}',
    '{"version": 1e999, "points": {}}', '{"version": true, "points": {"chin": [240, 300]}}',
    '{"version": ' + "9" * 4000 + ', "points": {"chin": [240, 300]}}',
    '{"version": -1, "points": {"chin": [240, 300]}}', '{"version": null, "points": {"chin": [240, 300]}}',
    '{"version": 1, "points": {"left": {"lateral_canthus": [10, 10]}}}',
    '{"version": 1, "points": {"left": {"upper_lid": [[1,1],[1,1],[1,1]], "brow": [[0,0],[0,0],[0,0]]}}}',
    '{"version": 1, "points": {"left": {"iris_diameter": 0}, "right": {"iris_diameter": -1}}}',
    '{"version": 1, "points": {"left": {"iris_diameter": 1e300}}}',
)  # fmt: skip


@pytest.mark.parametrize("what", ["", "preview/"])
def test_no_points_break_the_editor(what, browser, world, theirs):
    place = f"/photographs/{world.ours.records['photograph'].pk}/points/{what}"
    none(
        f"{body[:60]}: {fault}"
        for body in JSON
        for fault in faults_of(browser, "post", place, body, theirs=theirs, content_type="application/json")
    )


NUMBERS = ("9" * 5000, "-1", "1e3", "٣", "²", "", "0", "\0", "99999999999999999999999")


def test_no_version_breaks_what_takes_points_back(browser, world, theirs):
    place = f"/photographs/{world.ours.records['photograph'].pk}/points/take-back/"
    none(
        f"{to[:20]} {shown[:20]}: {fault}"
        for to in NUMBERS
        for shown in ("1", "9" * 5000)
        for fault in faults_of(browser, "post", place, {"to": to, "shown_version": shown}, theirs=theirs)
    )


HEADERS = (
    {"HTTP_ACCEPT_LANGUAGE": "de;q=banana, ../../, \0, " + "x-" * 3000}, {"HTTP_ACCEPT_LANGUAGE": "*;q=1e999"},
    {"HTTP_ACCEPT": "*/*;q=a, /, text/html;" * 50}, {"HTTP_COOKIE": "sessionid=" + "x" * 60_000},
    {"HTTP_COOKIE": "sessionid=\"; DROP TABLE; csrftoken=\x00\xff"}, {"HTTP_COOKIE": "=;;;=,=\xe9"},
    {"HTTP_COOKIE": "facialis_mirrored=yes:forged; django_language=../../x"}, {"HTTP_X_CSRFTOKEN": "\xff" * 100},
    {"HTTP_REFERER": "javascript:alert(1)"}, {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[::1"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "//evil.example/%00"}, {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "\xff"},
    {"HTTP_X_FORWARDED_FOR": "999.1.1.1, \xff"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}, {"HTTP_X_PLAN_PIECES": "\xff"},
    {"HTTP_IF_MODIFIED_SINCE": "yesterday"}, {"HTTP_RANGE": "bytes=9-1,-"}, {"HTTP_CONTENT_LENGTH": "-5"},
    {"HTTP_X": "y" * 500_000}, {"REMOTE_ADDR": ""}, {"HTTP_ACCEPT": "application/json"}, {"HTTP_ACCEPT_ENCODING": "zip;q=?"},
    {"HTTP_USER_AGENT": ""}, {"HTTP_AUTHORIZATION": "Basic \xff"}, {"HTTP_EXPECT": "nothing"}, {"HTTP_UPGRADE": "h2c"},
)  # fmt: skip


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_header_breaks_a_page(method, browser, places, theirs):
    none(
        fault
        for place in places[:: 3 if method == "get" else 4]
        for headers in HEADERS
        for fault in faults_of(browser, method, place, {} if method == "get" else "", theirs=theirs,
                               **({} if method == "get" else {"content_type": FORM}), **headers)
    )  # fmt: skip


ADDRESSES = (
    "/patients/not-a-uuid/", "/patients/%00/", "/patients/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/static/../settings.py",
    "/static/%2e%2e/%2e%2e/secret-key", "/patients/?q=%00", "/patients/?q=%ED%A0%80", "/patients/?q=%FF", "/patients/?q=" + "a" * 60_000,
    "/patients/?" + "q=1&" * 3000, "/patients/?page=-1&after=%00&q=a", "/patients/?after=9999-12-31", "/patients/?q=%25_%5C",
    "/patients/{patient}", "/PATIENTS/", "//evil.example/", "/\\evil.example", "/recalls/?kind=%00", "/recalls/?from=0001-01-01&until=9999-12-31",
    "/visits/{visit}/consent/?language=../../x", "/visits/{visit}/capture/progress/?shown=%00,%FF," + "x" * 5000,
    "/visits/{visit}/measure/?view=%00", "/visits/{visit}/measure/?view=../../x", "/visits/{visit}/plan/?grounds=%00",
    "/visits/{visit}/grade/no-such-instrument/", "/visits/{visit}/grade/" + "a" * 5000 + "/", "/visits/consent-texts/" + "9" * 400 + "/",
    "/visits/consent-texts/treatment/xx/new/", "/patients/{patient}/compare/?before=%00&after=x", "/patients/{patient}/compare/?before={visit}&after={closed}",
    "/patients/{patient}/compare/?before=9999-99-99&expression=%00", "/patients/{patient}/health/?next=//evil.example/",
    "/patients/{patient}/health/?next=%00", "/vials/new/?product=%00&next=%0d%0a", "/vials/new/?product=no-such-toxin", "/vials/new/?product=" + "x" * 5000,
    "/treatments/{begun}/points/" + "9" * 400 + "/", "/audit/?day=%00&person=%00&verb=x&pseudonym=%00", "/account/login/?next=javascript:alert(1)",
    "/account/login/?next=%0d%0aX:y", "/account/team/" + "9" * 400 + "/", "/" + "a" * 60_000, "/health/?x", "/account/login/?next=//evil.example",
    "/audit/?before=" + "9" * 5000, "/audit/?before=%D9%A3", "/audit/?before=-1", "/audit/?day=9999-12-31", "/account/team/new/",
    "/photographs/{photograph}/image/?x=../", "/photographs/{photograph}/thumbnail/%00", "/account/2fa/webauthn/login/?x=%00",
)  # fmt: skip


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


def test_a_session_that_is_none_is_nobody(world, theirs):
    for value in ("", "x", "\0", "a" * 5000, "../../x", "\xff", "';--"):
        client = client_of()
        outcome = send(client, "get", "/patients/", theirs=theirs, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={value}")
        assert outcome.status == 302
        assert not outcome.faults, value


@pytest.mark.parametrize("token", ["", "x", "a" * 31, "\xff" * 32, "a" * 5000, "\0" * 32])
def test_a_form_with_a_wrong_token_writes_nothing(token, world, places, theirs):
    strict = client_of(world.ours.people[Role.CLINICIAN], enforce_csrf_checks=True)
    for place in places:
        with undone(strict):
            outcome = send(
                strict, "post", place, {"csrfmiddlewaretoken": token, "reason": "x"}, theirs=theirs,
                HTTP_COOKIE=f"{strict.cookies.output(header='', sep=';').strip()}; csrftoken={'b' * 32}",
            )  # fmt: skip
        assert outcome.status in {403, 400}, f"{place}: {outcome.status}"
        assert not outcome.faults
        assert not outcome.tables - {"django_session"}


def test_nobody_sees_and_writes_nothing(world, places, theirs):
    for place in places:
        for method in ("get", "post"):
            client = client_of()
            with undone(client):
                outcome = send(client, method, place, {}, theirs=theirs)
            assert not outcome.faults
            assert outcome.status in ALLOWED
            assert not any(table.startswith(("patients", "visits", "plans", "photographs", "treatments"))
                           for table in outcome.tables)  # fmt: skip
            assert "Ownpatientov" not in outcome.text


def test_the_audit_holds_after_all_of_them(world, db):
    del world, db
    assert not chain_faults()
