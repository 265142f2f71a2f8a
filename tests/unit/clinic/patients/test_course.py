"""The drawing of a patient's course: nothing leaves it, nothing that counts is left out of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from facialis.clinic.followup.models import AdverseEvent, Due
from facialis.clinic.kernel.times import today
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.patients.banner import banner_of
from facialis.clinic.patients.models import EarlierTreatment
from facialis.clinic.patients.overview import overview_of
from facialis.clinic.patients.timeline import (
    LEFT,
    MOST_TICKS,
    RIGHT,
    TrendPoint,
    faded_on,
    placed_trend,
    span_of,
    ticks_of,
    trend_y,
)
from facialis.clinic.treatments.models import Treatment, TreatmentPoint
from tests.factories import clinic as made

days = st.dates(date(1950, 1, 1), date(2060, 12, 31))


@given(st.lists(days, max_size=8), days)
def test_every_day_lies_within_the_drawing_and_in_its_order(known, now):
    span = span_of(known, now)
    places = [span.x(day) for day in sorted([*known, now])]
    assert all(LEFT <= place <= RIGHT for place in places)
    assert places == sorted(places)


@given(st.lists(days, max_size=8), days)
def test_marks_of_the_calendar_can_be_read(known, now):
    ticks = ticks_of(span_of(known, now))
    assert 1 <= len(ticks) <= MOST_TICKS + 2
    assert [tick.x for tick in ticks] == sorted(tick.x for tick in ticks)


@given(st.floats(-50, 150), st.floats(-50, 150))
def test_a_higher_index_is_never_drawn_lower(one, other):
    lower, higher = sorted((one, other))
    assert trend_y(higher) <= trend_y(lower)


def test_one_point_has_neither_line_nor_band():
    span = span_of([], date(2026, 1, 1))
    placed, line, band = placed_trend(span, [TrendPoint(date(2026, 1, 1), 50, 4)])
    assert (len(placed), line, band) == (1, "", "")


def test_the_band_goes_out_above_and_back_below():
    span = span_of([], date(2026, 1, 1))
    points = [TrendPoint(date(2025, 12, 1), 50, 5), TrendPoint(date(2026, 1, 1), 60, 5)]
    _placed, _line, band = placed_trend(span, points)
    heights = [float(pair.split(",")[1]) for pair in band.split()]
    assert heights == [trend_y(55), trend_y(65), trend_y(55), trend_y(45)]


def test_a_treatment_has_faded_after_four_months():
    assert faded_on(date(2026, 10, 31)) == date(2027, 2, 28)


pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return made.user(made.clinic())


@pytest.fixture
def patient(by):
    patient = made.patient(by)
    made.palsy(patient, onset=date(2024, 1, 5), corticosteroid_days=10, retraining_start=date(2024, 6, 1))
    return patient


def measured(visit, number, value, sd=3.0):
    Measurement.objects.create(
        visit=visit,
        number=number,
        document={},
        document_sha256="0" * 64,
        point_sets=[],
        symmetry_index=value,
        symmetry_index_sd=None if value is None else sd,
    )


def injected(visit, by, status="preliminary", units="2.5"):
    plan = made.active_plan(visit, by)
    treatment = Treatment.objects.create(
        plan=plan, vial=made.vial(by), started_by=by, given_at=timezone.now()
    )
    for order, given_units in enumerate((units, None)):
        TreatmentPoint.objects.create(
            treatment=treatment,
            order=order,
            target="mentalis",
            side="left",
            point=order + 1,
            planned_units=Decimal(units),
            given_units=given_units,
            status="given" if given_units else "open",
        )
    Treatment.objects.filter(pk=treatment.pk).update(
        status=status, signature=plan.signature if status == "final" else None
    )
    return treatment


def test_the_newest_measurement_of_a_visit_counts(patient):
    visit = made.visit(patient, day=date(2025, 1, 7))
    measured(visit, 1, 40.0)
    measured(visit, 2, 55.0)
    trend = overview_of(patient).line.trend
    assert [one.point.value for one in trend] == [55.0]


def test_a_newer_measurement_without_an_index_is_not_passed_over_for_an_older_one(patient):
    visit = made.visit(patient, day=date(2025, 1, 7))
    measured(visit, 1, 40.0)
    measured(visit, 2, None)
    assert overview_of(patient).line.trend == []


def test_a_visit_that_was_an_error_is_listed_and_not_drawn(patient):
    visit = made.visit(patient, day=date(2025, 1, 7), status="entered_in_error")
    measured(visit, 1, 40.0)
    overview = overview_of(patient)
    assert [one.visit for one in overview.visits] == [visit]
    assert (overview.line.dots, overview.line.trend) == ([], [])


@pytest.mark.parametrize("status", ["preliminary", "final"])
def test_toxin_that_was_given_counts_also_before_its_record_is_signed(by, patient, status):
    EarlierTreatment.objects.create(patient=patient, day=date(2025, 3, 1), product="incobotulinumtoxinA")
    injected(made.visit(patient, day=today()), by, status)
    last = banner_of(patient).last_toxin
    assert (last.day, last.product, last.units) == (today(), "onabotulinumtoxinA", Decimal("2.5"))
    kinds = [bar.kind for bar in overview_of(patient).line.bars]
    assert kinds == ["medication", "retraining", "elsewhere", "treatment"]


def test_a_treatment_that_was_an_error_counts_no_more(by, patient):
    injected(made.visit(patient, day=today()), by, "entered_in_error")
    assert banner_of(patient).last_toxin is None


def test_the_page_holds_it_all_in_few_queries(client, by, patient, django_assert_max_num_queries):
    for number in range(8):
        visit = made.visit(patient, day=date(2025, 1, 7) + timedelta(days=90 * number))
        measured(visit, 1, 50.0 + number)
    injected(made.visit(patient, day=today()), by, "final")
    Due.objects.create(
        patient=patient, kind="review", earliest=today(), target=today(), latest=today() + timedelta(days=14)
    )
    AdverseEvent.objects.create(
        patient=patient, kind="eyelid_ptosis", onset=today(), seriousness="not_serious", reported_by=by
    )
    client.force_login(by)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("patient", args=[patient.pk])).content.decode()
    assert page.count('class="curve__dot"') == 8
    assert "course__bar--treatment" in page
    assert "course__bar--due" in page
    assert "Eyelid ptosis" in page
    assert "Treatment with onabotulinumtoxinA" in page
    assert "style=" not in page
