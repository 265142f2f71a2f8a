"""A whole visit in a clinic that runs: from the first account to the sheet that the patient takes home.

The same walk is made with a mouse, with the keyboard alone, and with fingers on a tablet.
"""

import subprocess
import sys
import time
from functools import partial
from types import SimpleNamespace

import pytest

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from tests.browser.conftest import DESKTOP
from tests.browser.pages import (
    capture,
    following,
    grading,
    measuring,
    planning,
    record,
    team,
    treating,
)
from tests.browser.pages.hands import Keyboard, Mouse, Touch
from tests.browser.pages.person import Person, sign_in, sign_out
from tests.browser.photographs import photographs
from tests.browser.server import ROOT, ClinicServer
from tests.factories.clinic import PASSWORD

PATIENCE_MS = 30_000
TABLET = (820, 1180)


@pytest.fixture(scope="module")
def clinic(chromium, tmp_path_factory):
    """A running clinic in which there is nobody but its administrator, made as an operator makes it."""
    del chromium
    server = ClinicServer(tmp_path_factory.mktemp("clinic"))
    try:
        command = [sys.executable, "-m", "facialis.clinic.manage", "first_run", "--password-stdin"]
        names = ["--clinic", "The invented clinic", "--username", "dora", "--name", "Dora Administrator"]
        subprocess.run(
            [*command, *names], input=PASSWORD, text=True, check=True, cwd=ROOT, env=server.environment
        )
        yield server
    finally:
        server.stop()


@pytest.fixture
def desk(open_context, clinic, request):
    """Pages for people of this walk; each has a browser of its own."""
    hand, size = request.param

    def sit_down(**options):
        context = open_context(size=size, has_touch=hand is Touch, **options)
        context.set_default_timeout(PATIENCE_MS)
        return Person(context.new_page(), hand, clinic)

    return SimpleNamespace(sit_down=sit_down, hand=hand, clinic=clinic)


@pytest.fixture(autouse=True)
def _patience():
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def took(request):
    """Write down how long each part took; shown with `-rP`."""
    began = time.monotonic()
    parts = []

    def note(part):
        parts.append(f"{part}: {time.monotonic() - began:.1f} s")

    yield note
    print(f"{request.node.name}\n  " + "\n  ".join(parts))  # noqa: T201  what a person asked for


def make_team(desk, suffix, administrator="dora"):
    """The administrator adds two people; each chooses a password when coming in first."""
    chief = desk.sit_down()
    sign_in(chief, administrator)
    people = {
        "assistant": ("", "Ben", "Assistant"),
        "clinician": ("Dr", "Ada", "Clinician"),
    }
    found = {}
    for role, (title, first_name, last_name) in people.items():
        username = f"{role}.{suffix}"
        names = {"title": title, "first_name": first_name, "last_name": last_name}
        password = team.add_person(chief, username=username, role=role, **names)
        found[role] = desk.sit_down()
        team.come_in_first(found[role], username, password)
    sign_out(chief)
    return found["assistant"], found["clinician"]


def take_in(assistant, family_name, took):
    """A new patient with history, consent and examination; gives patient and visit."""
    patient = record.add_patient(assistant, family_name)
    record.take_history(assistant)
    record.ask_health(assistant)
    record.ask_toxin(assistant)
    record.ask_wishes(assistant)
    visit = record.open_visit(assistant, patient)
    record.take_consent(assistant, visit, f"Jane {family_name}")
    record.examine(assistant, visit)
    took("history, consent, examination")
    return patient, visit


def measure(assistant, visit, took, is_line_lost=False):
    """Photographs, and points that are moved in three ways."""
    capture.upload(assistant, visit, photographs("today"), is_line_lost=is_line_lost)
    took("nine photographs sent")
    capture.wait_until_measured(assistant)
    took("nine photographs measured")
    measuring.open_points(assistant, visit, "open_smile")
    measuring.size_iris_by_arrows(assistant, "right")
    measuring.move_by_taps(assistant, "left.commissure", 60, -10)
    measuring.drag(assistant, "right.commissure", -12, 14)
    measuring.save_points(assistant)
    took("points moved and saved")


def examine(assistant, clinician, visit, took):
    """Grades, findings and the map; the clinician signs a grade."""
    grading.draft_sunnybrook(assistant, visit)
    grading.record_finding(assistant, visit)
    measuring.check_map(assistant, visit)
    grading.finalise_house_brackmann(clinician, visit)
    took("graded")


def plan_and_sign(clinician, visit, took, start="proposal", sign=planning.sign):
    """From the proposal to the signed plan; gives its key. Times are told, not judged."""
    plan = planning.begin(clinician, visit, start)
    took("proposed")
    if start == "proposal":
        accepted = planning.accept_first(clinician)
        planning.accept_all(clinician)
    else:
        accepted = planning.first_of_copy(clinician)
    planning.step_up(clinician, accepted)  # the first answer of this plan may still compile
    forecasts = [planning.step_up(clinician, accepted) for _ in range(3)]
    if start == "proposal":  # a copy has so few that each is wanted below
        planning.remove(clinician, planning.last_row(clinician))
    took("doses chosen; forecasts in " + ", ".join(f"{ms:.0f} ms" for ms in forecasts))
    assert planning.write_reasons(clinician) > 0, "no rule warns of the patient's anticoagulants"
    sign(clinician, plan)
    took("signed")
    return plan


def treat(clinician, plan, took, sign=lambda clinician, _treatment: treating.sign(clinician)):
    """Vial, points, signature, sheet; gives the key of the treatment."""
    treatment = treating.begin(clinician, plan)
    treating.enter_vial(clinician)
    treating.choose_vial(clinician)
    treating.give(clinician)
    sign(clinician, treatment)
    treating.check_sheet(clinician, treatment)
    took("treated")
    return treatment


@pytest.mark.parametrize("desk", [(Mouse, DESKTOP)], indirect=True, ids=["mouse"])
def test_a_whole_visit_with_a_mouse(desk, took):
    assistant, clinician = make_team(desk, "mouse")
    took("team made")
    patient, visit = take_in(assistant, "Muster", took)
    before = {
        "patient": patient,
        "days": 140,
        "folder": str(photographs("before")),
        "clinician": "clinician.mouse",
    }
    desk.clinic.make("past_visit", **before)
    took("earlier visit made")
    measure(assistant, visit, took)
    examine(assistant, clinician, visit, took)
    plan = plan_and_sign(clinician, visit, took)
    treat(clinician, plan, took)
    following.check_recall(clinician, "Muster")
    following.report_event(clinician, patient)
    following.compare(clinician, patient)
    following.check_trends(clinician, patient)
    took("followed up")


@pytest.mark.parametrize("desk", [(Keyboard, DESKTOP)], indirect=True, ids=["keyboard"])
def test_a_whole_visit_with_the_keyboard_alone(desk, took):
    # In a clinic of its own: photographs of one face are not taken for two patients of one clinic.
    names = desk.clinic.make("team", clinic_name="The clinic of keys", prefix="keys-")
    assistant, clinician = make_team(desk, "keys", names["administrator"])
    took("team made")
    patient, visit = take_in(assistant, "Keller", took)
    measure(assistant, visit, took)
    examine(assistant, clinician, visit, took)
    plan = plan_and_sign(clinician, visit, took)
    treat(clinician, plan, took)
    following.check_recall(clinician, "Keller")
    following.report_event(clinician, patient)
    took(f"followed up, after {assistant.hand.presses + clinician.hand.presses} presses of Tab and arrows")


@pytest.mark.parametrize("desk", [(Touch, TABLET)], indirect=True, ids=["touch"])
def test_a_whole_visit_with_fingers_from_the_doses_of_the_last_session(desk, took):
    names = desk.clinic.make("team", clinic_name="The clinic of fingers", prefix="touch-")
    assistant, clinician = desk.sit_down(), desk.sit_down()
    sign_in(assistant, names["assistant"])
    sign_in(clinician, names["clinician"])
    patient, visit = take_in(assistant, "Brandt", took)
    before = {"patient": patient, "days": 140, "treated": True, "clinician": names["clinician"]}
    desk.clinic.make("past_visit", **before)
    measure(assistant, visit, took, is_line_lost=True)
    assert len(desk.clinic.make("photographs_of", visit=visit)) == len(NINE_PHOTOGRAPHS)
    examine(assistant, clinician, visit, took)

    def signatures(record):
        return desk.clinic.make("signatures_of", record=record)

    plan = plan_and_sign(
        clinician,
        visit,
        took,
        start="last",
        sign=partial(planning.sign_over_a_bad_line, signatures=signatures),
    )
    treat(clinician, plan, took, sign=partial(treating.sign_over_a_bad_line, signatures=signatures))
    following.check_recall(clinician, "Brandt")
    took("followed up")
