"""Requests sent into the clinic, and everything that their answers may not be."""

import re
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import CharField, JSONField
from django.db.models.signals import pre_save
from django.test import Client, TestCase

from facialis.clinic.audit.verification import problems_of_chain
from tests.fuzz.world import SECRET, THEIRS

ALLOWED = frozenset({200, 201, 204, 301, 302, 303, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429})
"""Statuses of a clinic that refuses what it does not understand; each other one is a fault."""
MARKER = "zqx7"
"""In every tag that we type, so that it is known again."""
RAW_MARKUP = re.compile(rf"<[a-z/!][^>]{{0,40}}{MARKER}", re.IGNORECASE)
TRACEBACK = "Traceback (most recent call last)"
PAPERWORK = frozenset({"django_session", "audit_auditentry", "audit_audithead", "site_submission"})
"""Tables that every request may write to."""
_WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_BIG = 2**63


@dataclass
class Outcome:
    """One answer, and what was wrong with it."""

    status: int
    location: str
    text: str
    headers: dict
    faults: list = field(default_factory=list)
    where: str = ""
    """Last places of an exception that nothing caught."""
    tables: frozenset = frozenset()
    """Tables that were written to."""


def client_of(user=None, **changes):
    """A browser of a person, which answers 500 as the server does."""
    client = Client(raise_request_exception=False, **changes)
    if user is not None:
        client.force_login(user)
    return client


@contextmanager
def undone(client):
    """Whatever is written inside is put back, in the database and in the browser."""
    cache.clear()  # limits of attempts are counted there
    cookies = client.cookies.output()
    kept = type(client.cookies)(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if client.cookies.output() != cookies:
        client.cookies = kept


def send(client, method, path, data=None, *, theirs=None, **extra):
    """Send one request and judge its answer; ``theirs`` is the fingerprint that the other clinic has."""
    watched = _Watched()
    with (
        connection.execute_wrapper(watched),
        watched.savings(),
        TestCase.captureOnCommitCallbacks(execute=True),
    ):
        if isinstance(data, bytes):  # sent as they are, whatever the content type says
            response = client.generic(method.upper(), path, data, **extra)
        else:
            response = getattr(client, method)(path, data, **extra)
        body = b"".join(response) if response.streaming else response.content
    outcome = Outcome(
        response.status_code,
        response.headers.get("Location", ""),
        body.decode("utf-8", "replace") if _is_text(response) else "",
        dict(response.headers),
        tables=frozenset(watched.tables),
    )
    if response.exc_info is not None:
        kind, error, trace = response.exc_info
        frames = [f for f in traceback.extract_tb(trace) if "/facialis/" in f.filename][-3:]
        outcome.where = f"{kind.__name__}: {str(error)[:200]} at " + " < ".join(
            f"{f.filename.rpartition('/facialis/')[2]}:{f.lineno}" for f in reversed(frames)
        )
    outcome.faults = [*_faults(outcome, response), *watched.faults]
    if theirs is not None and watched.tables - PAPERWORK and fingerprint_of(*theirs[:1]) != theirs[1]:
        outcome.faults.append("a record of the other clinic was changed")
    return outcome


def chain_faults():
    """What is wrong with the audit."""
    return [f"the audit: {problem}" for problem in problems_of_chain()]


def fingerprint_of(clinic):
    """Every row of a clinic, as text that differs when anything of it does."""
    found = {}
    for model in apps.get_models():
        path = getattr(model, "clinic_path", None)
        if path is not None:
            rows = model._default_manager.filter(**{path: clinic.pk}).order_by("pk")
            names = [one.attname for one in model._meta.concrete_fields if not isinstance(one, JSONField)]
            found[model._meta.label] = list(rows.values_list(*names))
    found["people"] = list(clinic.users.order_by("pk").values_list())
    return str(found)


def _is_text(response):
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/") or "json" in kind or "javascript" in kind


def _faults(outcome, response):
    if outcome.where or outcome.status not in ALLOWED:
        yield f"status {outcome.status} {outcome.where}"
    if TRACEBACK in outcome.text:
        yield "a traceback stands in the answer"
    if THEIRS in outcome.text or SECRET in outcome.text:
        yield "words of the other clinic stand in the answer"
    if "Content-Security-Policy" not in response.headers:
        yield "the answer has no content policy"
    if response.headers.get("Content-Type", "").startswith("text/html"):
        yield from _markup_faults(outcome.text)
    if outcome.location and urlsplit(_whole(outcome.location)).netloc != "testserver":
        yield f"redirects away, to {outcome.location[:80]}"
    for name, value in response.headers.items():
        if "\n" in value or "\r" in value:
            yield f"a line break in the header {name}"


def _whole(location):
    """Where a browser goes, for which a backslash is a slash."""
    return urljoin("http://testserver/somewhere/", location.replace("\\", "/"))


def _markup_faults(html):
    reader = _Markup()
    reader.feed(html)
    reader.close()
    yield from reader.faults


class _Markup(HTMLParser):
    """Finds tags and attributes that only our typing can have brought, and what the policy forbids."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if MARKER in tag or any(MARKER in name for name in given):
            self.faults.append(f"typed markup is a tag of the page: <{tag}>")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.faults.append("a script stands in the page")
        if "style" in given:
            self.faults.append(f"<{tag}> has a style attribute")
        if any(name.startswith("on") for name in given):
            self.faults.append(f"<{tag}> has an event handler")
        for name in ("href", "src", "action", "formaction", "hx-get", "hx-post"):
            address = (given.get(name) or "").strip().lower()
            if address.startswith(("javascript:", "data:text", "vbscript:")):
                self.faults.append(f"<{tag} {name}> runs a script")

    def handle_comment(self, data):
        if MARKER in data:
            self.faults.append("typed markup is a comment of the page")


class _Watched:
    """Looks at what goes to the database, for SQLite takes much that PostgreSQL refuses with an error."""

    def __init__(self):
        self.tables, self.faults = set(), []

    def __call__(self, execute, sql, params, many, context):
        written = _WRITES.match(sql)
        if written:
            self.tables.add(written.group(1))
        for row in (params or ()) if many else [params or ()]:
            self._look(row, sql)
        return execute(sql, params, many, context)

    def _look(self, row, sql):
        for value in row.values() if isinstance(row, dict) else row:
            if isinstance(value, int) and not -_BIG <= value < _BIG:
                self.faults.append(f"a number of {len(str(value))} digits goes to the database: {sql[:60]}")
            if isinstance(value, str) and "\0" in value:
                self.faults.append(f"NUL goes to the database, which PostgreSQL refuses: {sql[:60]}")

    @contextmanager
    def savings(self):
        pre_save.connect(self._check, weak=False, dispatch_uid="fuzz")
        try:
            yield
        finally:
            pre_save.disconnect(dispatch_uid="fuzz")

    def _check(self, sender, instance, **_):
        for one in sender._meta.concrete_fields:
            value = getattr(instance, one.attname)
            name = f"{sender._meta.label}.{one.name}"
            if isinstance(one, CharField) and isinstance(value, str) and one.max_length:
                if len(value) > one.max_length:
                    self.faults.append(f"{name} is longer than its {one.max_length} letters")
            elif isinstance(one, JSONField):
                self.faults.extend(f"{name} {fault}" for fault in _json_faults(value))


def _json_faults(value):
    if isinstance(value, str):
        if "\0" in value:
            yield "has a NUL, which PostgreSQL refuses"
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            yield "has half a letter, which no database keeps"
    elif isinstance(value, float) and not float("-inf") < value < float("inf"):
        yield "has a number that JSON does not know"
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _json_faults(name)
            yield from _json_faults(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _json_faults(inner)
