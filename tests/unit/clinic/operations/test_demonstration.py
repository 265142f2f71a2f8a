import json
from datetime import date

import pytest

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.models import AuditEntry
from facialis.clinic.audit.verification import all_problems
from facialis.clinic.kernel.times import today
from facialis.clinic.operations.demonstration import story, treating
from facialis.clinic.operations.demonstration.clock import clinic_day
from facialis.clinic.operations.demonstration.people import OTHERS
from facialis.clinic.patients.models import Patient
from facialis.clinic.plans import judging
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.tasks import propose_plan
from facialis.clinic.visits.models import Visit, VisitNote
from tests.factories import clinic as made
from tests.factories import clinic_plans

pytestmark = pytest.mark.django_db


def test_a_past_day_ends_with_its_block():
    real = today()
    with clinic_day(date(2026, 2, 3), 9, 30) as moment:
        assert today() == date(2026, 2, 3)
        assert moment.hour == 9
    assert today() == real


def test_it_never_mixes_with_records_that_are_there():
    made.user(made.clinic())
    with pytest.raises(story.NotEmptyError, match="FACIALIS_DATA"):
        story.tell(lambda _: None)
    assert User.objects.count() == 1


def test_the_past_is_made_by_actions_and_audited_in_order(monkeypatch):
    monkeypatch.setattr(story, "_with_pictures", lambda *_: None)
    assert not story.is_there()
    team = story.tell(lambda _: None)
    assert story.is_there()
    assert Patient.objects.count() == len(OTHERS)
    assert set(Visit.objects.values_list("status", flat=True)) == {"closed"}
    assert VisitNote.objects.filter(signature__isnull=False).count() == len(OTHERS)
    assert list(all_problems()) == []
    moments = list(AuditEntry.objects.order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert all(visit.day < today() for visit in Visit.objects.all())
    for name, password in team.passwords.items():
        assert User.objects.get(username=name).check_password(password)
    assert len(set(team.passwords.values())) == 4


FIRST_VISIT = """
import json, tempfile
from datetime import timedelta
from pathlib import Path
from facialis.clinic.kernel.times import today
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.operations.demonstration import story
from facialis.clinic.operations.demonstration.clock import clinic_day
from facialis.clinic.operations.demonstration.people import SEEN
with tempfile.TemporaryDirectory() as folder, clinic_day(today() - timedelta(days=40), 10):
    patient = story._first_visit(SEEN, story._team(), Path(folder), has_treatment=False)
found = Measurement.objects.filter(visit__patient=patient).order_by("-number").first()
print(json.dumps({"photos": found.document["photos"], "index": found.symmetry_index}))
"""


@pytest.mark.slow
def test_drawn_photographs_are_measured_by_the_worker(own_clinic):
    said = own_clinic.manage("shell", "--no-imports", "-c", FIRST_VISIT).stdout
    found = json.loads(said.splitlines()[-1])
    assert len(found["photos"]) == 9
    assert [photo["file"] for photo in found["photos"] if photo.get("error")] == []
    assert 0 < found["index"] < 100


def test_a_plan_is_signed_and_given_by_the_actions_of_the_clinic(monkeypatch):
    monkeypatch.setattr(judging, "planner", clinic_plans.RecordedPlanner)
    by = clinic_plans.clinician()

    def work():
        plan = Plan.objects.get()
        propose_plan.func(str(plan.pk), by.pk)

    monkeypatch.setattr(treating, "work", work)
    with clinic_day(clinic_plans.DAY, 10):
        treatment = treating.treat(treating.plan(clinic_plans.planned_visit(by), by), by)
    assert treatment.status == "final"
    assert treatment.given_at.date() == clinic_plans.DAY
    assert set(treatment.points.values_list("status", flat=True)) == {"given"}
    assert Plan.objects.get().status == "completed"
    assert sorted(treatment.dues.values_list("kind", flat=True)) == ["repeat", "review"]
    assert list(all_problems()) == []
