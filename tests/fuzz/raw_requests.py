"""Bodies, headers and addresses that no browser sends."""

import json

from tests.fuzz.hostile import BOUNDARY, STRUCTURES

FORM = "application/x-www-form-urlencoded"
PLACES = (
    "/",
    "/patients/",
    "/patients/new/",
    "/account/login/",
    "/visits/{visit}/",
    "/visits/{visit}/consent/",
    "/visits/{visit}/photographs/",
    "/plans/{draft}/edit/",
    "/photographs/{photograph}/points/",
    "/photographs/{photograph}/points/preview/",
    "/photographs/{photograph}/points/take-back/",
    "/treatments/{begun}/sign/",
    "/instruments/sunnybrook/score/",
    "/audit/",
    "/language/setlang/",
)
"""Addresses of every kind: pages, forms, pieces, JSON, uploads, signing in."""


NUMBERS = ("9" * 5000, "-1", "1e3", "٣", "²", "", "0", "\0", "99999999999999999999999")


MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
END = f"\r\n--{BOUNDARY}--\r\n"


def _part(disposition, content, *heads):
    lines = [f"--{BOUNDARY}", f"Content-Disposition: form-data; {disposition}", *heads, "", content]
    return "\r\n".join(lines) + END


BODIES = {
    "not the type it says": ("{}", FORM),
    "JSON": ('{"version": 1, "points": {}}', "application/json"),
    "XML": (
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
        "text/xml",
    ),
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
    "multipart that ends early": (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
        MULTIPART,
    ),
    "multipart of nothing": ("", MULTIPART),
    "multipart with a boundary of NUL": ("--\0\r\n", "multipart/form-data; boundary=\0"),
    "multipart with broken base64": (
        _part('name="a"', "!!!=", "Content-Transfer-Encoding: base64"),
        MULTIPART,
    ),
    "a file that does not end": (
        _part('name="picture-rest"; filename="a.jpg"', "\xff\xd8").removesuffix(END),
        MULTIPART,
    ),
    "a file without a name": (_part('name="picture-rest"; filename=""', "x"), MULTIPART),
    "a thousand files": (
        "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f{n}"; filename="a"\r\n\r\nx\r\n'
            for n in range(1000)
        )
        + f"--{BOUNDARY}--\r\n",
        MULTIPART,
    ),
}


def _of_points(text):
    return '{"version": 0, "points": {"chin": ' + text + "}}"


DEEP = "[" * 60_000 + "]" * 60_000
JSON = (
    *STRUCTURES,
    "",
    "\0",
    "{",
    '{"points": []}',
    '{"points": {}}',
    '{"points": {"left": {}}}',
    DEEP,
    _of_points(DEEP),
    *map(
        _of_points,
        (
            "[NaN, 1]",
            "[1e400, 1]",
            "[1]",
            "[1, 2, 3]",
            "null",
            '"a"',
            "[[1, 2]]",
            "[true, false]",
            "{}",
            "[1e308, -1e308]",
            '["1", "2"]',
            "[1" + "0" * 5000 + ", 1]",
            "[240, 300]",
        ),
    ),
    '{"version": 0, "points": {"chin\\u0000": [1, 2], "\\ud800": [1, 2], "left": {"brow": [[1, 2]]}}}',
    '{"version": 1e999, "points": {}}',
    '{"version": true, "points": {"chin": [240, 300]}}',
    '{"version": ' + "9" * 4000 + ', "points": {"chin": [240, 300]}}',
    '{"version": -1, "points": {"chin": [240, 300]}}',
    '{"version": null, "points": {"chin": [240, 300]}}',
    '{"version": 1, "points": {"left": {"lateral_canthus": [10, 10]}}}',
    '{"version": 1, "points": {"left": {"upper_lid": [[1,1],[1,1],[1,1]], "brow": [[0,0],[0,0],[0,0]]}}}',
    '{"version": 1, "points": {"left": {"iris_diameter": 0}, "right": {"iris_diameter": -1}}}',
    '{"version": 1, "points": {"left": {"iris_diameter": 1e300}}}',
)


HEADERS = (
    {"HTTP_ACCEPT_LANGUAGE": "de;q=banana, ../../, \0, " + "x-" * 3000},
    {"HTTP_ACCEPT_LANGUAGE": "*;q=1e999"},
    {"HTTP_ACCEPT": "*/*;q=a, /, text/html;" * 50},
    {"HTTP_COOKIE": "sessionid=" + "x" * 60_000},
    {"HTTP_COOKIE": 'sessionid="; DROP TABLE; csrftoken=\x00\xff'},
    {"HTTP_COOKIE": "=;;;=,=\xe9"},
    {"HTTP_COOKIE": "facialis_mirrored=yes:forged; django_language=../../x"},
    {"HTTP_X_CSRFTOKEN": "\xff" * 100},
    {"HTTP_REFERER": "javascript:alert(1)"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[::1"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "//evil.example/%00"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "\xff"},
    {"HTTP_X_FORWARDED_FOR": "999.1.1.1, \xff"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_PLAN_PIECES": "\xff"},
    {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
    {"HTTP_RANGE": "bytes=9-1,-"},
    {"HTTP_CONTENT_LENGTH": "-5"},
    {"HTTP_X": "y" * 500_000},
    {"REMOTE_ADDR": ""},
    {"HTTP_ACCEPT": "application/json"},
    {"HTTP_ACCEPT_ENCODING": "zip;q=?"},
    {"HTTP_USER_AGENT": ""},
    {"HTTP_AUTHORIZATION": "Basic \xff"},
    {"HTTP_EXPECT": "nothing"},
    {"HTTP_UPGRADE": "h2c"},
)


ADDRESSES = (
    "/patients/not-a-uuid/",
    "/patients/%00/",
    "/patients/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/static/../settings.py",
    "/static/%2e%2e/%2e%2e/secret-key",
    "/patients/?q=%00",
    "/patients/?q=%ED%A0%80",
    "/patients/?q=%FF",
    "/patients/?q=" + "a" * 60_000,
    "/patients/?" + "q=1&" * 3000,
    "/patients/?page=-1&after=%00&q=a",
    "/patients/?after=9999-12-31",
    "/patients/?q=%25_%5C",
    "/patients/{patient}",
    "/PATIENTS/",
    "//evil.example/",
    "/\\evil.example",
    "/recalls/?kind=%00",
    "/recalls/?from=0001-01-01&until=9999-12-31",
    "/visits/{visit}/consent/?language=../../x",
    "/visits/{visit}/capture/progress/?shown=%00,%FF," + "x" * 5000,
    "/visits/{visit}/measure/?view=%00",
    "/visits/{visit}/measure/?view=../../x",
    "/visits/{visit}/plan/?grounds=%00",
    "/visits/{visit}/grade/no-such-instrument/",
    "/visits/{visit}/grade/" + "a" * 5000 + "/",
    "/visits/consent-texts/" + "9" * 400 + "/",
    "/visits/consent-texts/treatment/xx/new/",
    "/patients/{patient}/compare/?before=%00&after=x",
    "/patients/{patient}/compare/?before={visit}&after={closed}",
    "/patients/{patient}/compare/?before=9999-99-99&expression=%00",
    "/patients/{patient}/health/?next=//evil.example/",
    "/patients/{patient}/health/?next=%00",
    "/vials/new/?product=%00&next=%0d%0a",
    "/vials/new/?product=no-such-toxin",
    "/vials/new/?product=" + "x" * 5000,
    "/treatments/{begun}/points/" + "9" * 400 + "/",
    "/audit/?day=%00&person=%00&verb=x&pseudonym=%00",
    "/account/login/?next=javascript:alert(1)",
    "/account/login/?next=%0d%0aX:y",
    "/account/team/" + "9" * 400 + "/",
    "/" + "a" * 60_000,
    "/health/?x",
    "/account/login/?next=//evil.example",
    "/audit/?before=" + "9" * 5000,
    "/audit/?before=%D9%A3",
    "/audit/?before=-1",
    "/audit/?day=9999-12-31",
    "/account/team/new/",
    "/photographs/{photograph}/image/?x=../",
    "/photographs/{photograph}/thumbnail/%00",
    "/account/2fa/webauthn/login/?x=%00",
)

_ID = "AAAAAAAAAAAAAAAAAAAAAA"
_CLIENT = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFBQSIsIm9yaWdpbiI6Imh0dHA6Ly90ZXN0c2VydmVyIn0"
_RESPONSE = {
    "clientDataJSON": _CLIENT,
    "authenticatorData": "A" * 50,
    "signature": "AAAA",
    "userHandle": "MQ",
}
_WHOLE = {"id": _ID, "rawId": _ID, "type": "public-key", "clientExtensionResults": {}, "response": _RESPONSE}
PASSKEY_ANSWERS = (
    "9" * 5000,
    "[" * 100_000,
    '"\\ud800"',
    *map(
        json.dumps,
        (
            5,
            [],
            [1],
            "words",
            True,
            {"id": None},
            _WHOLE,
            {**_WHOLE, "response": []},
            {**_WHOLE, "response": {}},
            {**_WHOLE, "id": "!", "rawId": "ä"},
            {**_WHOLE, "id": "\0", "rawId": "\ud800"},
            {**_WHOLE, "rawId": [1]},
            {**_WHOLE, "type": 5},
            *(
                {**_WHOLE, "response": {**_RESPONSE, name: value}}
                for name in _RESPONSE
                for value in (
                    None,
                    5,
                    "",
                    "A",
                    "ä",
                    "\0",
                    "bnVsbA",
                    "_" * 99,
                    [],
                    {"a": 1},
                    "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk",
                )
            ),
        ),
    ),
)
"""What calls itself the answer of a passkey; a user handle that is a number too large is among them."""
