"""An invented patient of the clinic of whom everything was asked, and plans of a visit."""

import gzip
import json
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from facialis.clinic.accounts.models import Clinic, Role
from facialis.clinic.audit.actions import sha256_of, sign
from facialis.clinic.grading.models import Grading
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.planner import Judgement, PlannerRefusedError, PlannerUnavailableError, Proposal
from facialis.clinic.planner.answers import Finding
from facialis.clinic.planner.plain import from_plain
from facialis.clinic.plans import tasks
from facialis.clinic.plans.actions.drafting import Grounds, start_plan
from facialis.clinic.plans.models import Plan
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


def consent(visit, by, decision="given", kind="treatment", at: datetime | None = None, **changes):
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
        at=at or timezone.now(),
        recorded_by=by,
        **{"signed_name": "Person Invented", **changes},
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


@cache
def _recorded(mirrored=False) -> Proposal:
    """What the real planner answered for such a patient; read once."""
    with gzip.open(RECORDED, "rt", encoding="utf-8") as file:
        text = file.read()
    if mirrored:
        for word, other in (("LEFT", "\0"), ("RIGHT", "LEFT"), ("\0", "RIGHT")):
            text = text.replace(word, other)
    return from_plain(Proposal, json.loads(text), "The recorded proposal")


def recorded_proposal(key, *, outcome="inject", findings=(), mirrored=False) -> Proposal:
    """The same under another key."""
    found = _recorded(mirrored)
    return replace(
        found, key=key, outcome=outcome, judgement=recorded_judgement(key, findings, mirrored=mirrored)
    )


def recorded_judgement(key, findings=(), *, mirrored=False) -> Judgement:
    """What it said of its own doses, with findings of one's own."""
    read = tuple(from_plain(Finding, one, "A finding") for one in findings)
    return replace(_recorded(mirrored).judgement, key=key, findings=read)


def finding(code="above_total_range", action="warn", *places):
    """A finding as the planner writes it; places are pairs of a target and LEFT, RIGHT or midline."""
    return {
        "code": code,
        "action": action,
        "kind": "limit",
        "sentence": f"The sentence of {code}.",
        "what_to_do": "What to do.",
        "targets": [{"target": target, "side": side} for target, side in places],
        "source": {"text": "A source [design]", "key": "Facialis", "tag": "design"},
    }


class RecordedPlanner:
    """Answers of the real planner, recorded, at the place of its client."""

    def __init__(self):
        self.findings = []
        self.is_away = self.has_forgotten = self.is_mirrored = False
        self.stops_with = None
        """Findings with which a proposal is stopped."""
        self.endangers = ""
        """Name of a protected function whose limit the doses pass."""
        self.asked = []
        self.judged = []

    def propose(self, question, *, timeout_s=0.0):
        if self.is_away:
            raise PlannerUnavailableError("The planner does not answer.")
        self.asked.append(question)
        self.has_forgotten = False
        if self.stops_with is not None:
            return recorded_proposal(question.key, outcome="stopped", findings=self.stops_with)
        return recorded_proposal(question.key, mirrored=self.is_mirrored)

    def judge(self, key, doses, *, question=None, timeout_s=0.0):
        if self.is_away:
            raise PlannerUnavailableError("The planner does not answer.")
        if self.has_forgotten:
            raise PlannerRefusedError("unknown_key", "The planner does not remember this plan.")
        self.judged.append(tuple(doses))
        found = recorded_judgement(key, self.findings, mirrored=self.is_mirrored)
        chances = tuple(replace(one, is_over=one.name == self.endangers) for one in found.course.chances)
        return replace(found, course=replace(found.course, chances=chances))


def run_tasks():
    """Do what the worker would do now for plans; returns how many tasks there were."""
    ours = {
        f"{tasks.__name__}.{one.func.__name__}": one.func for one in (tasks.propose_plan, tasks.check_plan)
    }
    rows = list(DBTaskResult.objects.filter(task_path__in=ours, status="READY").order_by("enqueued_at"))
    for row in rows:
        given = row.args_kwargs
        row.delete()
        ours[row.task_path](*given["args"], **given["kwargs"])
    return len(rows)


def grounds(**changes):
    given = {"product": "onabotulinumtoxinA", "prerequisites": ANSWERS, "confirms_ranges": True}
    return Grounds(**{**given, **changes})


def proposed_plan(visit, by, start="proposal", **changes):
    """A draft whose proposal was asked for and made, whatever came of it."""
    plan = start_plan(by=by, visit_id=visit.pk, grounds=grounds(**changes), start=start)
    run_tasks()
    return fresh(plan)


def fresh(plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)
