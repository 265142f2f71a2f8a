"""Every form of the clinic, found as a person finds them: by signing in and following each link."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.db import transaction
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern

from facialis.clinic.accounts.models import Role
from tests.fuzz.html_forms import Field, Form, page_of
from tests.fuzz.sending import client_of, send, undone
from tests.fuzz.world import build_world

START = "/"
NOBODY = "nobody"
"""Who is not signed in."""
MOST = {Role.CLINICIAN.value: 2}
"""Pages of one address that are looked at, for records in other states have other forms; else one."""
SIGNED_OUT_PAGES = ("/account/login/", "/account/2fa/authenticate/", "/account/2fa/webauthn/login/")
MODELS = {
    "patients": "patients.Patient",
    "visits": "visits.Visit",
    "photographs": "photographs.Photograph",
    "gradings": "grading.Grading",
    "plans": "plans.Plan",
    "treatments": "treatments.Treatment",
    "adverse-events": "followup.AdverseEvent",
    "recalls": "followup.Due",
    "vials": "treatments.Vial",
}
"""What a key in an address is of, by the address's first word."""
ALIKE = 5
"""Forms of one address that differ only in their fields, as a plan's rows do in the number of points."""
EDITS = ("place", "remove", "accept", "accept_all", "alternative", "undo", "reason", "check")
SCRIPTED = (
    ("plan_edit", "draft", {"kind": ["reason"], "version": ["1"], "finding": (), "reason": (), "key": ()}),
    (
        "plan_edit",
        "draft",
        {"kind": EDITS, "version": ["1"], "target": (), "side": (), "point_1": (), "number": (), "key": ()},
    ),
    ("plan_override", "draft", {"reason": (), "version": ["1"]}),
    ("photograph_answer", "doubted", {"code": ["another_person"], "answer": ["yes", "no"], "reason": ()}),
    ("photograph_answer", "asked", {"code": ["mirrored"], "answer": ["yes", "no"], "reason": ()}),
    ("take_points_back", "photograph", {"to": ["0"], "shown_version": ["1"]}),
)
"""Address, record and fields with what they may be; nothing: text."""


@dataclass(frozen=True)
class Found:
    """One form, where it stands, and who finds it."""

    role: str
    page: str
    path: str
    """Its address without the question mark and what follows."""
    query: str
    name: str
    """Of the address, as the URL configuration calls it."""
    room: str
    """Application that answers it."""
    form: Form = field(hash=False)

    @property
    def label(self):
        return f"{self.form.method} {self.name} {','.join(sorted(self.form.names))[:60]} as {self.role}"


@dataclass
class Catalogue:
    """What was found."""

    forms: list = field(default_factory=list)
    pages: dict = field(default_factory=dict)
    """(role, path) to the status of the page."""
    queries: dict = field(default_factory=dict)
    """Name of an address to the names after its question mark."""
    faults: list = field(default_factory=list)
    names: set = field(default_factory=set)
    """Names of the addresses that were seen as a page or as the action of a form."""
    unlinked: set = field(default_factory=set)
    """Those of them to which no link leads from home."""

    def of_room(self, room):
        return [one for one in self.forms if one.room == room]


@contextmanager
def catalogued_world():
    """The two clinics and the catalogue of ours; everything is put back afterwards."""
    with transaction.atomic():
        world = build_world()
        yield world, catalogue_of(world)
        transaction.set_rollback(True)


def catalogue_of(world):
    """Crawl as each role, and as nobody."""
    catalogue = Catalogue()
    known = set()
    for role in (Role.CLINICIAN, Role.ASSISTANT, Role.ADMINISTRATOR, Role.RESEARCHER):
        _crawl(catalogue, known, role.value, client_of(world.ours.people[role]), [START])
    _crawl(catalogue, known, NOBODY, client_of(), list(SIGNED_OUT_PAGES))
    linked = set(catalogue.names)
    clinician = client_of(world.ours.people[Role.CLINICIAN])
    _crawl(catalogue, known, Role.CLINICIAN.value, clinician, _others(world, linked), follows=False)
    catalogue.unlinked = catalogue.names - linked
    catalogue.forms += _scripted(world)
    return catalogue


def _scripted(world):
    """Forms that only the scripts of the editors make up, and fields that pages show in rare states."""
    for name, record, fields in SCRIPTED:
        path = reverse(name, args=[world.ours.records[record].pk])
        made = tuple(Field(one, "hidden", options=tuple(options)) for one, options in fields.items())
        form = Form(path, "post", "application/x-www-form-urlencoded", made)
        yield Found(Role.CLINICIAN.value, path, path, "", name, room_of(resolve(path).func), form)


def _others(world, linked):
    """Addresses of our records to which no link has led."""
    for route, name, _view in patterns():
        if name in linked or name is None or route.startswith("account/"):
            continue
        if "<" not in route:
            yield f"/{route}"
        model = MODELS.get(route.split("/")[0])
        if route.count("<") == 1 and "<uuid:pk>" in route and model is not None:
            rows = [row for row in world.ours.records.values() if row._meta.label == model]
            yield from (f"/{route.replace('<uuid:pk>', str(row.pk))}" for row in rows)


def patterns(resolver=None, prefix=""):
    """Every URL pattern: its route, its name and its view."""
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, one.name, one.callback
        else:
            yield from patterns(one, route)


def room_of(view):
    """The application that a view belongs to; 'accounts' for those of allauth."""
    module = getattr(view, "__module__", "")
    if module.startswith("facialis.clinic."):
        return module.split(".")[2]
    return "accounts" if module.startswith("allauth") else "site"


def match_of(path):
    """How the clinic resolves a path; None for what is none of its pages."""
    try:
        return resolve(path)
    except Resolver404:
        return None


def _crawl(catalogue, known, role, client, start, *, follows=True):
    waiting = list(start)
    seen, each = set(waiting), Counter()
    while waiting:
        address = waiting.pop(0)
        with undone(client):
            address, page = _read(catalogue, role, client, address)
        if page is None:
            continue
        for form in page.forms:
            _note(catalogue, known, role, address, form)
        for link in page.links:
            if not follows:
                break
            target = _own(address, link)
            if target is None or target in seen:
                continue
            seen.add(target)
            key = _kind_of(target)
            each[key] += 1
            if each[key] <= MOST.get(role, 1):
                waiting.append(target)


def _read(catalogue, role, client, address):
    """Where an address leads, after its redirects, and the page there."""
    for _ in range(4):
        outcome = send(client, "get", address)
        path = urlsplit(address).path
        catalogue.pages[role, path] = outcome.status
        catalogue.faults += [f"GET {address} as {role}: {fault}" for fault in outcome.faults]
        match = match_of(path)
        if match is not None:
            catalogue.names.add(match.view_name)
            asked = {name for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
            catalogue.queries.setdefault(match.view_name, set()).update(asked)
        if outcome.status not in {301, 302, 303} or not outcome.location:
            break
        address = urljoin(address, outcome.location)
    is_page = outcome.headers.get("Content-Type", "").startswith("text/html")
    return address, page_of(outcome.text) if is_page else None


def _note(catalogue, known, role, address, form):
    target = _own(address, form.action or address, is_form=True)
    match = None if target is None else match_of(urlsplit(target).path)
    if match is None:
        catalogue.faults.append(f"{address} as {role}: its form leads to {form.action}, which is nowhere")
        return
    parts = urlsplit(target)
    words = [str(value) for value in match.kwargs.values()]
    kinds = tuple(word for word in words if "-" not in word and not word.isdigit())
    key = (match.view_name, kinds[:1], form.method, form.names)
    if form.method == "get":
        catalogue.queries.setdefault(match.view_name, set()).update(form.names)
    alike = [one for one in known if one[:3] == key[:3]]
    if key in known or len(alike) >= ALIKE:
        return
    known.add(key)
    catalogue.names.add(match.view_name)
    room = room_of(match.func)
    catalogue.forms.append(Found(role, address, parts.path, parts.query, match.view_name, room, form))


def _own(address, link, *, is_form=False):
    """An address of the clinic, whole; None for static files, for other hosts and for signing out."""
    target = urldefrag(urljoin(f"http://testserver{address}", link)).url
    parts = urlsplit(target)
    if parts.scheme != "http" or parts.netloc != "testserver" or parts.path.startswith("/static/"):
        return None
    if match_of(parts.path) is None and not is_form:
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _kind_of(target):
    """What makes two addresses the same page of two records."""
    parts = urlsplit(target)
    match = match_of(parts.path)
    words = tuple(str(v) for v in match.kwargs.values() if "-" not in str(v) and not str(v).isdigit())
    return match.view_name, words, tuple(sorted({name for name, _ in parse_qsl(parts.query)}))
