"""An invented patient of the clinic of whom everything was asked, and plans of a visit."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from facialis.clinic.accounts.models import Clinic, Role
from facialis.clinic.audit.actions import sha256_of, sign
from facialis.clinic.grading.models import Grading
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.patients.models import Palsy
from facialis.clinic.planner import Judgement, PlannerRefusedError, PlannerUnavailableError, Proposal
from facialis.clinic.planner.plain import from_plain
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.visits.models import Consent, ConsentText, Visit
from facialis.planning.case.palsy import ASKED_APART, RedFlag
from facialis.planning.case.prerequisites import Prerequisite
from tests.factories import clinic as records
from tests.factories.plan_files import measured_text

RECORDED = Path(__file__).parent / "data" / "clinic_proposal.json.gz"
DAY = date(2026, 3, 2)
NOTHING = {"state": "none", "codes": [], "others": []}
ANSWERS = {one.value: "yes" for one in Prerequisite}


def clinician(of: Clinic | None = None, **changes):
    return records.user(of or records.clinic(), Role.CLINICIAN, **changes)


def asked_patient(by, *, affected="left", **changes):
    """Late synkinetic, on one side; nothing speaks against toxin."""
    of = records.patient(
        by,
        conditions=NOTHING,
        medication=NOTHING,
        allergies=NOTHING,
        earlier_toxin="none",
        pregnancy="no",
        lactation="no",
        **changes,
    )
    records.palsy(
        of,
        affected_side=affected,
        onset=date(2024, 1, 1),
        onset_hours=36,
        forehead_spared="no",
        recurrent_same_side="no",
        red_flags={flag.value: "no" for flag in RedFlag if flag not in ASKED_APART},
        stability="stable",
        stable_months=9,
        specialist_seen="yes",
        retraining_start=date(2024, 3, 1),
    )
    return of


def planned_visit(by, of=None, *, day=DAY, with_consent=True, measured=True, **changes) -> Visit:
    """A visit on a day with everything that a plan needs."""
    patient = of or asked_patient(by)
    visit = records.visit(
        patient,
        day,
        eye_closure="complete",
        bell_phenomenon="yes",
        corneal_sensation="yes",
        dry_eye="no",
        corneal_problem="no",
        holds_liquids="yes",
        **changes,
    )
    if measured:
        measure(visit)
    if with_consent:
        consent(visit, by)
    return visit


def measure(visit, number=1, document=None):
    document = document or measured_document()
    return Measurement.objects.create(
        visit=visit, number=number, document=document, document_sha256=sha256_of(document), point_sets=[]
    )


@cache
def _document():
    return measured_text()


def measured_document():
    """A measurement of the patient with the weak LEFT side."""
    return json.loads(_document())


def consent(visit, by, decision="given", kind="treatment", at: datetime | None = None):
    text, _ = ConsentText.objects.get_or_create(
        clinic=by.clinic,
        kind=kind,
        number=1,
        language="en",
        defaults={"title": "Treatment", "text": "Invented words.", "sha256": "0" * 64},
    )
    return Consent.objects.create(
        patient=visit.patient,
        visit=visit,
        text=text,
        text_sha256=text.sha256,
        decision=decision,
        signed_name="Person Invented",
        at=at or timezone.now(),
        recorded_by=by,
    )


def grade(visit, by, instrument="house_brackmann", total=3):
    grading = Grading(
        visit=visit, instrument=instrument, status="final", result={"total": total}, by=by, finalised_by=by
    )
    grading.signature = sign(
        "grading.grading",
        by=by,
        record_id=grading.pk,
        patient_id=visit.patient_id,
        meaning="This is my grade",
        method="password",
        document={"total": total},
    )
    grading.save()
    return grading
