"""A researcher sees measures of people who agreed, and nothing that names them."""

import csv
import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.models import AuditEntry, Verb
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.research.queries import are_few_alike, records
from facialis.clinic.treatments.models import Treatment, TreatmentPoint
from facialis.clinic.visits.models import Consent, ConsentText
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
DATES = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}-[A-Z][a-z]{2}-\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
MINUTE = iter(range(10_000))


@pytest.fixture
def clinician():
    return made.user(made.clinic())


@pytest.fixture
def researcher(clinician):
    return made.user(clinician.clinic, Role.RESEARCHER, username="reader")


@pytest.fixture
def reader(client, researcher):
    client.force_login(researcher)
    return client


def decide(patient, decision="given", kind="research"):
    """Say so, later than everything said before."""
    by, visit = patient.created_by, patient.visits.order_by("day").first()
    text, _ = ConsentText.objects.get_or_create(
        clinic=patient.clinic, kind=kind, number=1, defaults={"title": "t", "text": "x", "sha256": "0" * 64}
    )
    at = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("UTC")).replace(microsecond=next(MINUTE))
    Consent.objects.create(
        patient=patient, visit=visit, text=text, text_sha256="0" * 64, decision=decision,
        signed_name="Verysecret Person", at=at, recorded_by=by,
    )  # fmt: skip


def seen(by, *decisions, birth=date(1980, 5, 17), **palsy):
    """A patient with two visits, measures, and one treatment."""
    patient = made.patient(
        by, family_name="Verysecret", given_names="Quiteunknown", title="Baroness", birth_date=birth
    )
    made.palsy(patient, **palsy)
    first, second = (made.visit(patient, day) for day in (date(2026, 3, 2), date(2026, 6, 2)))
    for number, index in ((0, 10.0), (1, 61.5)):
        Measurement.objects.create(
            visit=first, number=number, document={"note": "Verysecret"}, document_sha256="0" * 64,
            point_sets=[], symmetry_index=index, symmetry_index_sd=3.0,
            summary={
                "synkinesis_oral_ocular": {"value": 2.5, "sd": 0.4, "unit": "mm"},
                "closure_gap": {"value": 1.0, "sd": 0.2, "unit": "mm"},
            },
        )  # fmt: skip
    treat(by, second)
    for decision in decisions:
        decide(patient, decision)
    return patient


def treat(by, visit):
    plan = made.active_plan(visit, by)
    at = datetime(2026, 6, 2, 23, 30, tzinfo=ZoneInfo("UTC"))
    treatment = Treatment.objects.create(
        plan=plan, vial=made.vial(by, lot="LOT-777"), status="final", given_at=at, started_by=by,
        signature=plan.signature,
    )  # fmt: skip
    for point, (status, units) in enumerate([("given", "2.5"), ("changed", "1.25"), ("skipped", None)]):
        TreatmentPoint.objects.create(
            treatment=treatment, order=point, target="corrugator", side="right", point=point,
            planned_units=Decimal("2.5"), status=status, given_units=units,
            reason="" if status == "given" else "Verysecret reason",
        )  # fmt: skip


def test_ages_times_measures_and_doses_are_counted_from_onset(clinician, researcher):
    patient = seen(clinician, "given", onset=date(2025, 5, 16))
    (record,) = records(researcher)
    assert (record.pseudonym, record.age_at_onset, record.sex) == (patient.pseudonym, "44", "female")
    assert (record.side, record.cause) == ("left", "bells_palsy")
    assert [(v.number, v.days) for v in record.visits] == [(1, 290), (2, 382)]
    assert [v.symmetry_index for v in record.visits] == [61.5, None], "the newest measurement counts"
    assert record.visits[0].synkinesis == {"synkinesis_oral_ocular": (2.5, 0.4)}
    assert [(t.days, t.product, t.units) for t in record.treatments] == [
        (382, "onabotulinumtoxinA", Decimal("3.75"))
    ]
    assert record.months_since_onset == 12.6


@pytest.mark.parametrize(
    ("birth", "onset", "age"),
    [
        # The last event is of 2-Jun-2026: what counts is the age on that day.
        (date(1936, 6, 3), date(2025, 6, 3), "89"),
        (date(1936, 6, 3), date(2025, 6, 2), "88"),
        (date(1936, 6, 2), date(2025, 6, 2), "90+"),
        (date(1936, 6, 2), date(2015, 6, 2), "90+"),
        (date(1935, 3, 1), date(2025, 3, 1), "90+"),
        (date(1920, 1, 1), date(2025, 3, 1), "90+"),
        (date(2025, 1, 1), date(2025, 3, 1), "0"),
        (date(2000, 3, 2), date(2025, 3, 1), "24"),
    ],
)
def test_old_ages_are_one_group(clinician, researcher, birth, onset, age):
    seen(clinician, "given", birth=birth, onset=onset)
    assert records(researcher)[0].age_at_onset == age


@pytest.mark.parametrize(
    ("decisions", "is_shown"),
    [
        ([], False), (["given"], True), (["refused"], False), (["given", "withdrawn"], False),
        (["given", "withdrawn", "given"], True), (["refused", "given"], True), (["given", "refused"], False),
    ],
)  # fmt: skip
def test_the_latest_decision_counts(clinician, researcher, decisions, is_shown):
    patient = seen(clinician, *decisions)
    for kind in ("treatment", "photographs"):
        decide(patient, "given", kind)
    assert bool(records(researcher)) == is_shown


@pytest.mark.parametrize(
    ("decisions", "in_error", "is_shown"),
    [([], "given", False), (["given"], "withdrawn", True), (["refused"], "given", False)],
)
def test_a_decision_of_a_visit_entered_in_error_does_not_count(
    clinician, researcher, decisions, in_error, is_shown
):
    patient = seen(clinician, *decisions)
    wrong = made.visit(patient, date(2026, 3, 1))
    decide(patient, in_error)  # in the earliest visit
    assert patient.consents.order_by("at").last().visit == wrong
    wrong.status = "entered_in_error"
    wrong.save()
    assert bool(records(researcher)) == is_shown


def test_another_clinic_is_not_seen(researcher):
    seen(made.user(made.clinic()), "given")
    assert records(researcher) == []


def test_visits_and_treatments_that_do_not_count_are_left_out(clinician, researcher):
    patient = seen(clinician, "given")
    for day, status in ((date(2026, 7, 1), "planned"), (date(2026, 7, 2), "entered_in_error")):
        made.visit(patient, day, status=status)
    Treatment.objects.update(status="entered_in_error")
    (record,) = records(researcher)
    assert len(record.visits) == 2
    assert record.treatments == []


SECRETS = (
    "Verysecret", "Quiteunknown", "Baroness", "LOT-777", "1980", "Dr Ada",
)  # fmt: skip


def texts(reader):
    page = reader.get(reverse("research")).content.decode()
    table = page.partition("<main")[2].partition("</main>")[0]
    file = reader.post(reverse("research_export")).getvalue().decode()
    return table, file


def test_no_name_number_date_or_photograph_is_in_page_or_file(clinician, reader):
    patient = seen(clinician, "given")
    for text in texts(reader):
        assert patient.pseudonym in text
        assert not DATES.search(text)
        for secret in (*SECRETS, patient.record_number, str(patient.pk)):
            assert secret not in text
        assert "<img" not in text


def test_every_other_page_of_a_patient_is_refused_to_a_researcher(reader, clinician):
    patient = seen(clinician, "given")
    visit, plan = patient.visits.first(), patient.visits.order_by("day").last().plans.get()
    for name, key in (
        ("patient", patient.pk),
        ("visit", visit.pk),
        ("plan_editor", plan.pk),
        ("trends", patient.pk),
    ):
        answer = reader.get(reverse(name, args=[key]))
        assert answer.status_code == 403
        assert not any(secret in answer.content.decode() for secret in ("Verysecret", patient.record_number))


def test_the_file_has_a_line_for_each_visit_and_treatment(clinician, reader):
    seen(clinician, "given", onset=date(2025, 5, 16))
    lines = list(csv.DictReader(texts(reader)[1].splitlines()))
    assert [(line["event"], line["number"], line["days_since_onset"]) for line in lines] == [
        ("visit", "1", "290"), ("visit", "2", "382"), ("treatment", "1", "382"),
    ]  # fmt: skip
    first, _second, treatment = lines
    assert (first["symmetry_index"], first["synkinesis_oral_ocular_mm"]) == ("61.5", "2.5")
    assert first["synkinesis_oral_ocular_sd_mm"] == "0.4"
    assert (treatment["product"], treatment["total_units"]) == ("onabotulinumtoxinA", "3.75")
    assert treatment["symmetry_index"] == ""


def test_reading_and_saving_are_audited(clinician, reader, researcher):
    seen(clinician, "given")
    texts(reader)
    entries = AuditEntry.objects.filter(what__contains="research")
    assert [(e.verb, e.actor, e.details) for e in entries] == [
        (Verb.READ, researcher, {"patients": 1}),
        (Verb.EXPORT, researcher, {"patients": 1}),
    ]


def test_small_groups_are_pointed_out(clinician, researcher, reader):
    assert not are_few_alike(researcher)
    for _ in range(5):
        seen(clinician, "given")
    assert not are_few_alike(researcher)
    assert "Small groups" not in texts(reader)[0]
    seen(clinician, "given", cause="tumour")
    assert are_few_alike(researcher)
    assert "Small groups" in texts(reader)[0]


def test_an_empty_page_says_why(reader):
    assert "Nobody has agreed yet" in texts(reader)[0]


def test_few_queries_for_many_patients(clinician, reader, django_assert_max_num_queries):
    for _ in range(8):
        seen(clinician, "given")
    with django_assert_max_num_queries(20):
        reader.get(reverse("research"))
