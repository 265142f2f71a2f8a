"""From the appointment to the end of a visit, one a day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from facialis.clinic.grading.models import Grading
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError, StaleVersionError
from facialis.clinic.kernel.times import today
from facialis.clinic.patients.models import Patient
from facialis.clinic.plans.models import Plan
from facialis.clinic.visits import actions
from facialis.clinic.visits.actions.visits import SecondVisitError
from facialis.clinic.visits.models import Visit, VisitStatus
from facialis.clinic.visits.queries import require_open
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return made.user(made.clinic())


@pytest.fixture
def patient(by):
    return made.patient(by)


def test_the_planned_visit_of_today_is_opened_and_none_is_added(by, patient):
    planned = actions.plan_visit(by=by, patient=patient, day=today(), purpose="treatment")
    opened = actions.open_visit_today(by=by, patient=patient)
    assert opened.pk == planned.pk
    assert opened.status == VisitStatus.OPEN
    assert actions.open_visit_today(by=by, patient=patient).pk == planned.pk
    assert Visit.objects.count() == 1


def test_a_second_visit_of_a_day_says_so_and_leads_to_the_first(client, by, patient):
    first = actions.plan_visit(by=by, patient=patient, day=today(), purpose="review")
    client.force_login(by)
    form = {"day": today().isoformat(), "planned_time": "14:30", "purpose": "review"}
    answer = client.post(reverse("visit_new", args=[patient.pk]), form)
    assert answer.status_code == 422
    assert reverse("visit", args=[first.pk]) in answer.content.decode()
    assert 'value="14:30"' in answer.content.decode()
    assert Visit.objects.count() == 1


def test_the_closed_visit_of_today_is_shown_and_not_opened_again(client, by, patient):
    visit = actions.open_visit_today(by=by, patient=patient)
    actions.close_visit(by=by, visit=visit)
    with pytest.raises(SecondVisitError):
        actions.open_visit_today(by=by, patient=patient)
    client.force_login(by)
    assert client.post(reverse("visit_today", args=[patient.pk])).url == reverse("visit", args=[visit.pk])


def test_the_database_itself_knows_one_visit_a_day(patient):
    made.visit(patient)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.visit(patient)


def test_after_a_cancellation_the_day_is_free_again(by, patient):
    visit = actions.plan_visit(by=by, patient=patient, day=today(), purpose="review")
    actions.cancel_visit(by=by, visit=visit, reason="ill")
    assert actions.open_visit_today(by=by, patient=patient).pk != visit.pk


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"day": (today() - timedelta(days=1)).isoformat()}, "day"),
        ({"day": "02/03/2027"}, "day"),
        ({"planned_time": "25:00"}, "planned_time"),
        ({"purpose": "x"}, "purpose"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused_at_its_field(client, by, patient, values, field):
    client.force_login(by)
    form = {"day": today().isoformat(), "planned_time": "", "purpose": "review", **values}
    answer = client.post(reverse("visit_new", args=[patient.pk]), form)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Visit.objects.exists()


def test_nobody_is_seen_after_death(by, patient):
    Patient.objects.update(deceased_on=today() - timedelta(days=1))
    patient.refresh_from_db()
    with pytest.raises(FieldsError):
        actions.plan_visit(by=by, patient=patient, day=today(), purpose="review")


def test_a_visit_is_opened_on_its_day_only(by, patient):
    visit = actions.plan_visit(by=by, patient=patient, day=today() + timedelta(days=7), purpose="review")
    with pytest.raises(NotNowError, match="on its day"):
        actions.start_visit(by=by, visit=visit)


@pytest.mark.parametrize("status", [status for status in VisitStatus if status != VisitStatus.OPEN])
def test_nothing_is_added_to_a_visit_that_is_not_open(by, patient, status):
    visit = made.visit(patient, status=status)
    with pytest.raises(NotNowError, match="Nothing can be added"):
        require_open(visit)
    with pytest.raises(NotNowError):
        actions.examine(by=by, visit=visit, version=1, values={"dry_eye": "yes"})
    with pytest.raises(NotNowError):
        actions.save_note(by=by, visit=visit, version=1, text="x")


def test_what_was_examined_is_kept_and_an_old_version_refused(by, patient):
    visit = made.visit(patient)
    actions.examine(by=by, visit=visit, version=1, values={"eye_closure": "incomplete", "dry_eye": "yes"})
    row = Visit.objects.get()
    assert (row.eye_closure, row.dry_eye, row.bell_phenomenon) == ("incomplete", "yes", "unknown")
    with pytest.raises(StaleVersionError):
        actions.examine(by=by, visit=visit, version=1, values={"dry_eye": "no"})


def test_an_unsigned_note_or_plan_stops_closing(by, patient):
    visit = made.visit(patient)
    actions.save_note(by=by, visit=visit, version=1, text="Seen.")
    plan = Plan.objects.create(visit=visit, product="onabotulinumtoxinA", day=visit.day, created_by=by)
    with pytest.raises(NotNowError, match=r"plan is drafted.*note is not signed"):
        actions.close_visit(by=by, visit=visit)
    plan.status = "entered_in_error"
    plan.save()
    Visit.objects.update(note="")
    assert actions.close_visit(by=by, visit=visit).status == VisitStatus.CLOSED


def test_an_error_needs_a_clinician_and_a_reason_and_is_kept(client, by, patient):
    visit = made.visit(patient)
    with pytest.raises(NotPermittedError):
        actions.mark_visit_error(by=made.user(by.clinic, Role.ASSISTANT), visit=visit, reason="x")
    with pytest.raises(FieldsError):
        actions.mark_visit_error(by=by, visit=visit, reason="x")
    actions.mark_visit_error(by=by, visit=visit, reason="Wrong patient")
    client.force_login(by)
    page = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "Wrong patient" in page
    assert "entered-in-error" in page
    record = client.get(reverse("patient", args=[patient.pk])).content.decode()
    assert "<s>02-Mar-2026</s>" in record


def test_a_visit_with_a_plan_is_not_marked_as_an_error(by, patient):
    visit = made.visit(patient)
    Plan.objects.create(visit=visit, product="onabotulinumtoxinA", day=visit.day, created_by=by)
    with pytest.raises(NotNowError):
        actions.mark_visit_error(by=by, visit=visit, reason="Wrong patient")


def test_another_clinic_neither_opens_nor_changes_a_visit(client, patient):
    visit = made.visit(patient, day=today(), status=VisitStatus.PLANNED)
    client.force_login(made.user(made.clinic()))
    for name in ("visit_open", "visit_close", "visit_cancel", "visit_error", "visit_note", "visit_edit"):
        assert client.post(reverse(name, args=[visit.pk]), {"reason": "x"}).status_code == 404
    assert client.post(reverse("visit_today", args=[patient.pk])).status_code == 404
    assert client.post(reverse("visit_new", args=[patient.pk])).status_code == 404
    assert Visit.objects.get().status == VisitStatus.PLANNED


def test_home_says_who_comes_in_order_and_what_is_due(client, by, django_assert_max_num_queries):
    client.force_login(by)
    for number in range(12):
        one = made.patient(by, family_name=f"Name{number:02d}")
        visit = actions.plan_visit(
            by=by, patient=one, day=today(), planned_time=f"{8 + number:02d}:00", purpose="review"
        )
        if number == 1:
            opened = actions.start_visit(by=by, visit=visit)
            actions.save_note(by=by, visit=opened, version=opened.version, text="Seen.")
            Grading.objects.create(visit=opened, instrument="sunnybrook", by=by)
    elsewhere = made.user(made.clinic())
    actions.plan_visit(
        by=elsewhere, patient=made.patient(elsewhere, family_name="Foreign"), day=today(), purpose="review"
    )
    with django_assert_max_num_queries(25):
        page = client.get(reverse("home")).content.decode()
    places = [page.index(f"NAME{number:02d}") for number in range(12)]
    assert places == sorted(places)
    assert "FOREIGN" not in page
    assert "Take the history" in page
    assert "note, preliminary" in page
    assert "Sunnybrook" in page


@pytest.mark.parametrize(
    ("role", "shown"),
    [(Role.RESEARCHER, "Pseudonyms"), (Role.ADMINISTRATOR, "An administrator sees no patients")],
)
def test_others_have_their_own_home_without_patients(client, by, patient, role, shown):
    made.visit(patient, day=today())
    client.force_login(made.user(by.clinic, role))
    page = client.get(reverse("home")).content.decode()
    assert shown in page
    assert "INVENTED" not in page


def test_the_next_sensible_step_is_the_main_button(client, by, patient):
    visit = made.visit(patient)
    client.force_login(by)
    assert "Take the history" in client.get(reverse("visit", args=[visit.pk])).content.decode()
    made.palsy(patient)
    listed = {"state": "none", "codes": [], "others": []}
    Patient.objects.update(conditions=listed, medication=listed, allergies=listed, earlier_toxin="none")
    answer = client.get(reverse("visit", args=[visit.pk]))
    assert answer.context["next_step"].key == "consent"


def test_a_visit_in_the_past_keeps_its_day(patient):
    assert str(made.visit(patient, day=date(2025, 1, 2))) == "visit of 2025-01-02"
