"""What the people of the demonstration do in a visit, by the clinic's own actions."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.models import User
from facialis.clinic.grading.actions.drafting import save_draft
from facialis.clinic.grading.actions.findings import fingerprint, save_findings
from facialis.clinic.grading.actions.signing import finalise
from facialis.clinic.operations.demonstration.people import Person
from facialis.clinic.patients import actions as of_patients
from facialis.clinic.patients.models import Patient
from facialis.clinic.photographs.actions import Upload, add_photograph
from facialis.clinic.photographs.models import MirroredChoice
from facialis.clinic.visits import actions as of_visits
from facialis.clinic.visits.models import ConsentKind, ConsentText, Visit
from facialis.clinic.worker.clinic_worker import ClinicWorker
from facialis.planning.case.answers import CodedList, ListState
from facialis.planning.case.palsy import ASKED_APART, RedFlag
from facialis.planning.case.wishes import Goal
from facialis.twin.present.findings import FindingScale, MuscleFinding, finding_kinds

METHOD = "password"
MONTH = timedelta(days=30)
GRADE = {
    "movement": "clear", "appearance": "obvious", "secondary_defect": "obvious", "rest": "normal",
    "forehead": "slight_to_moderate", "eye_closure": "complete_with_effort",
    "mouth": "slightly_weak_maximum_effort",
}  # fmt: skip
EXAMINED = {
    "eye_closure": "complete", "bell_phenomenon": "yes", "corneal_sensation": "yes", "dry_eye": "no",
    "corneal_problem": "no", "holds_liquids": "yes",
}  # fmt: skip


def new_patient(person: Person, by: User, first_visit: date) -> Patient:
    """Take somebody in, and ask everything that a plan asks."""
    patient = of_patients.create_patient(
        by=by, family_name=person.family_name, given_names=person.given_names, title=person.title,
        birth_date=person.birth_date, sex=person.sex,
    )  # fmt: skip
    of_patients.save_palsy(by=by, patient=patient, version=None, values=_palsy(person, first_visit))
    nothing = CodedList(ListState.NONE)
    of_patients.save_health(
        by=by, patient=patient, version=None, conditions=nothing, medication=nothing, allergies=nothing,
        pregnancy="no", lactation="no",
    )  # fmt: skip
    of_patients.say_earlier_toxin(by=by, patient=patient, state="none")
    weights = {Goal.SMILE.value: 7, Goal.EYE_COMFORT.value: 6, Goal.TIGHTNESS.value: 6}
    of_patients.save_wishes(
        by=by, patient=patient, version=None, values={"weights": weights, "no_permanent_change": "yes"}
    )
    return Patient.objects.get(pk=patient.pk)


def onset_of(person: Person, first_visit: date) -> date:
    """When the palsy began."""
    return first_visit - person.months_since_onset * MONTH


def _palsy(person: Person, first_visit: date) -> dict[str, object]:
    months = person.months_since_onset
    return {
        "affected_side": person.affected.value, "bilateral": "no", "onset": onset_of(person, first_visit),
        "cause": "bells_palsy", "onset_hours": 36, "forehead_spared": "no", "recurrent_same_side": "no",
        "red_flags": {flag.value: "no" for flag in RedFlag if flag not in ASKED_APART},
        "stability": "stable" if months >= 12 else "changing", "stable_months": 8 if months >= 12 else None,
        "specialist_seen": "yes", "corticosteroid_days": 10,
        "retraining_start": first_visit - (months // 2) * MONTH,
    }  # fmt: skip


def begin(patient: Patient, by: User, purpose: str, kinds: Sequence[ConsentKind]) -> Visit:
    """Open the visit of the day, ask for consent, examine."""
    visit = of_visits.open_visit_today(by=by, patient=patient, purpose=purpose)
    of_visits.ensure_default_texts(by.clinic)
    for kind in kinds:
        text = ConsentText.objects.filter(clinic=by.clinic, kind=kind, language="en").first()
        assert text is not None  # noqa: S101  just made
        name = f"{patient.given_names} {patient.family_name}"
        of_visits.decide(by=by, visit=visit, text=text, decision="given", signed_name=name)
    visit.refresh_from_db()
    return of_visits.examine(by=by, visit=visit, version=visit.version, values=EXAMINED)


def photograph(visit: Visit, by: User, files: Mapping[Expression, Path]) -> None:
    """Add the photographs and let the worker measure them."""
    for expression, path in files.items():
        upload = Upload(uuid4(), expression, MirroredChoice.NO, path.name, is_from_camera=True)
        add_photograph(visit, path, upload, by=by)
    work()


def work() -> None:
    """Do what the worker would do, until nothing is left."""
    ClinicWorker().work(until_idle=True)


def find(visit: Visit, by: User, findings: Sequence[MuscleFinding]) -> None:
    """Write down what was seen and felt."""
    values = {
        (found.code, found.side.value, found.expression.value if found.expression else ""): round(found.value)
        for found in findings
        if finding_kinds()[found.code].scale in FindingScale
    }
    save_findings(by=by, visit_id=visit.pk, seen=fingerprint(()), values=values)


def grade(visit: Visit, by: User, answers: Mapping[str, object] = GRADE) -> None:
    """Grade by House and Brackmann, and sign it."""
    draft = save_draft(
        by=by, visit_id=visit.pk, instrument_id="house_brackmann", version=None, answers=answers, options={}
    )
    finalise(by=by, pk=draft.pk, version=draft.version, method=METHOD, accepts_missing=True)


def end(visit: Visit, by: User, note: str) -> None:
    """Write and sign the note, and close the visit."""
    visit.refresh_from_db()
    written = of_visits.save_note(by=by, visit=visit, version=visit.version, text=note)
    of_visits.sign_note(by=by, visit=written, version=written.version, method=METHOD)
    visit.refresh_from_db()
    of_visits.close_visit(by=by, visit=visit)
