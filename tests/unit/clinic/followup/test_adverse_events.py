"""What may be reported as an adverse event."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from facialis.clinic.followup.actions.adverse_events import (
    change_adverse_event,
    mark_event_error,
    report_adverse_event,
)
from facialis.clinic.followup.events import MANAGED_AS, event_kinds, what_to_do
from facialis.clinic.followup.models import AdverseEvent
from facialis.clinic.kernel.errors import FieldsError, StaleVersionError
from facialis.toxins.emergency import emergency_signs
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def clinician(db):  # noqa: ARG001  the fixture opens the database
    return made.user(made.clinic())


@pytest.fixture
def patient(clinician):
    return made.patient(clinician)


def report(clinician, patient, **changes):
    values = {
        "treatment": None,
        "kind": "eyelid_ptosis",
        "side": "left",
        "onset": TODAY - timedelta(days=3),
        "seriousness": "not_serious",
        **changes,
    }
    return report_adverse_event(by=clinician, patient=patient, **values)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "hangnail"}, "kind"),
        ({"kind": "other"}, "other"),
        ({"onset": TODAY + timedelta(days=1)}, "onset"),
        ({"resolved": TODAY - timedelta(days=9)}, "resolved"),
        ({"seriousness": "serious"}, "criteria"),
        ({"criteria": ["hospital"]}, "criteria"),
        ({"seriousness": "serious", "criteria": ["boredom"]}, "criteria"),
        ({"seriousness": "perhaps"}, "seriousness"),
        ({"side": "both"}, "side"),
        ({"side": ""}, "side"),
        ({"severity": "awful"}, "severity"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(clinician, patient, change, field):
    with pytest.raises(FieldsError) as refused:
        report(clinician, patient, **change)
    assert field in refused.value.errors
    assert not AdverseEvent.objects.exists()


def test_an_event_is_completed_and_its_earlier_version_kept(clinician, patient):
    event = report(clinician, patient)
    changed = change_adverse_event(
        by=clinician,
        pk=event.pk,
        version=1,
        resolved=TODAY,
        action_taken="drops",
        narrative="",
        reason="It ended today.",
    )
    assert changed.status == "amended"
    assert event.history.count() == 2
    with pytest.raises(StaleVersionError):
        change_adverse_event(
            by=clinician,
            pk=event.pk,
            version=1,
            resolved=None,
            action_taken="",
            narrative="",
            reason="told late again",
        )


def test_an_event_entered_in_error_stays_in_the_record(clinician, patient):
    event = report(clinician, patient)
    assert mark_event_error(by=clinician, pk=event.pk, reason="another patient").status == "entered_in_error"
    assert AdverseEvent.objects.count() == 1


def test_a_drooping_lid_comes_with_what_the_sources_say_to_do():
    assert what_to_do("eyelid_ptosis")
    assert all(what_to_do(kind) for kind in MANAGED_AS)
    assert set(MANAGED_AS) <= set(event_kinds())
    assert what_to_do("bruising") == ()


def test_every_emergency_of_the_patients_sheet_can_be_reported():
    codes = {
        "double_vision": "diplopia",
        "double_vision_with_trouble_swallowing": "dysphagia",
        "drooping_lid": "eyelid_ptosis",
        "eye_pain_with_loss_of_vision": "visual_loss",
        "red_or_painful_eye": "superficial_punctate_keratitis",
        "swelling_hives_wheeze": "allergic_reaction",
        "trouble_swallowing": "dysphagia",
    }
    assert {codes.get(sign.code, sign.code) for sign in emergency_signs()} <= set(event_kinds())


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(client, clinician, patient):
    client.force_login(clinician)
    typed = {
        "kind": "other",
        "onset": TODAY.isoformat(),
        "seriousness": "not_serious",
        "narrative": "kept text",
    }
    answer = client.post(reverse("adverse_event_new", args=[patient.pk]), typed)
    assert answer.status_code == 422
    assert "kept text" in answer.content.decode()
    assert "Say in a few words" in answer.content.decode()
    assert (
        client.post(reverse("adverse_event_new", args=[patient.pk]), {**typed, "other": "itch"}).status_code
        == 302
    )
    event = AdverseEvent.objects.get()
    assert b"itch" in client.get(reverse("adverse_event", args=[event.pk])).content
    assert b"itch" in client.get(reverse("adverse_events", args=[patient.pk])).content
