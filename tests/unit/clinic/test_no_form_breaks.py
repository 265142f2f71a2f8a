"""Whatever is typed or sent into any form, the clinic refuses it or keeps it: it never breaks.

More examples: FACIALIS_FUZZ_EXAMPLES=200. They are the same in each run; FACIALIS_FUZZ_SEED=7 draws others.
"""

import gc
import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from facialis.clinic.photographs import incoming
from tests.fuzz.forms import NOBODY, catalogued_world
from tests.fuzz.hostile import VALUES, Filling, fillings, plausible, sharp_fillings
from tests.fuzz.html_forms import page_of
from tests.fuzz.sending import chain_faults, client_of, fingerprint_of, send, undone

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    # Django leaves it to the collector to close the first files of a request whose later ones are broken.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

EXAMPLES = int(os.environ.get("FACIALIS_FUZZ_EXAMPLES", "5"))
SEED = int(os.environ.get("FACIALIS_FUZZ_SEED", "20"))
ROOMS = (
    "accounts",
    "audit",
    "followup",
    "grading",
    "measurements",
    "patients",
    "photographs",
    "plans",
    "research",
    "site",
    "treatments",
    "visits",
)
WITHOUT_FORMS = frozenset({"research"})
SHORT_TEXT = 120
SUMMARIES = frozenset({"error-summary", "refusal", "callout--stop"})
"""Where a page says at its top what was refused."""
SHOWS_WHAT_IS_SAVED = frozenset({"plan_edit"})
"""A refused dose is quoted in the refusal; the table beside the face shows the doses of the plan."""


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    """World and catalogue, built once; each test puts back what it writes."""
    del django_db_setup
    with django_db_blocker.unblock(), catalogued_world() as made:
        yield made


@pytest.fixture
def senders(found):
    """A browser for each role."""
    world, _ = found
    made = {role.value: client_of(person) for role, person in world.ours.people.items()}
    return {**made, NOBODY: client_of()}


def test_no_page_that_can_be_reached_breaks(found):
    _, catalogue = found
    assert not catalogue.faults, "\n".join(sorted(set(catalogue.faults)))
    assert set(catalogue.pages.values()) <= {200, 204, 302, 404, 405}


def test_the_search_of_every_page_leads_to_the_patients(found):
    _, catalogue = found
    searches = [one for one in catalogue.forms if one.form.names == ("q",)]
    assert {one.name for one in searches} == {"patients"}


@pytest.mark.parametrize("room", ROOMS)
def test_no_form_breaks(room, found, senders):
    world, catalogue = found
    forms = catalogue.of_room(room)
    assert forms or room in WITHOUT_FORMS
    theirs = (world.theirs.clinic, fingerprint_of(world.theirs.clinic))
    faults = Counter()
    for one in forms:
        client = senders[one.role]
        for filling in (Filling(plausible(one.form)), *sharp_fillings(one.form)):
            for fault in _sent(one, client, filling, theirs):
                faults[f"{one.label}: {fault}, such as of {_differing(filling, one.form)}"] += 1
        faults += _fuzzed(one, client, world, theirs)
    gc.collect()
    assert not list(incoming.folder().iterdir()), "an upload was left lying"
    assert not faults, "\n".join(f"{count} x {fault}" for fault, count in faults.most_common())


def test_the_audit_holds_after_everything_that_was_sent(found, senders):
    """Here nothing is put back between one form and the next."""
    world, catalogue = found
    theirs = (world.theirs.clinic, fingerprint_of(world.theirs.clinic))
    faults = Counter()
    for one in catalogue.forms:
        if one.name in {"account_logout", "account_login"}:
            continue
        filled = plausible(one.form)
        outcome = _posted(senders[one.role], one, Filling(filled), theirs)
        for fault in outcome.faults:
            faults[f"{one.label}: {fault}"] += 1
    faults.update(chain_faults())
    assert not faults, "\n".join(faults)


def _fuzzed(one, client, world, theirs):
    faults = Counter()

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(fillings(one.form, world))
    def breaks_nothing(filling):
        for fault in _sent(one, client, filling, theirs):
            faults[f"{one.label}: {fault}, such as of {str(filling.short())[:400]}"] += 1

    breaks_nothing()
    return faults


def _differing(filling, form):
    meant = plausible(form)
    return {name: str(value)[:30] for name, value in filling.values.items() if meant.get(name) != value}


def _sent(one, client, filling, theirs):
    with undone(client):
        outcome = _posted(client, one, filling, theirs)
        if outcome.status in {302, 303}:
            outcome.faults += chain_faults()
    yield from outcome.faults
    if outcome.status == 422 and outcome.text and "text/html" in outcome.headers.get("Content-Type", ""):
        yield from _refusal_faults(one, filling, outcome)


def _posted(client, one, filling, theirs):
    address = f"{one.path}?{one.query}" if one.query else one.path
    if one.form.method == "get":
        query = filling.body()[0] if not filling.is_multipart else b""
        return send(client, "get", f"{one.path}?{query.decode()}", theirs=theirs)
    body, kind = filling.body()
    return send(client, "post", address, body, theirs=theirs, content_type=kind)


def _refusal_faults(one, filling, outcome):
    """A refused page says so at its top, and keeps what was typed."""
    page = page_of(outcome.text)
    if "<html" not in outcome.text:
        return  # a piece for htmx
    if filling.values and not page.classes & SUMMARIES:
        yield "422 without a summary of the errors"
    for field in () if one.name in SHOWS_WHAT_IS_SAVED else one.form.fields:
        if field.kind not in {"text", "textarea"} or field.name not in filling.values:
            continue
        typed = filling.values[field.name][-1]
        if typed in KEPT and page.typed.get(field.name) and not _keeps(page, field.name, typed):
            yield f"422 forgets what was typed into {field.name}: {typed!r}"


KEPT = frozenset(value for value in VALUES if value.isprintable() and 0 < len(value.strip()) <= SHORT_TEXT)
"""What a browser sends back as it was typed."""


def _keeps(page, name, typed):
    return any(typed.strip() == kept.strip() for kept in page.typed[name])
