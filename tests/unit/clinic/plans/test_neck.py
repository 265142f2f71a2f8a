"""Platysma is planned from what the face shows; the page says so until somebody has looked at the neck."""

import csv
from importlib.resources import files

import pytest
from django.urls import reverse

from facialis.clinic.grading.models import ClinicianFinding
from facialis.clinic.plans.neck import FINDINGS, inferred_rows
from facialis.clinic.plans.rows import rows_of

WORDS = "Inferred: the neck was not examined."


def test_the_findings_of_platysma_are_those_of_the_table():
    text = files("facialis").joinpath("twin", "tables", "clinical_findings.csv").read_text("utf-8")
    found = {row["finding"] for row in csv.DictReader(text.splitlines()) if "platysma" in row.values()}
    assert found == FINDINGS


@pytest.fixture
def with_platysma(draft):
    rows = [row for row in rows_of(draft) if row.place.target == "platysma"]
    assert rows, "the recorded proposal has platysma"
    return draft, rows


def test_a_neck_that_nobody_examined_is_named_with_a_way_to_record_it(with_platysma, client, clinician):
    plan, rows = with_platysma
    client.force_login(clinician)
    text = client.get(reverse("plan_editor", args=[plan.pk])).content.decode()
    assert text.count(WORDS) == len(rows)
    assert reverse("findings", args=[plan.visit_id]) in text


def test_a_finding_of_that_side_in_this_visit_is_an_examination(with_platysma, clinician):
    plan, rows = with_platysma
    assert inferred_rows(plan.visit, rows) == {row.key for row in rows}
    seen = rows[0]
    ClinicianFinding.objects.create(
        visit=plan.visit, code="neck_bands", side=seen.side, expression="closed_smile", grade=0, by=clinician
    )
    assert inferred_rows(plan.visit, rows) == {row.key for row in rows if row.side != seen.side}
