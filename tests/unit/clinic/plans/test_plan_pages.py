"""The pages of plans as a browser asks for them, with and without scripts."""

import re
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.models import AuditEntry
from facialis.clinic.plans import tasks
from facialis.clinic.plans.actions.editing import EditOf, accept_all
from facialis.clinic.plans.edit_words import words_of
from tests.factories import clinic as records
from tests.factories import clinic_plans as made

pytestmark = pytest.mark.slow

MOST_QUERIES = 25
PIECES = {"X-Plan-Pieces": "yes"}
TICKED = {"identity": "on", "side": "on", "product": "on", "consent": "on"}


@pytest.fixture
def browser(client, clinician):
    client.force_login(clinician)
    return client


def address(name, plan):
    return reverse(name, args=[plan.visit_id if name == "plan" else plan.pk])


def shown(page, name):
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def edit(browser, plan, kind, **fields):
    given = {"kind": kind, "version": made.fresh(plan).version, **fields}
    return browser.post(address("plan_edit", plan), given, headers=PIECES)


def time_out(browser, plan, **fields):
    page = browser.get(address("plan_time_out", plan))
    given = {"version": shown(page, "version"), "shown": shown(page, "shown"), "password": records.PASSWORD}
    return browser.post(address("plan_time_out", plan), given | TICKED | fields)


@contextmanager
def few_queries():
    """At most so many; savepoints are of the transaction that each test runs in."""
    with CaptureQueriesContext(connection) as made_queries:
        yield
    asked = [one["sql"] for one in made_queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)


@pytest.mark.usefixtures("planner")
def test_the_first_page_shows_what_the_record_knows_and_asks_the_rest(browser, visit):
    text = browser.get(reverse("plan", args=[visit.pk])).content.decode()
    assert "Consent is given and not withdrawn." in text
    assert 'name="point_of_list_off_label_consent"' not in text
    assert 'name="point_of_list_diagnosis_confirmed"' in text
    assert 'name="confirms_ranges"' in text
    assert not re.search(r'name="confirms_ranges"[^>]*checked', text)


def test_from_the_first_page_to_the_editor(browser, visit, planner, clinician):
    page = browser.post(
        reverse("plan", args=[visit.pk]), {"product": "onabotulinumtoxinA", "start": "proposal"}
    )
    plan = visit.plans.get()
    assert page.status_code == 302
    waiting = browser.get(reverse("plan", args=[visit.pk]))
    assert "The proposal is being made" in waiting.content.decode()
    assert browser.get(address("plan_progress", plan)).status_code == 200
    tasks.propose_plan.func(str(plan.pk), clinician.pk)
    assert browser.get(address("plan_progress", plan))["HX-Redirect"] == address("plan_editor", plan)
    assert browser.get(reverse("plan", args=[visit.pk])).url == address("plan_editor", plan)
    assert planner.asked


@pytest.mark.usefixtures("planner")
def test_without_a_product_the_form_comes_back_with_its_error(browser, visit):
    page = browser.post(reverse("plan", args=[visit.pk]), {"point_of_list_diagnosis_confirmed": "yes"})
    assert page.status_code == 422
    assert "error-summary" in page.content.decode()
    assert re.search(r'value="yes"[^>]*checked', page.content.decode())
    assert not visit.plans.exists()


def test_a_stopped_plan_says_what_to_do(browser, visit, planner, clinician):
    planner.stops_with = [made.finding("no_photographs", "stop")]
    plan = made.proposed_plan(visit, clinician)
    text = browser.get(address("plan", plan)).content.decode()
    assert "The sentence of no_photographs." in text
    assert "What to do." in text
    assert "plan_override" not in text
    assert browser.get(address("plan_editor", plan)).status_code == 302


@pytest.mark.parametrize("name", ["plan_editor", "plan_time_out"])
def test_pages_ask_few_questions_of_the_database(name, browser, accepted):
    with few_queries():
        assert browser.get(address(name, accepted)).status_code == 200


def test_the_signed_page_and_the_first_page_ask_few_questions(browser, accepted, sign):
    with few_queries():
        browser.get(address("plan", accepted) + "?grounds=1")
    sign(accepted)
    with few_queries():
        assert browser.get(address("plan_signed", accepted)).status_code == 200


def test_an_edit_asks_few_questions(browser, accepted):
    with few_queries():
        assert edit(browser, accepted, "remove", target="mentalis", side="left").status_code == 200


def test_an_edit_is_answered_with_the_pieces_that_it_changes(browser, draft):
    page = edit(browser, draft, "place", target="frontalis", side="right", point_1="2", key=uuid4())
    text = page.content.decode()
    assert "<html" not in text
    for piece in ("plan-notice", "plan-rows", "plan-bar", "plan-course", "findings", "plan-diagram-marks"):
        assert f'id="{piece}" data-piece' in text
    assert "RIGHT 2 units" in text
    assert f'data-version="{made.fresh(draft).version}"' in text


def test_without_scripts_an_edit_leads_back_to_the_editor(browser, draft):
    given = {"kind": "accept", "target": "frontalis", "side": "right", "version": draft.version}
    page = browser.post(address("plan_edit", draft), given)
    assert page.url == address("plan_editor", draft)
    refused = browser.post(address("plan_edit", draft), given | {"kind": "place", "point_1": "2"})
    assert refused.status_code == 409
    assert "Somebody else changed this plan" in refused.content.decode()


def test_the_second_editor_sees_who_did_what(browser, draft, clinician):
    seen = draft.version
    other = made.clinician(clinician.clinic, first_name="Grace")
    accept_all(EditOf(other, draft.pk, seen))
    page = edit(browser, draft, "remove", version=seen, target="mentalis", side="left")
    assert page.status_code == 409
    text = page.content.decode()
    assert other.signature_name in text
    assert "accepted everything as suggested" in text
    assert len(made.fresh(draft).choices) == 15


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "nothing"}, "no such edit"),
        ({"kind": "place", "target": "frontalis", "side": "right", "point_1": "2,500"}, "2500 or as 2.5"),
        ({"kind": "place", "target": "frontalis", "side": "right", "point_1": "abc"}, "one decimal mark"),
        ({"kind": "place", "target": "frontalis", "side": "right", "point_1": "-1"}, "0 or more"),
        ({"kind": "place", "target": "frontalis", "side": "right", "point_1": "2.6"}, "between two steps"),
        ({"kind": "remove", "target": "deltoid", "side": "right"}, "no such target"),
        ({"kind": "alternative", "number": "x"}, "no such alternative"),
        ({"kind": "place", "target": "frontalis", "side": "right", "point_x": "1"}, "no point"),
    ],
)
def test_an_edit_that_cannot_be_is_refused_in_words(fields, words, browser, draft):
    page = edit(browser, draft, **fields)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert made.fresh(draft).choices == []


def test_accepting_everything_is_asked_first_with_totals_and_what_is_from_memory(browser, draft):
    text = browser.get(address("plan_editor", draft)).content.decode()
    button = re.search(r'<button[^>]*id="accept-all"[^>]*>', text)[0]
    assert 'data-confirm="Take over every suggested dose?"' in button
    recalled = [one for one in draft.proposal["targets"] if one["is_proposed"]]
    recalled = [one for one in recalled if one["evidence"]["source"]["tag"].startswith("recall")]
    assert recalled
    assert f"{len(recalled)} of " in button
    assert re.search(r"RIGHT [0-9.]+ units", button)
    assert re.search(r"LEFT [0-9.]+ units", button)


def test_points_are_named_by_where_they_lie(browser, accepted):
    text = browser.get(address("plan_editor", accepted)).content.decode()
    assert 'aria-label="Units, RIGHT Frontalis, point 1 (lower row, medial)"' in text
    assert "RIGHT Frontalis, point 2 (lower row, central), 2.5 units" in text, "the circle says the same"
    text = browser.get(address("plan_time_out", accepted)).content.decode()
    assert "point 1 (lower row, medial)" in text


@pytest.mark.parametrize("typed", ["2,5", "2.5", " 2,5 "])
def test_a_decimal_comma_is_a_decimal_point(typed, browser, draft):
    page = edit(browser, draft, "place", target="frontalis", side="right", point_1=typed)
    assert page.status_code == 200
    assert [one["amount"] for one in made.fresh(draft).choices] == ["2.5"]
    field = re.search(r'<input[^>]*id="dose-right-frontalis-1"[^>]*>', page.content.decode())[0]
    assert 'type="text"' in field, "a number field of a browser drops the comma"
    assert 'value="2.5"' in field


def test_the_time_out_names_the_representative_who_consented(browser, accepted):
    text = browser.get(address("plan_time_out", accepted)).content.decode()
    assert "Person Invented" in text
    assert "signed for the patient by" not in text
    who = {"signed_name": "Anna Muster", "signed_by": "representative", "representation": "mother of a minor"}
    made.consent(accepted.visit, accepted.created_by, **who)
    text = browser.get(address("plan_time_out", accepted)).content.decode()
    assert "signed for the patient by <strong>Anna Muster</strong> (mother of a minor)" in text


def test_one_unit_is_not_units(browser, draft):
    edit(browser, draft, "place", target="frontalis", side="right", point_1="1")
    page = edit(browser, draft, "place", target="frontalis", side="right", point_1="1.1")
    text = page.content.decode()
    assert "The plan keeps 1 unit, as shown." in text
    assert not re.search(r"(?<![\d.])1 units", text)
    one = made.fresh(draft).edits.order_by("pk").first()
    assert words_of(one).endswith("1 unit")


def test_a_refused_dose_is_named_at_its_row_and_the_kept_one_is_shown(browser, draft):
    edit(browser, draft, "place", target="frontalis", side="right", point_1="2.5")
    page = edit(browser, draft, "place", target="frontalis", side="right", point_1="2.6")
    assert page.status_code == 422
    text = page.content.decode()
    row = text[text.index('id="row-right-frontalis"') :]
    row = row[: row.index("</li>")]
    assert "between two steps" in row
    assert "The plan keeps 2.5 units" in row
    assert 'value="2.5"' in row
    assert "2.6" not in re.search(r'<input[^>]*id="dose-right-frontalis-1"[^>]*>', row)[0]
    assert text.count("plan-row--refused") == 1


def test_a_reason_that_tells_nothing_is_refused_at_its_field(browser, accepted, planner):
    planner.findings = [made.finding("above_total_range", "warn", ("frontalis", "RIGHT"))]
    edit(browser, accepted, "check")
    page = edit(browser, accepted, "reason", finding="above_total_range:RIGHT frontalis", reason="x")
    assert page.status_code == 422
    text = page.content.decode()
    field = re.search(r'<textarea[^>]*aria-invalid="true"[^>]*>x</textarea>.*?</form>', text, re.DOTALL)
    assert "at least 10 characters" in field[0]
    assert made.fresh(accepted).reasons == {}


def test_what_a_person_types_is_never_markup(browser, accepted, planner):
    planner.findings = [made.finding("above_total_range", "warn", ("frontalis", "RIGHT"))]
    edit(browser, accepted, "check")
    edit(
        browser, accepted, "reason", finding="above_total_range:RIGHT frontalis", reason="<b>bold</b> enough"
    )
    text = browser.get(address("plan_editor", accepted)).content.decode()
    assert "<b>bold</b>" not in text
    assert "&lt;b&gt;bold&lt;/b&gt;" in text


@pytest.mark.parametrize("name", ["plan_editor", "plan_time_out"])
def test_pages_keep_to_the_content_policy(name, browser, accepted):
    text = browser.get(address(name, accepted)).content.decode()
    assert not re.search(r"<[^>]+\sstyle=", text)
    assert not re.search(r"<[^>]+\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_the_read_back_says_counts_and_units_by_side(browser, accepted):
    text = re.sub(r"<[^>]+>|\s+", " ", browser.get(address("plan_time_out", accepted)).content.decode())
    text = re.sub(r"\s+", " ", text)
    assert "RIGHT CONTRALATERAL 6 sites, 10 units" in text
    assert "LEFT affected 9 sites, 26 units" in text
    assert "Session 36 units onabotulinumtoxinA in 15 points" in text


def test_signed_on_the_page_with_the_password(browser, accepted, clinician):
    page = time_out(browser, accepted)
    assert page.url == address("plan_signed", accepted)
    signed = made.fresh(accepted)
    assert (signed.status, signed.signature.method) == ("active", "password")
    text = browser.get(page.url).content.decode()
    assert signed.signature.document_sha256 in text
    assert clinician.signature_name in text
    assert browser.get(address("plan_editor", accepted)).url == address("plan_signed", accepted)
    assert edit(browser, accepted, "accept_all").status_code == 302


def test_a_second_sending_leads_to_the_same_signature(browser, accepted):
    page = browser.get(address("plan_time_out", accepted))
    given = {"version": shown(page, "version"), "shown": shown(page, "shown"), "password": records.PASSWORD}
    answers = [browser.post(address("plan_time_out", accepted), given | TICKED) for _ in range(2)]
    assert [answer.url for answer in answers] == [address("plan_signed", accepted)] * 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"password": "wrong"}, "not your password"),
        ({"password": ""}, "Enter your password"),
        ({"consent": ""}, "Read it aloud and tick it"),
    ],
)
def test_a_signature_that_fails_says_why_and_keeps_the_ticks(fields, words, browser, accepted):
    page = time_out(browser, accepted, **fields)
    text = page.content.decode()
    assert page.status_code == 422
    assert words in text
    assert re.search(r'name="identity"[^>]*checked', text)
    assert made.fresh(accepted).status == "draft"


def test_ticks_do_not_count_for_a_read_back_that_changed(browser, accepted):
    page = browser.get(address("plan_time_out", accepted))
    given = {"version": shown(page, "version"), "shown": shown(page, "shown"), "password": records.PASSWORD}
    edit(browser, accepted, "remove", target="mentalis", side="left")
    answer = browser.post(address("plan_time_out", accepted), given | TICKED)
    assert answer.status_code == 422
    assert not re.search(r'name="identity"[^>]*checked', answer.content.decode())
    assert made.fresh(accepted).status == "draft"


def test_an_assistant_reads_back_and_sees_nothing_to_sign(client, accepted, clinician):
    client.force_login(records.user(clinician.clinic, Role.ASSISTANT))
    text = client.get(address("plan_time_out", accepted)).content.decode()
    assert "A clinician signs." in text
    assert 'name="password"' not in text


def test_amend_revoke_and_error_on_the_page(browser, accepted):
    time_out(browser, accepted)
    assert browser.post(address("plan_amend", accepted), {"reason": ""}).status_code == 422
    assert browser.post(address("plan_amend", accepted), {"reason": "Less on the left."}).status_code == 302
    assert "An amendment is drafted" in browser.get(address("plan_signed", accepted)).content.decode()
    assert browser.post(address("plan_revoke", accepted), {"reason": "Not today, no."}).status_code == 302
    assert "Revoked" in browser.get(address("plan_signed", accepted)).content.decode()


def test_a_plan_entered_in_error_is_shown_struck_through(browser, accepted):
    time_out(browser, accepted)
    browser.post(address("plan_error", accepted), {"reason": "Another patient."})
    text = browser.get(address("plan_signed", accepted)).content.decode()
    assert 'class="entered-in-error"' in text
    assert "Another patient." in text


NAMES = ["plan", "plan_editor", "plan_progress", "plan_time_out", "plan_signed"]
WRITES = ["plan_edit", "plan_propose", "plan_override", "plan_revoke", "plan_error", "plan_amend"]


@pytest.mark.parametrize("name", NAMES)
def test_another_clinic_finds_nothing(name, client, accepted):
    client.force_login(made.clinician())
    assert client.get(address(name, accepted)).status_code == 404


@pytest.mark.parametrize("name", WRITES)
def test_another_clinic_changes_nothing(name, client, accepted):
    client.force_login(made.clinician())
    given = {"reason": "No.", "kind": "accept_all", "version": accepted.version}
    assert client.post(address(name, accepted), given).status_code == 404
    assert made.fresh(accepted).version == accepted.version


@pytest.mark.parametrize("name", WRITES)
def test_writes_are_never_made_by_following_a_link(name, browser, accepted):
    assert browser.get(address(name, accepted)).status_code == 405


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
def test_who_sees_no_patients_sees_no_plans(role, client, accepted, clinician):
    client.force_login(records.user(clinician.clinic, role))
    for name in NAMES:
        assert client.get(address(name, accepted)).status_code == 403


def test_every_read_and_edit_is_audited(browser, accepted):
    before = AuditEntry.objects.count()
    browser.get(address("plan_editor", accepted))
    edit(browser, accepted, "remove", target="mentalis", side="left")
    found = list(AuditEntry.objects.filter(number__gt=before).order_by("number"))
    assert [(one.verb, one.what) for one in found] == [("read", "page.plan_editor"), ("change", "plans.plan")]
    assert {one.patient for one in found} == {accepted.visit.patient_id}


def test_the_language_of_the_page_does_not_change_what_is_signed(browser, accepted):
    browser.cookies["django_language"] = "de"
    time_out(browser, accepted)
    assert made.fresh(accepted).signature.document["read_back"]["product"] == "onabotulinumtoxinA"
    assert made.fresh(accepted).signature.document["read_back"]["patient"]["family_name"] == "Invented"
