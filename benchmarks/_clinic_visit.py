"""One scripted visit, page by page: from a new patient to a signed treatment."""

import re
import time
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import uuid4

from benchmarks._clinic_forms import AGAIN_S, TRIES, Form, GaveUpError, Page, Visitor, key_in
from benchmarks._clinic_planning import plan
from benchmarks._clinic_told import Told
from benchmarks._clinic_treating import treat

PASSWORD = "correct-horse-battery-staple"  # noqa: S105  of invented people
GRADE = {
    "movement": "clear", "appearance": "obvious", "secondary_defect": "obvious", "rest": "normal",
    "forehead": "slight_to_moderate", "eye_closure": "complete_with_effort",
    "mouth": "slightly_weak_maximum_effort", "do": "sign",
}  # fmt: skip
PALSY = {
    "affected_side": "left", "onset": "02-Mar-2024", "cause": "bells_palsy", "onset_hours": "24",
    "forehead_spared": "no", "recurrent_same_side": "no", "stability": "stable", "stable_months": "18",
    "specialist_seen": "yes",
}  # fmt: skip
HEALTH = {
    "conditions_state": "none", "allergies_state": "none", "medication_state": "none", "pregnancy": "no",
    "lactation": "no",
}  # fmt: skip
WISHES = {"weight_smile": "8", "weight_eye_comfort": "6", "weight_chin": "3", "no_permanent_change": "no"}
EXAMINED = {
    "eye_closure": "complete", "bell_phenomenon": "yes", "corneal_sensation": "yes", "dry_eye": "no",
    "corneal_problem": "no", "holds_liquids": "yes",
}  # fmt: skip
MEASURED_WITHIN_S = 600.0


def sign_in(visitor: Visitor, name: str) -> None:
    """Sign in."""
    page = visitor.get("/account/login/")
    answer = visitor.send(
        page, page.form("/account/login/", having="password"), {"login": name, "password": PASSWORD}
    )
    if not answer.location:
        raise GaveUpError(f"{name} could not sign in: {answer.status}")


def visit(visitor: Visitor, told: Told, number: int, pictures: Mapping[str, bytes]) -> None:
    """Do one whole visit, and note what was told."""
    patient = _patient(visitor, told, number)
    key = key_in(visitor.fill(f"/patients/{patient}/", "", {}, ending=f"/visits/today/{patient}/"))
    told.visits.add(key)
    for kind in ("treatment", "photographs"):
        given = {f"{kind}-decision": "given", f"{kind}-signed_name": f"Kim Chaos {number}"}
        visitor.fill(f"/visits/{key}/consent/", f"{kind}-text", given)
        told.consents.append(key)
    for expression, content in pictures.items():
        upload = str(uuid4())
        _upload(visitor, key, expression, _of(number, content), upload)
        told.pictures[upload] = key
    visitor.fill(f"/visits/{key}/examination/", "eye_closure", EXAMINED)
    visitor.fill(f"/visits/{key}/note/", "text", {"text": f"Seen. {uuid4()}", "sign": "1"})
    proof = {"password": PASSWORD}
    visitor.fill(f"/visits/{key}/note/sign/", "password", proof, is_done=_note_is_signed)
    told.notes.add(key)
    sign = visitor.fill(f"/visits/{key}/grade/house_brackmann/", "movement", GRADE)
    visitor.fill(sign, "password", proof, is_done=_grade_is_signed)
    told.grades.add(key_in(sign))
    _wait_until_measured(visitor, key)
    signed = plan(visitor, told, key, proof)
    treat(visitor, told, signed, f"CHAOS-{number}", proof)


def _patient(visitor: Visitor, told: Told, number: int) -> str:
    # A birth date of its own: the clinic asks whether two of one date and similar names are one person.
    born = date(1950, 1, 1) + timedelta(days=37 * number)
    values = {
        "family_name": f"Chaos{number}", "given_names": "Kim", "birth_date": born.isoformat(),
        "sex": "female",
    }  # fmt: skip
    patient = key_in(visitor.fill("/patients/new/", "family_name", values))
    told.patients.add(patient)
    visitor.fill(f"/patients/{patient}/palsy/", "affected_side", _palsy)
    visitor.fill(f"/patients/{patient}/health/", "conditions_state", HEALTH)
    visitor.fill(f"/patients/{patient}/earlier-toxin/", "state", {"state": "none"})
    visitor.fill(f"/patients/{patient}/wishes/", "weight_smile", WISHES)
    return patient


def _palsy(form: Form) -> dict[str, str]:
    return PALSY | {name: "no" for name in form.names() if name.startswith("flag_")}


def _of(number: int, picture: bytes) -> bytes:
    """The picture with a comment of its own: a file of another patient is asked about."""
    words = f"visit {number}".encode()
    return picture[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words + picture[2:]


def _upload(visitor: Visitor, visit: str, expression: str, content: bytes, upload: str) -> None:
    said = ""
    for _ in range(TRIES):
        page = visitor.get(f"/visits/{visit}/capture/")
        form = page.form("/photographs/", having="mirrored")
        values = {"mirrored": "no", f"key-{expression}": upload}
        answer = visitor.send(page, form, values, (f"picture-{expression}", f"{expression}.jpg", content))
        if answer.location:
            return
        said = f"{answer.status} {answer.words}"
    raise GaveUpError(f"the photograph was not taken: {said}")


def _wait_until_measured(visitor: Visitor, visit: str) -> None:
    until = time.monotonic() + MEASURED_WITHIN_S
    states: set[str] = set()
    while time.monotonic() < until:
        page = visitor.get(f"/visits/{visit}/capture/progress/")
        states = set(re.findall(r"photo-cell--(\w+)", page.text)) - {"next", "empty"}
        if states == {"measured"}:
            return
        time.sleep(AGAIN_S)
    raise GaveUpError(f"the photographs of {visit} are {', '.join(sorted(states))}")


def _note_is_signed(page: Page) -> bool:
    """The signature was kept, and only its answer was lost: there is nothing left to sign."""
    return page.status == 200 and 'name="password"' not in page.text


def _grade_is_signed(page: Page) -> bool:
    return bool(re.fullmatch(r"/gradings/[0-9a-f-]{36}/", page.path))
