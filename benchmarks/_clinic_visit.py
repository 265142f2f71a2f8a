"""One scripted visit, page by page: from a new patient to signed records and photographs."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from benchmarks._clinic_forms import Form, GaveUpError, Page, Visitor

PASSWORD = "correct-horse-battery-staple"  # noqa: S105  of invented people
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
GRADE = {
    "movement": "clear", "appearance": "obvious", "secondary_defect": "obvious", "rest": "normal",
    "forehead": "slight_to_moderate", "eye_closure": "complete_with_effort",
    "mouth": "slightly_weak_maximum_effort", "do": "sign",
}  # fmt: skip
TRIES = 20


@dataclass
class Told:
    """What the clinic said was done; none of it may be missing afterwards."""

    patients: set[str] = field(default_factory=set)
    visits: set[str] = field(default_factory=set)
    consents: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    """Visits whose note was signed."""
    grades: set[str] = field(default_factory=set)
    """Gradings that were signed."""
    pictures: dict[str, str] = field(default_factory=dict)
    """Key of each upload to its visit."""


def sign_in(visitor: Visitor, name: str) -> None:
    """Sign in."""
    page = visitor.get("/account/login/")
    answer = visitor.send(
        page, page.form("/account/login/", having="password"), {"login": name, "password": PASSWORD}
    )
    if not answer.location:
        raise GaveUpError(f"{name} could not sign in: {answer.status}")


def visit(visitor: Visitor, told: Told, number: int, pictures: dict[str, bytes]) -> None:
    """Do one whole visit, and note what was told."""
    patient = _new_patient(visitor, number)
    told.patients.add(patient)
    _fill(
        visitor,
        f"/patients/{patient}/palsy/",
        "affected_side",
        {"affected_side": "left", "onset": "2025-03-01"},
    )
    key = _key(_fill(visitor, f"/patients/{patient}/", "", {}, ending=f"/visits/today/{patient}/"))
    told.visits.add(key)
    for kind in ("treatment", "photographs"):
        given = {f"{kind}-decision": "given", f"{kind}-signed_name": f"Kim Chaos {number}"}
        _fill(visitor, f"/visits/{key}/consent/", f"{kind}-text", given)
        told.consents.append(key)
    _fill(visitor, f"/visits/{key}/note/", "text", {"text": f"Seen. {uuid4()}", "sign": "1"})
    _fill(visitor, f"/visits/{key}/note/sign/", "password", {"password": PASSWORD}, is_done=_note_is_signed)
    told.notes.add(key)
    sign = _fill(visitor, f"/visits/{key}/grade/house_brackmann/", "movement", GRADE)
    _fill(visitor, sign, "password", {"password": PASSWORD}, is_done=_grade_is_signed)
    told.grades.add(_key(sign))
    for expression, content in pictures.items():
        upload = str(uuid4())
        _upload(visitor, key, expression, content, upload)
        told.pictures[upload] = key


def _new_patient(visitor: Visitor, number: int) -> str:
    values = {
        "family_name": f"Chaos{number}", "given_names": "Kim", "birth_date": f"19{40 + number % 60}-05-17",
        "sex": "female",
    }  # fmt: skip
    return _key(_fill(visitor, "/patients/new/", "family_name", values))


def _upload(visitor: Visitor, visit: str, expression: str, content: bytes, upload: str) -> None:
    said = ""
    for _ in range(TRIES):
        page = visitor.get(f"/visits/{visit}/capture/")
        form = page.form("/photographs/", having="mirrored")
        values = {"mirrored": "no", f"key-{expression}": upload}
        answer = visitor.send(page, form, values, (f"picture-{expression}", f"{expression}.jpg", content))
        if answer.location:
            return
        said = f"{answer.status} {_words(answer)}"
    raise GaveUpError(f"the photograph was not taken: {said}")


def _note_is_signed(page: Page) -> bool:
    """The signature was kept, and only its answer was lost: there is nothing left to sign."""
    return page.status == 200 and 'name="password"' not in page.text


def _grade_is_signed(page: Page) -> bool:
    return bool(re.fullmatch(r"/gradings/[0-9a-f-]{36}/", page.path))


def _fill(
    visitor: Visitor,
    path: str,
    having: str,
    values: dict[str, str],
    *,
    ending: str = "",
    is_done: Callable[[Page], bool] = lambda _: False,
) -> str:
    """Open a page, fill in its form, and send it until it leads on; gives where it leads."""
    said = ""
    for _ in range(TRIES):
        page = visitor.get(path)
        if is_done(page):
            return page.path
        form: Form = page.form(ending, having=having)
        answer = visitor.send(page, form, values)
        if answer.location:
            return answer.location
        said = f"{answer.status} {_words(answer)}"
    raise GaveUpError(f"{path}: {said}")


def _key(path: str) -> str:
    found = _KEY.findall(path)
    if not found:
        raise GaveUpError(f"{path} names no record")
    return str(found[0])


def _words(page: Page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2]).split())[:400]
