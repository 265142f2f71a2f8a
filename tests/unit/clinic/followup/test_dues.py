"""Who is called back, and when."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from facialis.clinic.accounts.models import Role
from facialis.clinic.followup.actions import cancel_due, fulfil_dues
from facialis.clinic.followup.models import Due
from facialis.clinic.followup.queries import open_dues, state_of
from facialis.clinic.followup.views import recalls as recall_views
from facialis.clinic.kernel import long_lists
from facialis.clinic.kernel.errors import FieldsError, NotPermittedError
from facialis.clinic.visits.actions.visits import close_visit
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def due(patient, kind="review", *, start=0, end=14, **changes):
    days = [TODAY + timedelta(days=number) for number in (start, start, end)]
    return Due.objects.create(
        patient=patient,
        kind=kind,
        **dict(zip(("earliest", "target", "latest"), days, strict=True)),
        **changes,
    )


@pytest.fixture
def clinician(db):  # noqa: ARG001  the fixture opens the database
    return made.user(made.clinic())


@pytest.fixture
def patient(clinician):
    return made.patient(clinician)


@pytest.mark.parametrize(
    ("start", "end", "state"), [(-30, -1, "overdue"), (-30, 0, "now"), (0, 14, "now"), (1, 14, "soon")]
)
def test_a_due_is_overdue_after_its_window_and_not_on_its_last_day(patient, start, end, state):
    assert state_of(due(patient, start=start, end=end), TODAY) == state


def test_the_list_holds_the_own_clinic_only_and_nobody_who_died(clinician, patient):
    mine = due(patient)
    due(made.patient(clinician, deceased_on=TODAY))
    due(made.patient(made.user(made.clinic())))
    due(patient, "repeat", start=29, end=40)
    assert list(open_dues(clinician, TODAY)) == [mine]


def test_a_review_fulfils_the_review_and_not_the_repeat(clinician, patient):
    review, repeat = due(patient), due(patient, "repeat")
    assert fulfil_dues(by=clinician, visit=made.visit(patient, TODAY)) == 1
    review.refresh_from_db()
    repeat.refresh_from_db()
    assert (review.status, repeat.status) == ("done", "open")


def test_closing_a_visit_does_the_review_that_was_due(clinician, patient):
    review = due(patient)
    close_visit(by=clinician, visit=made.visit(patient, TODAY))
    review.refresh_from_db()
    assert (review.status, review.visit.day) == ("done", TODAY)


def test_a_visit_before_the_window_fulfils_nothing(clinician, patient):
    due(patient, start=3)
    assert fulfil_dues(by=clinician, visit=made.visit(patient, TODAY)) == 0


def test_a_patient_is_taken_off_the_list_with_a_reason_only(clinician, patient):
    row = due(patient)
    for reason in ("  ", "a" * 401):
        with pytest.raises(FieldsError):
            cancel_due(by=clinician, pk=row.pk, reason=reason)
    with pytest.raises(NotPermittedError):
        cancel_due(by=made.user(clinician.clinic, Role.RESEARCHER), pk=row.pk, reason="moved")
    assert cancel_due(by=clinician, pk=row.pk, reason="moved away").status == "cancelled"


def test_the_recall_list_takes_few_queries(client, clinician, django_assert_max_num_queries):
    for _ in range(60):
        due(made.patient(clinician), start=-3, end=-1)
    client.force_login(clinician)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("recalls"))
    assert page.content.decode().count("overdue") >= 50


@pytest.mark.parametrize(("dues", "told", "pages"), [(3, False, 1), (6, True, 2)])
def test_a_very_long_list_says_that_it_is_cut(client, clinician, patient, monkeypatch, dues, told, pages):
    monkeypatch.setattr(long_lists, "COUNTED", 4)
    monkeypatch.setattr(recall_views, "ROWS", 3)
    for number in range(dues):
        due(patient, start=-20 - number, end=-10 - number)
    client.force_login(clinician)
    page = client.get(reverse("recalls"))
    assert page.context["page"].paginator.is_cut is told
    assert page.context["page"].paginator.num_pages == pages
    assert ("are to be called back" in page.content.decode()) is told
    assert [row.due.latest for row in page.context["rows"]] == sorted(
        TODAY - timedelta(days=10 + number) for number in range(dues)
    )[:3]
