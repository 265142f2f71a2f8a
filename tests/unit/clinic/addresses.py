"""All addresses of the clinic, and a record for each kind that they name."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.urls import URLPattern, get_resolver
from PIL import Image

from facialis.clinic.accounts.models import Clinic, Role
from facialis.clinic.followup.models import AdverseEvent, Due
from facialis.clinic.grading.models import Grading
from facialis.clinic.patients.models import EarlierTreatment, Wishes
from facialis.clinic.photographs import store
from facialis.clinic.photographs.models import Photograph
from facialis.clinic.treatments.models import Treatment, TreatmentPoint
from facialis.clinic.visits.models import ConsentText
from facialis.measurement.synkinesis import SynkinesisRegion
from tests.factories import clinic as made

BEFORE_KEY = {
    "patients": "patient",
    "new": "patient",  # visits/new/<patient>
    "today": "patient",
    "visits": "visit",
    "earlier-toxin": "earlier_treatment",
    "consent-texts": "consent_text",
    "photographs": "photograph",
    "gradings": "grading",
    "plans": "plan",
    "treatments": "treatment",
    "vials": "vial",
    "recalls": "due",
    "adverse-events": "adverse_event",
    "team": "user",
}
"""The part of an address before <pk>, and the kind of record whose key it is."""

OTHER_PARTS: dict[str, object] = {
    "kind": "treatment",
    "language": "en",
    "instrument": "house_brackmann",
    "point": 1,
    "expression": "open_smile",
    "region": next(iter(SynkinesisRegion)).value,
}
"""Parts of addresses that are not a key named pk."""


@dataclass(frozen=True)
class Address:
    """One address of ours; allauth's are not among them."""

    route: str
    name: str
    view: object
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return self.name or self.route

    @property
    def act(self) -> str | None:
        return getattr(self.view, "act", None)

    def path(self, keys: dict[str, object]) -> str:
        """With the keys of some records; says what is missing where an address has a part that is new."""
        found = {part: self._value(part, keys) for part in self.parts}
        path = self.route
        for part in self.route.split("/"):
            if part.startswith("<"):
                path = path.replace(part, str(found[part.strip("<>").rpartition(":")[2]]), 1)
        return f"/{path}"

    def _value(self, part: str, keys: dict[str, object]) -> object:
        if part != "pk":
            if part not in OTHER_PARTS:
                raise AssertionError(
                    f"{self.route}: unknown part <{part}>. Add a value to OTHER_PARTS in {__file__}."
                )
            return OTHER_PARTS[part]
        before = self.route.partition("<")[0].rstrip("/").rpartition("/")[2]
        if before not in BEFORE_KEY:
            raise AssertionError(
                f"{self.route}: unknown what <pk> is a key of. Add {before!r} to BEFORE_KEY in {__file__}, "
                "and a record to keys_of where the kind is new."
            )
        return keys[BEFORE_KEY[before]]


def addresses() -> list[Address]:
    """Every address of the project."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[object], prefix: str) -> Iterator[Address]:
    for one in patterns:
        route = prefix + str(one.pattern)
        if not isinstance(one, URLPattern):
            yield from _walk(one.url_patterns, route)
        elif not one.callback.__module__.startswith("allauth."):
            yield Address(route, one.name or "", one.callback, tuple(one.pattern.converters))


def keys_of(clinic: Clinic) -> dict[str, object]:
    """Make one record of each kind in a clinic; returns their keys."""
    by = made.user(clinic)
    patient = made.patient(by)
    made.palsy(patient)
    Wishes.objects.create(patient=patient)
    visit = made.visit(patient)
    plan, vial = made.active_plan(visit, by), made.vial(by)
    treatment = Treatment.objects.create(plan=plan, vial=vial, started_by=by)
    TreatmentPoint.objects.create(
        treatment=treatment, order=1, target="corrugator", side="right", point=1, planned_units=Decimal("2.5")
    )
    records = {
        "patient": patient,
        "visit": visit,
        "plan": plan,
        "vial": vial,
        "treatment": treatment,
        "photograph": _photograph(visit, by),
        "grading": Grading.objects.create(visit=visit, instrument="house_brackmann", by=by),
        "earlier_treatment": EarlierTreatment.objects.create(patient=patient, day=date(2025, 6, 1)),
        "consent_text": ConsentText.objects.create(
            clinic=clinic, kind="treatment", number=1, title="t", text="x", sha256="0" * 64
        ),
        "due": Due.objects.create(
            patient=patient, kind="review",
            earliest=date(2026, 4, 1), target=date(2026, 4, 8), latest=date(2026, 4, 15),
        ),
        "adverse_event": AdverseEvent.objects.create(
            patient=patient, kind="other", other="x", onset=date(2026, 3, 4), seriousness="not_serious",
            reported_by=by,
        ),
        "user": made.user(clinic, Role.ASSISTANT),
    }  # fmt: skip
    return {kind: record.pk for kind, record in records.items()}


def _photograph(visit: object, by: object) -> Photograph:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")
    names = [store.save(picture.getvalue()) for _ in range(2)]
    return Photograph.objects.create(
        visit=visit, expression="rest", file_name=names[0], thumbnail_name=names[1], sha256="0" * 64,
        original_sha256="0" * 64, width_px=8, height_px=8, upload_key=uuid4(), added_by=by,
    )  # fmt: skip
