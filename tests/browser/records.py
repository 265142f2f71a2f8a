"""Records for the tests of pages, made in a process that sees the database of the clinic that is tested.

`clinic.make("patient", family_name="Muster")` in a test calls `patient` below. Each function takes and
returns what JSON can hold. Add functions here; use the factories of `tests.factories.clinic`, or the
applications' actions.
"""

import json
import os
import sys
import traceback

import django

PEOPLE = {
    "clinician": ("Dr", "Ada", "Clinician"),
    "assistant": ("", "Ben", "Assistant"),
    "researcher": ("", "Cleo", "Researcher"),
    "administrator": ("", "Dora", "Administrator"),
}


def team(clinic_name="The invented clinic", prefix=""):
    """One clinic with a person of each role; gives their names for signing in."""
    from facialis.clinic.accounts.models import Role
    from tests.factories import clinic as made

    clinic = made.clinic(clinic_name)
    return {
        role: made.user(
            clinic, Role(role), username=prefix + role, title=title, first_name=first, last_name=last
        ).username
        for role, (title, first, last) in PEOPLE.items()
    }


def another_clinic():
    """A patient of another clinic; gives the key."""
    from tests.factories import clinic as made

    return str(made.patient(made.user(made.clinic())).pk)


def patient(by="clinician", palsy=True, **values):
    """A patient of the team's clinic, with a palsy; gives the key."""
    from tests.factories import clinic as made

    found = made.patient(_user(by), **values)
    if palsy:
        made.palsy(found)
    return str(found.pk)


def visit(patient, **values):
    """A visit of today; gives the key."""
    from facialis.clinic.kernel.times import today
    from facialis.clinic.patients.models import Patient
    from tests.factories import clinic as made

    return str(made.visit(Patient.objects.get(pk=patient), values.pop("day", today()), **values).pk)


def consent_to_photographs(visit, by="clinician"):
    """The patient's decision that photographs may be taken for care."""
    from django.utils import timezone

    from facialis.clinic.visits.models import Consent, ConsentKind, ConsentText, Visit

    row, person = Visit.objects.select_related("patient").get(pk=visit), _user(by)
    text, _ = ConsentText.objects.get_or_create(
        clinic=person.clinic,
        kind=ConsentKind.PHOTOGRAPHS,
        number=1,
        language="en",
        defaults={"title": "Photographs", "text": "Invented.", "sha256": "0" * 64},
    )
    Consent.objects.create(
        patient=row.patient,
        visit=row,
        text=text,
        text_sha256=text.sha256,
        decision="given",
        at=timezone.now(),
        recorded_by=person,
    )


def measured_photographs(visit, by="clinician"):
    """Photographs with points and a measurement; gives expression to key."""
    from facialis.clinic.visits.models import Visit
    from tests.factories.measured_photographs import measured_photographs as made

    rows = made(Visit.objects.get(pk=visit), _user(by))
    return {expression.value: str(row.pk) for expression, row in rows.items()}


def measurement(visit):
    """A measurement of nine photographs, of a patient whose LEFT side is weak, without the photographs."""
    from facialis.clinic.measurements.models import Measurement
    from facialis.clinic.visits.models import Visit
    from tests.factories.plan_files import measured_text

    document = json.loads(measured_text())
    row = Measurement(visit=Visit.objects.get(pk=visit), number=1, document=document)
    row.document_sha256, row.point_sets = "0" * 64, []
    row.save()
    return str(row.pk)


def point_versions(photograph):
    """Number, who and what was placed, of every version, oldest first."""
    from facialis.clinic.measurements.models import PointSet

    rows = PointSet.objects.filter(photograph=photograph).order_by("number").select_related("by")
    return [[row.number, row.by.username if row.by else "", row.moved] for row in rows]


def place_chin(photograph, by="assistant"):
    """Somebody else places the chin."""
    from facialis.clinic.measurements.actions import place_points
    from facialis.clinic.photographs.models import Photograph

    row = Photograph.objects.get(pk=photograph)
    place_points(row, points={"chin": [500.0, 940.0]}, shown_version=0, by=_user(by))


def newest_photograph(visit, expression):
    """Key of the photograph of a view."""
    from facialis.clinic.photographs.models import Photograph

    return str(Photograph.objects.filter(visit=visit, expression=expression).latest("added_at").pk)


def photographs_of(visit):
    """Expression and mirroring of each photograph, oldest first."""
    from facialis.clinic.photographs.models import Photograph

    rows = Photograph.objects.filter(visit=visit).order_by("added_at")
    return [list(row) for row in rows.values_list("expression", "mirrored")]


def signatures_of(record):
    """How often a record was signed."""
    from facialis.clinic.audit.models import Signature

    return Signature.objects.filter(record=record).count()


def every_record(is_struck=False):
    """A clinic of its own with a record of every kind; perhaps all of them entered in error.

    Gives names for signing in by role, and keys of the records by name.
    """
    from tests.fuzz import world

    name = "The struck clinic" if is_struck else "The full clinic"
    small = world.small_clinic(name, "Beispiel", "a note")
    if is_struck:
        _strike(small.records, small.people["clinician"])
    return {
        "people": {str(role): user.username for role, user in small.people.items()},
        "keys": {name: str(record.pk) for name, record in small.records.items()}
        | {"member": small.people["assistant"].pk, "text": _consent_text(small.clinic)},
    }


def _consent_text(clinic):
    from facialis.clinic.visits.actions import ensure_default_texts
    from facialis.clinic.visits.models import ConsentText

    ensure_default_texts(clinic)
    return ConsentText.objects.filter(clinic=clinic).first().pk


def _strike(records, by):
    """Mark everything as entered in error that can be."""
    from facialis.clinic.followup.actions.adverse_events import mark_event_error
    from facialis.clinic.grading.actions.signing import mark_error
    from facialis.clinic.patients.actions import mark_earlier_treatment_error
    from facialis.clinic.photographs.actions import remove_photograph
    from facialis.clinic.plans.actions.after import mark_plan_error
    from facialis.clinic.treatments.actions.signing import mark_treatment_error
    from facialis.clinic.visits.actions import mark_visit_error

    why = "Of another person."
    mark_earlier_treatment_error(by=by, treatment=records["earlier"])
    remove_photograph(records["refused"].pk, reason=why, by=by)
    mark_event_error(by=by, pk=records["event"].pk, reason=why)
    mark_error(by=by, pk=records["final"].pk, reason=why)
    mark_treatment_error(by=by, pk=records["amendment"].pk, reason=why)
    mark_treatment_error(by=by, pk=records["treatment"].pk, reason=why)
    mark_plan_error(
        by=by, plan_id=records["treatment"].plan_id, reason=why
    )  # open again, for nothing was given under it
    mark_plan_error(by=by, plan_id=records["not_begun"].pk, reason=why)
    mark_visit_error(by=by, visit=records["treated_visit"], reason=why)


def past_visit(patient, days, folder="", treated=False, clinician="clinician"):
    """A visit of some days ago, with photographs from a folder and perhaps a treatment; gives the key."""
    from datetime import timedelta
    from pathlib import Path

    from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
    from facialis.clinic.kernel.times import today
    from facialis.clinic.operations.demonstration import treating, visiting
    from facialis.clinic.operations.demonstration.clock import clinic_day
    from facialis.clinic.patients.models import Patient
    from facialis.clinic.visits.models import ConsentKind
    from tests.factories import clinic as made

    by = _user(clinician)
    with clinic_day(today() - timedelta(days=days), 10):
        kinds = (ConsentKind.TREATMENT, ConsentKind.PHOTOGRAPHS)
        visit = visiting.begin(Patient.objects.get(pk=patient), by, "treatment", kinds)
        if folder:
            files = {one: Path(folder) / f"{one.value}.jpg" for one in NINE_PHOTOGRAPHS}
            visiting.photograph(visit, by, files)
        if treated:
            treating.treat(made.active_plan(visit, by), by)
        visiting.end(visit, by, "Seen, and seen again later.")
    return str(visit.pk)


def url_names():
    """Names of all addresses."""
    from django.urls import get_resolver

    def names(patterns):
        for one in patterns:
            if hasattr(one, "url_patterns"):
                yield from names(one.url_patterns)
            elif one.name:
                yield one.name

    return sorted(set(names(get_resolver().url_patterns)))


def path(name, arguments):
    """The path of a page by its name."""
    from django.urls import reverse

    return reverse(name, args=arguments)


def _user(role):
    from facialis.clinic.accounts.models import User

    return User.objects.get(username=role)


def main():
    """Answer calls, one a line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facialis.clinic.settings")
    django.setup()
    from contextlib import nullcontext

    from django.db import close_old_connections, transaction

    for line in sys.stdin:
        asked = json.loads(line)
        close_old_connections()
        try:
            # What the worker has to see cannot wait for the end of the function.
            with nullcontext() if asked["function"] == "past_visit" else transaction.atomic():
                made = globals()[asked["function"]](**asked["values"])
            answer = {"made": made}
        except Exception:  # noqa: BLE001  the test shows it
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)  # noqa: T201  its parent reads it


if __name__ == "__main__":
    main()
