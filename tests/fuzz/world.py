"""Two clinics with a record of every kind in every state: what hostile requests are sent at."""

import gzip
import json
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from unittest.mock import patch
from uuid import uuid4

import numpy as np
from django.utils import timezone
from PIL import Image

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.models import Role
from facialis.clinic.followup.models import AdverseEvent, Seriousness
from facialis.clinic.grading.models import ClinicianFinding, Grading
from facialis.clinic.measurements import measuring
from facialis.clinic.measurements.actions import place_points
from facialis.clinic.patients.models import EarlierTreatment, Wishes
from facialis.clinic.photographs import store
from facialis.clinic.photographs.actions import measured as noting
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.photographs.questions import QuestionCode, asked
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.treatments.actions.giving import choose_vial, give_all_open, start_treatment
from facialis.clinic.treatments.actions.signing import amend_treatment, sign_treatment
from facialis.clinic.visits import actions as visit_actions
from facialis.measurement.gain import GainModel, GainRow
from facialis.measurement.measures import MEASURES
from facialis.measurement.points import Method
from facialis.report.annotate import encode_jpeg
from facialis.vision import measure_photo
from facialis.vision.files import load_photo
from tests.factories import clinic as made
from tests.factories import clinic_plans
from tests.factories.clinic_plans import RECORDED
from tests.factories.faces import Camera, make_face
from tests.factories.meshes import KnownFacesBackend, mesh_of

OURS, THEIRS = "Ownpatientov", "Foreignpatientova"
"""Family names: the second never stands on a page that our people see."""
SECRET = "Heimlichkeiten of the other clinic"
"""Free text of the other clinic."""
CAMERA = Camera(px_per_mm=2.0, centre_px=(240.0, 260.0))
SHORT_DAY = timedelta(days=40)
FITTED = GainModel(
    {
        (name, method): GainRow(name, method, 0.8, 0.01, 0.1, 1.0, 1.0 if known.sided else 0.0)
        for name, known in MEASURES.items()
        for method in Method
        if method is not Method.MANUAL
    }
)
"""Of an invented detector."""


@dataclass
class SmallClinic:
    """One clinic: its people by role, and its records by name."""

    people: dict = field(default_factory=dict)
    records: dict = field(default_factory=dict)

    @property
    def clinic(self):
        return self.people[Role.CLINICIAN].clinic

    def keys(self):
        """Keys of its records, as text."""
        return [str(record.pk) for record in self.records.values()]


@dataclass
class World:
    """Ours, from which requests come, and theirs, of which nothing may be seen or changed."""

    ours: SmallClinic
    theirs: SmallClinic


def build_world():
    """Everything is made by the factories and actions that the clinic's own tests use."""
    return World(small_clinic("Our clinic", OURS, "a note"), small_clinic("Their clinic", THEIRS, SECRET))


def small_clinic(name, family_name, words):
    where = made.clinic(name)
    small = SmallClinic({role: made.user(where, role, last_name=f"{family_name}-{role}") for role in Role})
    by = small.people[Role.CLINICIAN]
    _visit_in_progress(small, by, family_name, words)
    _treatment_in_progress(small, by, family_name)
    _everything_signed(small, by, family_name, words)
    _barely_known(small, by, family_name)
    return small


def _visit_in_progress(small, by, family_name, words):
    today = timezone.localdate()
    patient = clinic_plans.asked_patient(by, family_name=family_name)
    Wishes.objects.create(patient=patient, weights={"smile": 8})
    earlier = EarlierTreatment.objects.create(patient=patient, day=today - SHORT_DAY, product="")
    visit = clinic_plans.planned_visit(by, patient, day=today, purpose="treatment", note=words)
    clinic_plans.consent(visit, by, kind="photographs")
    small.records |= {"patient": patient, "visit": visit, "earlier": earlier}
    small.records["photograph"] = _measured(visit, by)
    question = [asked(QuestionCode.MIRRORED, "Is it mirrored?")]
    small.records["asked"] = _photograph(
        visit, by, Expression.OPEN_SMILE, "questioned", question=question, mirrored="unknown"
    )
    question = [asked(QuestionCode.ANOTHER_PERSON, "Another person?")]
    small.records["doubted"] = _photograph(visit, by, Expression.BROW_RAISE, "questioned", question=question)
    refusal = {"code": "no_face", "sentence": "No face."}
    small.records["refused"] = _photograph(visit, by, Expression.PUCKER, "refused", refusal=refusal)
    small.records["draft"] = _draft(visit, by)
    ClinicianFinding.objects.create(
        visit=visit, code="platysma_band", side="left", expression="", grade=1, by=by
    )


def _treatment_in_progress(small, by, family_name):
    patient = clinic_plans.asked_patient(by, family_name=family_name)
    visit = clinic_plans.planned_visit(by, patient, day=timezone.localdate())
    plan = made.active_plan(visit, by)
    begun = start_treatment(by=by, plan_id=plan.pk)
    vial = made.vial(by)
    begun = choose_vial(by=by, pk=begun.pk, version=begun.version, vial_id=vial.pk, syringe="one_ml")
    fresh = made.active_plan(
        clinic_plans.planned_visit(
            by, clinic_plans.asked_patient(by, family_name=family_name), day=timezone.localdate()
        ),
        by,
    )
    small.records |= {"active": plan, "begun": begun, "vial": vial, "not_begun": fresh}


def _everything_signed(small, by, family_name, words):
    today = timezone.localdate()
    patient = clinic_plans.asked_patient(by, family_name=family_name)
    visit = clinic_plans.planned_visit(by, patient, day=today, note=words)
    plan = made.active_plan(visit, by)
    begun = start_treatment(by=by, plan_id=plan.pk)
    vial = made.vial(by)
    choose_vial(by=by, pk=begun.pk, version=begun.version, vial_id=vial.pk, syringe="one_ml")
    give_all_open(by=by, pk=begun.pk, version=None)
    begun.refresh_from_db()
    treatment = sign_treatment(
        by=by,
        pk=begun.pk,
        version=begun.version,
        method="password",
        given_at=timezone.now() - timedelta(minutes=5),
        note=words,
    )
    event = AdverseEvent.objects.create(
        patient=patient,
        treatment=treatment,
        kind="other",
        other=words,
        onset=today,
        seriousness=Seriousness.NOT_SERIOUS,
        narrative=words,
        reported_by=by,
    )
    final = clinic_plans.grade(visit, by)
    visit.refresh_from_db()
    note = visit_actions.sign_note(by=by, visit=visit, version=visit.version, method="password")
    small.records |= {
        "treated": patient,
        "treated_visit": visit,
        "completed": plan,
        "treatment": treatment,
        "amendment": amend_treatment(by=by, pk=treatment.pk, reason="a typing error"),
        "event": event,
        "final": final,
        "due": treatment.dues.first(),
        "note": note,
    }


def _barely_known(small, by, family_name):
    patient = made.patient(by, family_name=family_name)
    today = timezone.localdate()
    planned = made.visit(patient, today, status="planned")
    made.visit(patient, today - SHORT_DAY, status="cancelled", status_reason="ill")
    closed = made.visit(patient, today - 2 * SHORT_DAY, status="closed")
    draft = Grading.objects.create(
        visit=made.visit(patient, today - timedelta(days=1)), instrument="house_brackmann", by=by
    )
    small.records |= {"newcomer": patient, "planned": planned, "closed": closed, "preliminary": draft}


def picture(width=48, height=64):
    """A small JPEG, of nobody."""
    held = BytesIO()
    Image.new("RGB", (width, height), (180, 150, 130)).save(held, "JPEG")
    return held.getvalue()


def _photograph(visit, by, expression, status, content=None, **changes):
    content = content or picture(480, 600)
    values = {
        "expression": expression.value,
        "status": status,
        "mirrored": "no",
        "file_name": store.save(content),
        "thumbnail_name": store.save(content),
        "sha256": sha256(content).hexdigest(),
        "original_sha256": sha256(content).hexdigest(),
        "width_px": 480,
        "height_px": 600,
        "upload_key": uuid4(),
        "added_by": by,
        **changes,
    }
    return Photograph.objects.create(visit=visit, **values)


def _measured(visit, by):
    """A photograph that was measured, by a detector that knows its points, and corrected by a person."""
    row = _photograph(visit, by, Expression.REST, "waiting", encode_jpeg(_stains(), 95))
    seen = load_photo(store.path(row.file_name)).image_rgb
    backend = KnownFacesBackend.of([(seen, mesh_of(make_face(camera=CAMERA)))])
    with (
        patch.object(measuring, "detector", lambda: backend),
        patch.object(measure_photo, "gain_model_for", lambda _: FITTED),
        patch.object(noting, "differs", lambda *_: None),
    ):
        measuring.measure_photograph(row.pk)
        row.refresh_from_db()
        assert row.status == PhotoStatus.MEASURED, row.refusal
        place_points(row, points=moved_chin(row), shown_version=0, by=by)
    row.refresh_from_db()
    return row


def _stains():
    """Sharp and evenly lit, and nobody's face: what is measured are the points that the detector knows."""
    stains = np.random.default_rng(1).integers(40, 216, (75, 60, 3), dtype=np.uint8)
    return np.ascontiguousarray(np.kron(stains, np.ones((8, 8, 1), dtype=np.uint8)))


def moved_chin(row):
    """Points as the editor sends them: the chin, a little lower."""
    x, y = row.point_sets.order_by("-number").first().points["chin"]
    return {"chin": [x + 1.5, y]}


def _draft(visit, by):
    with gzip.open(RECORDED) as file:
        proposal = json.load(file)
    return Plan.objects.create(
        visit=visit,
        product="onabotulinumtoxinA",
        day=visit.day,
        prerequisites=clinic_plans.ANSWERS,
        proposal_status=ProposalStatus.READY,
        planner_key=proposal["key"],
        proposal=proposal,
        choices=list(made.CHOICES),
        created_by=by,
        changed_by=by,
    )
