"""A large invented clinic, written in bulk: rows only, without files.

`python -m benchmarks._clinic_rows PATIENTS` fills the database of the environment and prints, as JSON, what
the users of the load need: names for signing in, and keys of patients.
"""

import json
import os
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import django

USERS = 20
PASSWORD = "correct-horse-battery-staple"  # noqa: S105  of invented people
VISITS = 5
"""Of each patient, a quarter of a year apart."""
PHOTOGRAPHS = ("rest", "brow_raise", "gentle_eye_closure", "open_smile", "pucker")
TREATED = (1, 3)
"""Visits of each patient at which toxin was given."""
POINTS = (("frontalis", "left", 1), ("orbicularis_oculi", "right", 1), ("zygomaticus_major", "right", 1))
PRODUCT = "onabotulinumtoxinA"
BATCH = 2000
SEED = 20261122
FAMILY = (
    "Abel", "Brandt", "Celik", "Dietrich", "Ebert", "Ferrari", "Garcia", "Hoffmann", "Ivanova",
    "Jansen", "Kaya", "Lehmann", "Meyer", "Nowak", "Okafor", "Peters", "Quist", "Rossi", "Schmidt",
    "Tanaka", "Ulrich", "Vogel", "Weber", "Xu", "Yildiz", "Zimmermann",
)  # fmt: skip
GIVEN = (
    "Ada", "Ben", "Carla", "David", "Elif", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Karin", "Luca",
    "Mira",
)  # fmt: skip
SUMMARY = ("synkinesis_ocular", "synkinesis_midfacial", "closure_gap", "smile_excursion", "fissure_at_rest")


def main(patients: int) -> None:
    django.setup()
    from django.db import connection

    from facialis.clinic.accounts.models import Clinic, Role, User

    clinic = Clinic.objects.create(name="A large invented clinic")
    users = [
        User.objects.create_user(
            f"user-{number}",
            password=PASSWORD,
            clinic=clinic,
            role=Role.CLINICIAN if number % 2 else Role.ASSISTANT,
            first_name="Ada",
            last_name=f"Invented {number}",
        )
        for number in range(USERS)
    ]
    keys: list[UUID] = []
    chance = random.Random(SEED)
    for start in range(0, patients, BATCH):
        keys += _write(clinic, users[1], range(start, min(start + BATCH, patients)), chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    wanted = chance.sample(keys, min(500, len(keys)))
    print(json.dumps({"users": [user.username for user in users], "patients": [str(key) for key in wanted]}))


def _write(clinic: Any, by: Any, numbers: range, chance: random.Random) -> list[UUID]:
    """Some patients with all that belongs to them, in one transaction."""
    from django.db import transaction

    from facialis.clinic.audit.models import Signature
    from facialis.clinic.followup.models import Due
    from facialis.clinic.measurements.models import Measurement
    from facialis.clinic.patients.models import Palsy, Patient
    from facialis.clinic.photographs.models import Photograph
    from facialis.clinic.plans.models import Plan
    from facialis.clinic.treatments.models import Treatment, TreatmentPoint, Vial
    from facialis.clinic.visits.models import Visit

    own = _Rows(clinic, by, chance)
    people = [own.patient(number) for number in numbers]
    visits = [visit for person in people for visit in own.visits(person)]
    vial = own.vial()
    treatments = [
        row for person in range(len(people)) for row in own.treatments(person, people, visits, vial)
    ]
    with transaction.atomic():
        _bulk(Patient, people)
        _bulk(Palsy, (own.palsy(person) for person in people))
        _bulk(Visit, visits)
        _bulk(Photograph, (picture for visit in visits for picture in own.photographs(visit)))
        _bulk(Measurement, map(own.measurement, visits))
        Vial.objects.bulk_create([vial])
        _bulk(Signature, (signature for treatment in treatments for signature in treatment.signatures))
        _bulk(Plan, (treatment.plan for treatment in treatments))
        _bulk(Treatment, treatments)
        _bulk(TreatmentPoint, (point for treatment in treatments for point in own.points(treatment)))
        _bulk(Due, (due for treatment in treatments for due in own.dues(treatment)))
    return [person.pk for person in people]


def _bulk(model: Any, rows: Iterable[Any]) -> None:
    waiting: Iterator[Any] = iter(rows)
    while part := list(islice(waiting, BATCH)):
        model.objects.bulk_create(part)


class _Rows:
    """Makes rows as the actions would leave them."""

    def __init__(self, clinic: Any, by: Any, chance: random.Random) -> None:
        self._clinic, self._by, self._chance = clinic, by, chance
        self._today = datetime.now(UTC).date()

    def _key(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128), version=4)

    def patient(self, number: int) -> Any:
        from facialis.clinic.patients.models import Patient
        from facialis.clinic.patients.search import search_text_of

        family, given = self._chance.choice(FAMILY), self._chance.choice(GIVEN)
        born = date(1940, 1, 1) + timedelta(days=self._chance.randrange(23000))
        return Patient(
            id=self._key(),
            clinic=self._clinic,
            record_number=f"R-{number:06d}",
            pseudonym=f"F-{number:08d}",
            family_name=family,
            given_names=given,
            birth_date=born,
            sex=self._chance.choice(("female", "male")),
            search_text=search_text_of(family, given, f"R-{number:06d}", born),
            created_by=self._by,
        )

    def palsy(self, person: Any) -> Any:
        from facialis.clinic.patients.models import Palsy

        side = self._chance.choice(("left", "right"))
        return Palsy(patient=person, affected_side=side, onset=date(2023, 3, 1), cause="bells_palsy")

    def visits(self, person: Any) -> list[Any]:
        from facialis.clinic.visits.models import Visit

        first = self._today - timedelta(days=1 + self._chance.randrange(90))
        return [
            Visit(id=self._key(), patient=person, day=first - timedelta(days=90 * back), status="closed")
            for back in range(VISITS)
        ]

    def photographs(self, visit: Any) -> list[Any]:
        from facialis.clinic.photographs.models import Photograph

        return [
            Photograph(
                id=self._key(),
                visit=visit,
                expression=expression,
                status="measured",
                mirrored="no",
                file_name=f"{self._chance.getrandbits(128):032x}.jpg",
                thumbnail_name=f"{self._chance.getrandbits(128):032x}.jpg",
                sha256=f"{self._chance.getrandbits(256):064x}",
                original_sha256=f"{self._chance.getrandbits(256):064x}",
                width_px=1200,
                height_px=1600,
                upload_key=self._key(),
                added_by=self._by,
            )
            for expression in PHOTOGRAPHS
        ]

    def measurement(self, visit: Any) -> Any:
        from facialis.clinic.measurements.models import Measurement

        return Measurement(
            id=self._key(),
            visit=visit,
            number=1,
            document={"set": {"asymmetry": []}},
            document_sha256="0" * 64,
            point_sets=[],
            symmetry_index=round(self._chance.uniform(20, 90), 1),
            symmetry_index_sd=2.0,
            summary={
                name: {"value": round(self._chance.uniform(-5, 5), 2), "sd": 0.4, "unit": "mm"}
                for name in SUMMARY
            },
        )

    def vial(self) -> Any:
        from facialis.clinic.treatments.models import Vial

        expiry = self._today + timedelta(days=300)
        return Vial(
            id=self._key(), clinic=self._clinic, product=PRODUCT, units=100, lot="INVENTED", expiry=expiry,
            saline_ml=2, entered_by=self._by,
        )  # fmt: skip

    def treatments(self, place: int, people: list[Any], visits: list[Any], vial: Any) -> list[Any]:
        from facialis.clinic.plans.models import Plan
        from facialis.clinic.treatments.models import Treatment

        made = []
        for back in TREATED:
            visit, person = visits[place * VISITS + back], people[place]
            at = datetime.combine(visit.day, time(10), UTC)
            signatures = [
                self._signature(what, person, at) for what in ("plans.plan", "treatments.treatment")
            ]
            plan = Plan(
                id=signatures[0].record, visit=visit, status="completed", product=PRODUCT, day=visit.day,
                created_by=self._by, signature=signatures[0],
            )  # fmt: skip
            treatment = Treatment(
                id=signatures[1].record, plan=plan, vial=vial, status="final", given_at=at,
                started_by=self._by, signature=signatures[1],
            )  # fmt: skip
            treatment.signatures, treatment.is_last = signatures, back == min(TREATED)
            made.append(treatment)
        return made

    def _signature(self, what: str, person: Any, at: datetime) -> Any:
        from facialis.clinic.audit.models import Signature

        return Signature(
            id=self._key(), clinic=self._clinic, what=what, record=self._key(), patient=person.pk,
            meaning="I stand for it", signer=self._by, signer_name="Ada Invented", signer_role="clinician",
            at=at, method="password", document={"treatment": {}}, document_sha256="0" * 64,
        )  # fmt: skip

    def points(self, treatment: Any) -> list[Any]:
        from facialis.clinic.treatments.models import TreatmentPoint

        return [
            TreatmentPoint(
                treatment=treatment, order=order, target=target, side=side, point=point, planned_units="2.5",
                status="given", given_units="2.5", is_signed=True,
            )
            for order, (target, side, point) in enumerate(POINTS)
        ]  # fmt: skip

    def dues(self, treatment: Any) -> list[Any]:
        from facialis.clinic.followup.models import Due

        day, person = treatment.plan.day, treatment.plan.visit.patient
        status = "open" if treatment.is_last else "done"
        return [
            Due(
                id=self._key(), patient=person, treatment=treatment, kind=kind, status=status,
                earliest=day + timedelta(days=first), target=day + timedelta(days=first + 14),
                latest=day + timedelta(days=first + 42),
            )
            for kind, first in (("review", 14), ("repeat", 84))
        ]  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facialis.clinic.settings")
    main(int(sys.argv[1]))
