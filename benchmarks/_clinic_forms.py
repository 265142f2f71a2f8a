"""Somebody who fills in the clinic's pages: reads a form as it is shown, and sends it as a browser does.

Where the connection breaks, the same form is sent again, with the same keys, until it is answered: what a
person does who presses the button again.
"""

import http.client
import mimetypes
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import uuid4

TIMEOUT_S = 60
PATIENCE_S = 300.0
AGAIN_S = 1.0
LOCKED, LOCKED_S = "locked for ten minutes", 30.0
"""A check of a password that is killed before its end counts as a wrong one; after five, one has to wait."""
TRIES = 25
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class GaveUpError(Exception):
    """The clinic did not answer for too long, or answered what it should not."""


@dataclass
class Form:
    """A form with the values that the page gives it."""

    action: str
    method: str
    name: str = ""
    """Its id."""
    values: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """Of radio buttons, boxes and selects."""

    def names(self) -> set[str]:
        """Of all its fields."""
        return {name for name, _ in self.values} | set(self.choices)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._apart: list[tuple[str, str, str]] = []
        """Fields that name their form: its id, name, value."""
        self._open: Form | None = None
        self._select = self._area = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(
                given.get("action", ""), given.get("method", "get").lower(), given.get("id", "")
            )
            self.forms.append(self._open)
            if "data-once" in given:  # the page's script puts a key in, so that a form sent twice counts once
                self._open.values.append(("once", str(uuid4())))
        elif tag == "input" and "form" in given:
            self._apart.append((given["form"], given.get("name", ""), given.get("value", "")))
        elif self._open is not None and "disabled" not in given:
            self._field(tag, given)

    def found(self) -> list[Form]:
        """All forms, with the fields that lie apart."""
        for form in self.forms:
            form.values += [(name, value) for owner, name, value in self._apart if owner == form.name]
        return self.forms

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name, value = self._open, given.get("name", ""), given.get("value", "")
        assert form is not None  # noqa: S101
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in {"radio", "checkbox"}:
                form.choices.setdefault(name, []).append(given.get("value", "on"))
                if "checked" in given:
                    form.values.append((name, given.get("value", "on")))
            elif kind not in {"submit", "button", "file", "image"}:
                form.values.append((name, value))
        elif tag == "select":
            self._select = name
            form.choices.setdefault(name, [])
        elif tag == "option" and self._select:
            form.choices[self._select].append(value)
            if "selected" in given:
                form.values.append((self._select, value))
        elif tag == "textarea":
            self._area, self._text = name, []

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area and self._open is not None:
            self._open.values.append((self._area, "".join(self._text).removeprefix("\n")))
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)


@dataclass
class Page:
    """An answer."""

    status: int
    path: str
    text: str
    location: str = ""

    def forms(self, ending: str = "", *, having: str = "") -> list[Form]:
        """Its POST forms whose address ends so, and that have a field of a name."""
        parser = _Forms()
        parser.feed(self.text)
        return [
            form
            for form in parser.found()
            if form.method == "post"
            and urlsplit(urljoin(self.path, form.action)).path.endswith(ending)
            and (not having or having in form.names())
        ]

    def form(self, ending: str = "", *, having: str = "") -> Form:
        """The first of them."""
        found = self.forms(ending, having=having)
        if not found:
            raise GaveUpError(
                f"{self.path} ({self.status}) has no form {ending!r} with {having!r}: {self.words}"
            )
        return found[0]

    @property
    def words(self) -> str:
        """What it says, shortened."""
        return " ".join(re.sub(r"<[^>]+>", " ", self.text.partition("<main")[2]).split())[:1500]


class Visitor:
    """One browser."""

    def __init__(self, address: str) -> None:
        where = urlsplit(address)
        self._host, self._port, self._netloc = str(where.hostname), where.port, where.netloc
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Page:
        """Ask for a page; follow where it leads."""
        page = self._until_answered("GET", path, b"", "")
        for _ in range(5):
            if page.status not in {301, 302, 303}:
                return page
            page = self._until_answered("GET", page.location, b"", "")
        raise GaveUpError(f"{path} leads round in a circle")

    def send(
        self, page: Page, form: Form, values: Mapping[str, str], file: tuple[str, str, bytes] | None = None
    ) -> Page:
        """Send a form with some values changed; gives the answer, which is a redirect where all went well."""
        given = [(name, value) for name, value in form.values if name not in values] + list(values.items())
        path = urlsplit(urljoin(page.path, form.action or page.path)).path
        if file is None:
            return self._until_answered(
                "POST", path, urlencode(given).encode(), "application/x-www-form-urlencoded"
            )
        return self._until_answered("POST", path, *_multipart(given, file))

    def fill(
        self,
        path: str,
        having: str,
        values: Mapping[str, str] | Callable[[Form], Mapping[str, str]],
        *,
        ending: str = "",
        is_done: Callable[[Page], bool] = lambda _: False,
    ) -> str:
        """Open a page, fill in its form, and send it until it leads on; gives where it leads.

        Parameters
        ----------
        having, ending      The form: by a field, and by the end of its address.
        values              What is filled in, or what makes it of the form.
        is_done             Whether the page shows that it was done before, and only the answer was lost.
        """
        said = ""
        for _ in range(TRIES):
            page = self.get(path)
            if is_done(page):
                return page.path
            form = page.form(ending, having=having)
            answer = self.send(page, form, values(form) if callable(values) else values)
            if answer.location:
                return answer.location
            said = f"{answer.status} {answer.words}"
            if LOCKED in said:
                time.sleep(LOCKED_S)
        raise GaveUpError(f"{path}: {said}")

    def _until_answered(self, method: str, path: str, body: bytes, kind: str) -> Page:
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                page = self._once(method, path, body, kind)
                # 400: the database went away before the session was kept; a person loads the page again.
                if page.status < 500 and not (method == "GET" and page.status == 400):
                    return page
                said = f"{page.status}"
            except (OSError, http.client.HTTPException) as error:
                said = type(error).__name__
            if time.monotonic() > until:
                raise GaveUpError(f"{method} {path}: {said}")
            time.sleep(AGAIN_S)

    def _once(self, method: str, path: str, body: bytes, kind: str) -> Page:
        link = http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT_S)
        headers = {
            "Host": self._netloc, "Referer": f"http://{self._netloc}{path}",
            "Cookie": "; ".join(f"{key}={value}" for key, value in self._cookies.items()),
            **({"Content-Type": kind} if kind else {}),
        }  # fmt: skip
        try:
            link.request(method, path, body or None, headers)
            answer = link.getresponse()
            text = answer.read().decode("utf-8", "replace")
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self._cookies[name] = value
            return Page(answer.status, path, text, answer.headers.get("Location", ""))
        finally:
            link.close()


def key_in(path: str) -> str:
    """The key of the record that an address names."""
    found = _KEY.findall(path)
    if not found:
        raise GaveUpError(f"{path} names no record")
    return str(found[0])


def _multipart(values: list[tuple[str, str]], file: tuple[str, str, bytes]) -> tuple[bytes, str]:
    """Body and kind of a form with a file: (field, name, content)."""
    mark = uuid4().hex
    field_name, name, content = file
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in values
    ]
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    about = f'form-data; name="{field_name}"; filename="{name}"'
    head = f"--{mark}\r\nContent-Disposition: {about}\r\nContent-Type: {kind}\r\n\r\n"
    body = b"".join([*parts, head.encode(), content, f"\r\n--{mark}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={mark}"
