"""Records of an invented clinic."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from facialis.clinic.accounts.models import Clinic, Role, User
from facialis.clinic.audit.actions import sign
from facialis.clinic.patients.models import Palsy, Patient
from facialis.clinic.patients.search import search_text_of
from facialis.clinic.plans.models import Plan
from facialis.clinic.treatments.models import Vial
from facialis.clinic.visits.models import Visit, VisitStatus

PASSWORD = "correct-horse-battery-staple"
_numbers = count(1)


def clinic(name: str = "") -> Clinic:
    return Clinic.objects.create(name=name or f"Clinic {next(_numbers)}")


def user(of: Clinic, role: Role = Role.CLINICIAN, **changes: Any) -> User:
    number = next(_numbers)
    values: dict[str, Any] = {
        "username": f"{role}-{number}",
        "title": "Dr",
        "first_name": "Ada",
        "last_name": f"Invented {number}",
        "clinic": of,
        "role": role,
        **changes,
    }
    return User.objects.create_user(password=PASSWORD, **values)


def patient(by: User, **changes: Any) -> Patient:
    number = next(_numbers)
    values: dict[str, Any] = {
        "clinic": by.clinic,
        "record_number": f"R-{number:05d}",
        "pseudonym": f"F-{number:06d}",
        "family_name": "Invented",
        "given_names": f"Person {number}",
        "birth_date": date(1980, 5, 17),
        "sex": "female",
        "created_by": by,
        **changes,
    }
    shown = (values["family_name"], values["given_names"], values["record_number"], values["birth_date"])
    values.setdefault("search_text", search_text_of(*shown))
    return Patient.objects.create(**values)


def palsy(of: Patient, **changes: object) -> Palsy:
    values = {"affected_side": "left", "onset": date(2025, 3, 1), "cause": "bells_palsy", **changes}
    return Palsy.objects.create(patient=of, **values)


def visit(of: Patient, day: date = date(2026, 3, 2), **changes: object) -> Visit:
    return Visit.objects.create(patient=of, day=day, **{"status": VisitStatus.OPEN, **changes})


CHOICES = (
    {"target": "corrugator", "side": "right", "point": 1, "amount": "2.5"},
    {"target": "mentalis", "side": "left", "point": 1, "amount": "2.5"},
    {"target": "orbicularis_oculi_lateral", "side": "left", "point": 1, "amount": "1.25"},
)


def active_plan(
    of: Visit, by: User, choices: Sequence[dict[str, object]] = CHOICES, **changes: object
) -> Plan:
    """A plan as a clinician has signed it."""
    plan = Plan.objects.create(
        visit=of,
        product="onabotulinumtoxinA",
        day=of.day,
        choices=list(choices),
        proposal_status="ready",
        created_by=by,
        **changes,
    )
    plan.signature = sign(
        "plans.plan",
        by=by,
        record_id=plan.pk,
        patient_id=of.patient_id,
        meaning="I stand for this plan",
        method="password",
        document={"choices": plan.choices},
    )
    plan.status = "active"
    plan.save()
    return plan


def vial(by: User, **changes: object) -> Vial:
    values = {
        "clinic": by.clinic,
        "product": "onabotulinumtoxinA",
        "units": Decimal(100),
        "lot": "C1234",
        "expiry": timezone.localdate() + timedelta(days=365),
        "saline_ml": Decimal("2.5"),
        "reconstituted_at": timezone.now() - timedelta(hours=1),
        "entered_by": by,
        **changes,
    }
    return Vial.objects.create(**values)
