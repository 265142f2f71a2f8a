"""What happened in the demonstration clinic so far, from the first day to today."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

from facialis.clinic.accounts.actions import add_member, first_run
from facialis.clinic.accounts.models import Clinic, Role, User
from facialis.clinic.accounts.passwords import one_time_password
from facialis.clinic.kernel.times import today
from facialis.clinic.operations.demonstration.clock import clinic_day
from facialis.clinic.operations.demonstration.people import OTHERS, SEEN, TREATED, Person
from facialis.clinic.operations.demonstration.pictures import draw_visit
from facialis.clinic.operations.demonstration.treating import plan, treat
from facialis.clinic.operations.demonstration.visiting import (
    begin,
    end,
    find,
    grade,
    new_patient,
    onset_of,
    photograph,
)
from facialis.clinic.patients.models import Patient
from facialis.clinic.treatments.queries import planning_treatments
from facialis.clinic.visits.actions import plan_visit
from facialis.clinic.visits.models import ConsentKind
from facialis.errors import FacialisError
from facialis.twin.events import ToxinSession

CLINIC = "Demonstration clinic (invented)"
OPENED, TREATED_ON, REVIEWED_ON, SEEN_ON = (timedelta(days=days) for days in (400, 126, 112, 40))
"""Before today."""
CARE, PICTURES = ConsentKind.TREATMENT, ConsentKind.PHOTOGRAPHS


class NotEmptyError(FacialisError):
    """There are records already."""

    code = "clinic_not_empty"


@dataclass(frozen=True)
class Team:
    """Who works here, and how they sign in."""

    clinician: User
    assistant: User
    passwords: dict[str, str]
    """By the name for signing in."""


def is_there() -> bool:
    """Whether this clinic is the demonstration."""
    return Clinic.objects.filter(name=CLINIC).exists()


def require_empty() -> None:
    """Refuse where anybody works already; raises `NotEmptyError`."""
    if Clinic.objects.exists() or User.objects.exists():
        raise NotEmptyError(
            "There are records in this clinic already, and the demonstration never mixes with them. Set "
            "FACIALIS_DATA to a new folder."
        )


def tell(say: Callable[[str], None]) -> Team:
    """Make it all; takes some minutes, most of them for drawing and measuring photographs.

    Parameters
    ----------
    say : callable      Told what is being done.
    """
    require_empty()
    with clinic_day(today() - OPENED, 8):
        team = _team()
    for number, person in enumerate(OTHERS):
        say(f"{person.given_names} {person.family_name} comes, without photographs")
        with clinic_day(today() - OPENED + timedelta(days=30 * (number + 1)), 9 + number):
            _short_visit(person, team)
    with tempfile.TemporaryDirectory(prefix="facialis-demonstration-") as folder:
        _with_pictures(team, Path(folder), say)
    return team


def _with_pictures(team: Team, folder: Path, say: Callable[[str], None]) -> None:
    say(f"{TREATED.given_names} {TREATED.family_name} is photographed, measured, planned and treated")
    began = today() - TREATED_ON
    with clinic_day(began, 10):
        treated = _first_visit(TREATED, team, folder, has_treatment=True)
    say("and comes back after two weeks")
    with clinic_day(today() - REVIEWED_ON, 11):
        _later_visit(treated, TREATED, began, team, folder)
    say(f"{SEEN.title} {SEEN.family_name} is photographed and measured")
    with clinic_day(today() - SEEN_ON, 15):
        seen = _first_visit(SEEN, team, folder, has_treatment=False)
    say("Today: one visit is open and measured, others are planned")
    _later_visit(treated, TREATED, began, team, folder, is_ended=False)
    waiting = Patient.objects.get(family_name=OTHERS[1].family_name)
    for patient, at, purpose in ((seen, time(14, 30), "treatment"), (waiting, time(16), "review")):
        plan_visit(by=team.assistant, patient=patient, day=today(), planned_time=at, purpose=purpose)


def _team() -> Team:
    passwords = {"administrator": one_time_password()}
    administrator = first_run(
        clinic_name=CLINIC, username="administrator", password=passwords["administrator"], must_change=False,
        first_name="Dora", last_name="Demonstration",
    )  # fmt: skip
    made = {}
    for role, title, first in (
        (Role.CLINICIAN, "Dr", "Ada"),
        (Role.ASSISTANT, "", "Ben"),
        (Role.RESEARCHER, "", "Cleo"),
    ):
        member, passwords[role.value] = add_member(
            by=administrator, username=role.value, role=role, title=title, first_name=first,
            last_name="Demonstration",
        )  # fmt: skip
        member.must_change_password = False  # for trying the one that was printed is good enough
        member.save()
        made[role] = member
    return Team(made[Role.CLINICIAN], made[Role.ASSISTANT], passwords)


def _short_visit(person: Person, team: Team) -> None:
    patient = new_patient(person, team.assistant, today())
    visit = begin(patient, team.assistant, "first", (CARE,))
    grade(visit, team.clinician)
    end(visit, team.clinician, "First visit. Mime therapy continues; toxin was explained. (Invented.)")


def _first_visit(person: Person, team: Team, folder: Path, *, has_treatment: bool) -> Patient:
    patient = new_patient(person, team.assistant, today())
    visit = begin(patient, team.assistant, "first", (CARE, PICTURES))
    files, findings = draw_visit(person, folder / "first", onset_of(person, today()), today())
    photograph(visit, team.assistant, files)
    find(visit, team.clinician, findings)
    grade(visit, team.clinician)
    if has_treatment:
        visit.refresh_from_db()
        treat(plan(visit, team.clinician), team.clinician)
    end(visit, team.clinician, "Late synkinesis; tightness of the cheek. (Invented.)")
    return patient


def _later_visit(
    patient: Patient, person: Person, began: date, team: Team, folder: Path, *, is_ended: bool = True
) -> None:
    visit = begin(patient, team.assistant, "review" if is_ended else "treatment", ())
    onset = onset_of(person, began)
    files, findings = draw_visit(person, folder / "later", onset, today(), _sessions(patient, onset))
    photograph(visit, team.assistant, files)
    find(visit, team.clinician, findings)
    grade(visit, team.clinician)
    if is_ended:
        end(visit, team.clinician, "Softer cheek, eye closes well, smile stronger. (Invented.)")


def _sessions(patient: Patient, onset: date) -> Sequence[ToxinSession]:
    """What was injected so far, as the drawn face feels it."""
    return [
        ToxinSession(float((given.day - onset).days), tuple(given.injections))
        for given in planning_treatments(patient)
    ]
