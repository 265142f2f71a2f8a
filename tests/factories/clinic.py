"""Records of an invented clinic."""

from datetime import date
from itertools import count

from facialis.clinic.accounts.models import Clinic, Role, User
from facialis.clinic.patients.models import Palsy, Patient
from facialis.clinic.visits.models import Visit, VisitStatus

PASSWORD = "correct-horse-battery-staple"
_numbers = count(1)


def clinic(name: str = "") -> Clinic:
    return Clinic.objects.create(name=name or f"Clinic {next(_numbers)}")


def user(of: Clinic, role: Role = Role.CLINICIAN, **changes: object) -> User:
    number = next(_numbers)
    values = {
        "username": f"{role}-{number}",
        "title": "Dr",
        "first_name": "Ada",
        "last_name": f"Invented {number}",
        "clinic": of,
        "role": role,
        **changes,
    }
    return User.objects.create_user(password=PASSWORD, **values)


def patient(by: User, **changes: object) -> Patient:
    number = next(_numbers)
    values = {
        "clinic": by.clinic,
        "record_number": f"R-{number:05d}",
        "pseudonym": f"F-{number:06d}",
        "family_name": "Invented",
        "given_names": f"Person {number}",
        "birth_date": date(1980, 5, 17),
        "sex": "female",
        "search_text": f"invented person {number} r-{number:05d} 1980-05-17",
        "created_by": by,
        **changes,
    }
    return Patient.objects.create(**values)


def palsy(of: Patient, **changes: object) -> Palsy:
    values = {"affected_side": "left", "onset": date(2025, 3, 1), "cause": "bells_palsy", **changes}
    return Palsy.objects.create(patient=of, **values)


def visit(of: Patient, day: date = date(2026, 3, 2), **changes: object) -> Visit:
    return Visit.objects.create(patient=of, day=day, **{"status": VisitStatus.OPEN, **changes})
