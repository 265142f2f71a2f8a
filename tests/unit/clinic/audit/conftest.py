"""A clinic that somebody breaks into, and its verification."""

import io
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from facialis.clinic.audit.actions import record, sign
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.times import now
from tests.factories import clinic as made


@pytest.fixture
def by():
    return made.user(made.clinic())


@pytest.fixture
def written(by):
    """Six entries, one of them of a signature."""
    for number in range(5):
        record(Verb.READ, "page.patient", by=by, details={"number": number, "words": "Ä"})
    return a_signed_note(by).signature


def break_in(statement, *values, table="audit_auditentry"):
    """Do what the triggers forbid, as somebody with the file of the database can."""
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgres:  # it drops no trigger of a table with keys that are still to be checked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for event in ("UPDATE", "DELETE"):
            cursor.execute(f"DROP TRIGGER {table}_no_{event}{f' ON {table}' if is_postgres else ''}")
        cursor.execute(statement, values)


def verify():
    said = io.StringIO()
    with pytest.raises(CommandError, match="problems"):
        call_command("verify_audit", stdout=said)
    return said.getvalue()


def a_signed_note(by):
    from facialis.clinic.visits.actions.notes import document_of
    from facialis.clinic.visits.models import VisitNote

    visit = made.visit(made.palsy(made.patient(by)).patient)
    note = VisitNote(visit=visit, number=1, text="All is well.", by=by, at=now())
    note.signature = sign(
        "visits.note", by=by, record_id=note.pk, patient_id=visit.patient_id, meaning="m",
        method="password", document=document_of(note),
    )  # fmt: skip
    note.save(force_insert=True)
    return note


def stored(key):
    """A key as the database's own column holds it."""
    return key if connection.vendor == "postgresql" else key.replace("-", "")


def signed_treatment(by, change=lambda document: document):
    """Signed as the action signs it; see the tests of treatments for each step."""
    from facialis.clinic.treatments.documents import treatment_document
    from facialis.clinic.treatments.models import Treatment, TreatmentPoint

    visit = made.visit(made.palsy(made.patient(by)).patient)
    treatment = Treatment.objects.create(
        plan=made.active_plan(visit, by), vial=made.vial(by), syringe="1 mL", given_at=now(), started_by=by
    )
    TreatmentPoint.objects.create(
        treatment=treatment, order=1, target="corrugator", side="right", point=1,
        planned_units="2.5", status="given", given_units="2.5",
    )  # fmt: skip
    treatment = Treatment.objects.get(pk=treatment.pk)  # decimals as the database writes them
    treatment.given_at = treatment.given_at.astimezone(ZoneInfo("Europe/Berlin"))  # as a form reads it
    treatment.signature = sign(
        "treatments.treatment", by=by, record_id=treatment.pk, patient_id=visit.patient_id, meaning="m",
        method="password", document=change(treatment_document(treatment, list(treatment.points.all()))),
    )  # fmt: skip
    treatment.status = "final"
    treatment.save()
    treatment.points.update(is_signed=True)
    return treatment
