"""What no person types, and what a broken or malicious program sends."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote_plus
from uuid import UUID, uuid4

from django.utils import timezone
from hypothesis import strategies as st

from tests.factories.clinic import PASSWORD
from tests.fuzz.sending import MARKER
from tests.fuzz.world import picture

LONG = 100_000
BOUNDARY = "a-boundary-of-the-tests"

EMPTY = ("", " ", "\t\r\n", "\u00a0", "\u200b")
LETTERS = (
    "a\0b",
    "\0",
    "\x01\x02\x1b[31m",
    "\u202egnp.exe\u202c",
    "Z" + "\u0335\u0321" * 60,
    "\ufeffx",
    "\ufffe",
    "\ud800",
    "\udfff\ud800",
    "\U0001f9d1\u200d\u2695\ufe0f",
    "İı",
    "ﬃ",
    "x" * LONG,
    "ä" * 401,
    "\r\nSet-Cookie: a=b",
)
MARKUP = (
    f"<script>{MARKER}</script>",
    f'"><img src=x onerror={MARKER}>',
    f"'><{MARKER}>",
    f'" {MARKER}="1',
    f"</textarea><{MARKER}>",
    f"</title><{MARKER}>",
    f"<!--{MARKER}-->",
    f"javascript:{MARKER}",
    f"{{{{ {MARKER} }}}}{{% load %}}",
    f"%(name)s %s {{0}} {MARKER}",
    f"&lt;{MARKER}&gt;",
    f"=cmd|'/c {MARKER}'!A1",
)
SQL = ("' OR 1=1 --", "'; DROP TABLE patients_patient; --", "%", "_", "\\", "1; SELECT pg_sleep(9)")
NUMBERS = (
    "0",
    "-0",
    "-1",
    "1",
    "+5",
    " 5 ",
    "1e400",
    "1e999999999",
    "-1e999999999",
    "1e-999999999",
    "NaN",
    "sNaN",
    "inf",
    "-Infinity",
    "1_000",
    "0x10",
    "1,5",
    "½",
    "٣",
    "²",
    "0.0000000000000000000001",
    "1.005",
    "9" * 5000,
    str(2**15),
    str(2**31),
    str(2**63),
    str(2**64),
    str(-(2**63) - 1),
    "99999.99",
    "1e5",
    "0.1e1",
)
DAYS = (
    "0001-01-01",
    "9999-12-31",
    "0000-00-00",
    "10000-01-01",
    "29-Feb-2025",
    "29-Feb-2024",
    "02-03-2026",
    "2026-13-45",
    "31.12.1899",
    "1-Jan-0001",
    "31-Dec-9999",
    "٢٠٢٦-٠١-٠١",
    "17-May-80",
    "today",
)
MOMENTS = (
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "0001-01-01 00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "2026-03-29T02:30",
    "2026-10-25T02:30",
    "2026-01-01T24:00",
    "25:61",
    "00:00:60",
    "1e9",
)
PLACES = (
    "../../etc/passwd",
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\host\\share",
    "/",
)
STRUCTURES = (
    "{}",
    "[]",
    "null",
    "true",
    "[" * 100_000,
    '{"a":"\\ud800"}',
    '{"a":NaN}',
    '{"id":1,"type":"public-key"}',
    '"\\u0000"',
)
WORDS = (
    "undefined",
    "None",
    "False",
    "[object Object]",
    "on",
    "yes",
    "no",
    "left",
    "LEFT",
    "given",
    "signed",
)
VALUES = (*EMPTY, *LETTERS, *MARKUP, *SQL, *NUMBERS, *DAYS, *MOMENTS, *PLACES, *STRUCTURES, *WORDS)

FILE_NAMES = (
    "rest.jpg",
    "../../../etc/passwd",
    "..\\..\\x.jpg",
    "a\0.jpg",
    "",
    ".",
    "x" * 5000 + ".jpg",
    f"<{MARKER}>.jpg",
    'a".jpg',
    "a\r\nX: y.jpg",
    "\u202egpj.exe",
    "CON",
    "a;b.jpg",
    "\ud800.jpg",
)


def contents():
    """Bytes that call themselves a picture."""
    whole = picture()
    return (
        whole,
        b"",
        b"\0",
        whole[:100],
        whole[:-2],
        b"\xff\xd8\xff",
        b"GIF89a" + b"\0" * 20,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
        b"%PDF-1.7",
        b"BM" + b"\xff" * 60,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 40,
        b"II*\0" + b"\xff" * 40,
        b"not a picture" * 1000,
    )


@dataclass(frozen=True)
class HostileFile:
    """A file with a name and bytes of a sender's choosing."""

    name: str
    content: bytes
    kind: str = "image/jpeg"

    def __repr__(self):
        return f"HostileFile({self.name[:30]!r}, {len(self.content)} bytes)"


@dataclass(frozen=True)
class Filling:
    """What is sent for a form: values by name, each as often as it is sent."""

    values: dict
    is_multipart: bool = False

    def body(self):
        """Bytes and their content type; half letters are sent as half letters."""
        if self.is_multipart or any(isinstance(v, HostileFile) for vs in self.values.values() for v in vs):
            return _multipart(self.values), f"multipart/form-data; boundary={BOUNDARY}"
        pairs = (f"{_quoted(name)}={_quoted(value)}" for name, vs in self.values.items() for value in vs)
        return "&".join(pairs).encode(), "application/x-www-form-urlencoded"

    def short(self):
        """For a report."""
        return {name: [str(value)[:40] for value in values] for name, values in self.values.items()}


MEANT = {
    "units": "100",
    "saline_ml": "2.5",
    "given_units": "2.5",
    "point": "1",
    "lot": "C1",
    "expiry": "2099-12-31",
    "planned_time": "09:30",
    "resolved": "",
    "follow_up": "",
    "passkey": "",
    "cleared_flags": None,
    "once": None,
}
"""By the name of a field, where its kind does not say what is allowed; None: not sent."""


def plausible(form):
    """What a person who means well could send: what the page holds, with every gap filled."""
    filled = {}
    for one in form.fields:
        if one.is_secret:
            continue
        if one.name in MEANT and not any(one.values):
            if MEANT[one.name] is not None:
                filled[one.name] = [MEANT[one.name]]
            continue
        if one.name.endswith("_state") and "known" in one.options:
            filled[one.name] = ["known"]
            continue
        value = _meant(one)
        if one.values and one.values[0]:
            filled[one.name] = [one.values[0]] if one.kind == "button" else list(one.values)
        elif value is not None:
            filled[one.name] = [value]
    return filled


def _meant(one):
    today = timezone.localdate()
    if one.kind == "file":
        return HostileFile("rest.jpg", picture(640, 800))
    if one.options:
        return next((option for option in one.options if option), None)
    by_kind = {
        "date": today.isoformat(),
        "datetime-local": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "time": "09:30",
        "number": one.limits.get("min") or "1",
        "password": PASSWORD,
        "email": "ada@example.org",
    }
    if one.kind in by_kind:
        return by_kind[one.kind]
    if one.kind == "hidden":
        return None
    is_day = any(word in one.name for word in ("day", "date", "onset", "_on", "start", "follow_up"))
    return (today - timedelta(days=3)).strftime("%d-%b-%Y") if is_day else "words"


SHARP = ("a\0b", "x" * LONG, "9" * 5000)
"""PostgreSQL keeps no NUL, a column has its length, and Python reads no number of so many digits."""


def sharp_fillings(form):
    """Each field that takes any text, with each of `SHARP`; the others as they are meant."""
    for one in form.fields:
        if one.is_secret or one.options or one.kind == "file":
            continue
        for value in SHARP:
            yield Filling({**plausible(form), one.name: [value]}, is_multipart="multipart" in form.enctype)


def fillings(form, world):
    """Strategy: the values of a form with some of them hostile."""
    names = [one.name for one in form.fields if not one.is_secret]
    keys = [*world.theirs.keys(), *world.ours.keys(), str(uuid4()), str(UUID(int=0)), "not-a-uuid"]
    fields = {one.name: one for one in form.fields}
    values = st.sampled_from(VALUES) | st.sampled_from(keys) | st.text(max_size=40)
    files = st.builds(HostileFile, st.sampled_from(FILE_NAMES), st.sampled_from(contents()))

    @st.composite
    def draw_filling(draw):
        filled = draw(st.sampled_from([plausible(form), form.initial(), {}]))
        filled = {name: list(given) for name, given in filled.items()}
        is_whole = draw(st.integers(0, 4)) == 0
        chosen = names if is_whole else draw(st.lists(st.sampled_from(names or ["unknown"]), max_size=3))
        for name in chosen:
            filled[name] = _hostile(draw, fields.get(name), values, files)
        extra = draw(st.integers(0, 5))
        if extra == 0:
            filled[draw(st.sampled_from(["unknown", "\0", "a" * 2000, "__class__", "pk", "clinic"]))] = ["1"]
        if extra == 1:
            filled.pop(draw(st.sampled_from(names or ["unknown"])), None)
        return Filling(filled, is_multipart="multipart" in form.enctype)

    return draw_filling()


def _hostile(draw, one, values, files):
    if one is not None and one.kind == "file":
        return draw(st.lists(files, min_size=1, max_size=2))
    kinds = [values]
    if one is not None and one.options:
        kinds.append(st.sampled_from(one.options))
    limits = [] if one is None else [one.limits[name] for name in ("min", "max") if name in one.limits]
    if limits:
        kinds.append(st.sampled_from([edge for limit in limits for edge in _beside(limit)]))
    if one is not None and one.limits.get("maxlength", "").isdecimal():
        kinds.append(st.just("x" * (int(one.limits["maxlength"]) + 1)))
    return draw(st.lists(st.one_of(kinds), min_size=1, max_size=draw(st.sampled_from([1, 1, 1, 3]))))


def _beside(limit):
    try:
        number = float(limit)
    except ValueError:
        return [limit]
    return [limit, str(number - 1), str(number + 1), str(number + 1e-9)]


def _quoted(text):
    return quote_plus(str(text), errors="surrogatepass")


def _multipart(values):
    pieces = []
    for name, given in values.items():
        for value in given:
            head = f'Content-Disposition: form-data; name="{name}"'
            content = str(value)
            if isinstance(value, HostileFile):
                head += f'; filename="{value.name}"\r\nContent-Type: {value.kind}'
                content = value.content
            if isinstance(content, str):
                content = content.encode("utf-8", "surrogatepass")
            pieces.append(
                f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode("utf-8", "surrogatepass") + content + b"\r\n"
            )
    return b"".join(pieces) + f"--{BOUNDARY}--\r\n".encode()
