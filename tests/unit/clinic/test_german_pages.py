"""Pages as a person sees them who reads German: no English text is left, and sides are LINKS and RECHTS."""

import re
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from facialis.clinic.accounts.models import Role
from facialis.clinic.kernel import times
from facialis.clinic.kernel.days import parse_day
from facialis.clinic.plans import judging
from facialis.clinic.plans.actions.editing import EditOf, accept_all
from facialis.clinic.site.templatetags.clinic_format import day, units
from facialis.clinic.treatments.actions.giving import choose_vial, give_all_open, start_treatment
from facialis.clinic.treatments.actions.signing import sign_treatment
from tests.factories import clinic as made
from tests.factories import clinic_plans
from tests.unit.clinic.addresses import addresses, keys_of
from tests.unit.clinic.po_file import CATALOGUE, read_po

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROOT = Path(__file__).parents[3]
ENGLISH = {
    source.strip()
    for entry in read_po(ROOT / CATALOGUE / "django.po")
    for source in entry.sources
    if source not in entry.translations and "%(" not in source
}
"""Texts that differ in German; one that is shown as it stands was not translated."""

GERMAN_TOO = {"name", "Name", "Person", "Start", "Text", "Code", "normal"}
"""Words of both languages."""

WORDS = re.compile(
    r"\b(Save|Cancel|Patient's|the patient|Sign in|Sign out|Today|units|ago|LEFT|RIGHT|CONTRALATERAL)\b"
)
READ_ALOUD = {"aria-label", "alt", "title", "placeholder", "data-says"}
SILENT = {"script", "style", "template"}


class Texts(HTMLParser):
    """Everything on a page that a person reads or hears."""

    def __init__(self):
        super().__init__()
        self.found, self._open = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._open.append((tag, given.get("lang") not in {None, "de"}))
        self.found += [value.strip() for name, value in attrs if name in READ_ALOUD and value]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.found.append(given.get("value", ""))

    def handle_endtag(self, tag):
        while any(name == tag for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(tag in SILENT or is_foreign for tag, is_foreign in self._open):
            self.found.append(" ".join(data.split()))


def texts_of(page):
    reader = Texts()
    reader.feed(page.content.decode())
    return reader.found


def english_of(page):
    """Texts that a German page should not show."""
    found = texts_of(page)
    assert found
    return [text for text in found if (text in ENGLISH and text not in GERMAN_TOO) or WORDS.search(text)]


@pytest.fixture
def german(client):
    client.cookies["django_language"] = "de"
    return client


PAGES = [address for address in addresses() if address.act is not None]


@pytest.mark.parametrize("address", PAGES, ids=[str(address) for address in PAGES])
def test_no_english_is_left_on_any_page(german, address):
    clinic = made.clinic()
    path = address.path(keys_of(clinic))
    for role in Role:
        cache.clear()
        german.force_login(made.user(clinic, role))
        page = german.get(path)
        is_page = page.headers.get("Content-Type", "").startswith("text/html") and not page.streaming
        if is_page and page.status_code == HTTPStatus.OK and page.content.strip():
            assert english_of(page) == [], f"{role} {path}"


def test_the_sign_in_page_is_german_for_a_german_browser(client):
    page = client.get(reverse("account_login"), headers={"accept-language": "de-DE,de;q=0.9"})
    assert "Anmelden" in texts_of(page)
    assert english_of(page) == []


def test_a_plan_is_read_back_in_german(german, monkeypatch):
    monkeypatch.setattr(times, "today", lambda: clinic_plans.DAY)
    found = clinic_plans.RecordedPlanner()
    monkeypatch.setattr(judging, "planner", lambda: found)
    by = clinic_plans.clinician()
    draft = clinic_plans.proposed_plan(clinic_plans.planned_visit(by), by)
    plan = clinic_plans.fresh(accept_all(EditOf(by, draft.pk, draft.version)))
    german.force_login(by)
    for name in ("plan_editor", "plan_time_out"):
        page = german.get(reverse(name, args=[plan.pk]))
        shown = texts_of(page)
        assert {"LINKS", "RECHTS"} <= set(shown)
        assert not {"LEFT", "RIGHT", "CONTRALATERAL"} & set(shown)
        assert any(text.endswith(" Einheiten") for text in shown)


@pytest.fixture
def treatment():
    """Signed: 2.5 units on the RIGHT, 2.5 and 1.25 units on the LEFT."""
    by = made.user(made.clinic())
    patient = made.patient(by)
    made.palsy(patient, affected_side="left")
    visit = made.visit(patient, timezone.localdate())
    clinic_plans.consent(visit, by)
    begun = start_treatment(by=by, plan_id=made.active_plan(visit, by).pk)
    begun = choose_vial(by=by, pk=begun.pk, version=begun.version, vial_id=made.vial(by).pk, syringe="one_ml")
    give_all_open(by=by, pk=begun.pk, version=None)
    begun.refresh_from_db()
    return sign_treatment(
        by=by, pk=begun.pk, version=begun.version, method="password", given_at=timezone.now()
    )


def test_a_treatment_names_sides_and_doses_in_german(german, treatment):
    german.force_login(treatment.started_by)
    page = german.get(reverse("treatment", args=[treatment.pk]))
    assert english_of(page) == []
    assert any("RECHTS 2.5 Einheiten, LINKS 3.75 Einheiten" in text for text in texts_of(page))


def test_the_sheet_warns_in_german(german, treatment):
    german.force_login(treatment.started_by)
    page = german.get(reverse("patient_sheet", args=[treatment.pk]) + "?language=de")
    shown = " ".join(texts_of(page))
    assert "Auf Ihrer Seite LINKS: das Kinn und der äußere Augenwinkel." in shown
    assert "Auf Ihrer Seite RECHTS: der Stirnrunzler über der Braue." in shown
    assert "Mühe beim Atmen" in shown
    assert "Rufen Sie sofort den Notruf, und sagen Sie, dass Botulinumtoxin gespritzt wurde." in shown


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_as_german_pages_write_it_can_be_typed_back(month):
    made_on = times.today().replace(year=2026, month=month, day=9)
    with translation.override("de"):
        assert parse_day(day(made_on)) == made_on


def test_a_dose_has_a_point_in_every_language():
    with translation.override("de"):
        assert units("2.5") == "2.5 Einheiten"
        assert units("1") == "1 Einheit"
