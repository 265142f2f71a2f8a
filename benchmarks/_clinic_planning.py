"""The plan of a scripted visit: proposed by the planner, edited, read back, and signed."""

import re
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from uuid import uuid4

from benchmarks._clinic_forms import TRIES, Form, GaveUpError, Page, Visitor, key_in
from benchmarks._clinic_told import Told

PRODUCT = "onabotulinumtoxinA"
REASON = "Discussed with the patient, who accepts it."
TICKS = ("identity", "side", "product", "consent")
PROPOSED_WITHIN_S = 900.0
SIGNED_WITHIN_S = 900.0
LOOK_S = 2.0
PAUSE_S = 3.0
"""Before somebody presses the same button again."""

Choice = Callable[[Page], tuple[Form, Mapping[str, str]] | None]
"""Which form of the editor is sent, and with what; None: there is nothing to do."""


def plan(visitor: Visitor, told: Told, visit: str, proof: Mapping[str, str]) -> str:
    """Make and sign the plan of a visit; gives its key."""
    visitor.fill(f"/visits/{visit}/plan/", "product", _grounds, is_done=_is_begun)
    key = _proposed(visitor, visit)
    _edit(visitor, told, key, visit, _whole_proposal)
    _edit(visitor, told, key, visit, _one_dose)
    told.plans[key] = _signed(visitor, told, key, visit, proof)
    return key


def _is_begun(page: Page) -> bool:
    """The draft was begun, and only the answer was lost: the form asks nothing any more."""
    return not page.forms(having="product")


def _grounds(form: Form) -> dict[str, str]:
    points = {name: "yes" for name in form.names() if name.startswith("point_of_list_")}
    return points | {"product": PRODUCT, "confirms_ranges": "on", "start": "proposal"}


def _proposed(visitor: Visitor, visit: str) -> str:
    """Wait for the proposal; where it failed, ask again as the page offers."""
    until = time.monotonic() + PROPOSED_WITHIN_S
    said = ""
    while time.monotonic() < until:
        page = visitor.get(f"/visits/{visit}/plan/")
        if re.fullmatch(r"/plans/[0-9a-f-]{36}/", page.path):
            return key_in(page.path)
        said = page.words
        again = page.forms("/propose/")
        waiting = re.search(r'hx-get="(/plans/[0-9a-f-]{36}/progress/)"', page.text)
        while waiting and time.monotonic() < until:  # the page looks by itself
            time.sleep(LOOK_S)
            piece = visitor.get(waiting[1])
            if "<progress" not in piece.text:
                break
        if again and "plan-finding--stop" in page.text:
            break
        if again:
            time.sleep(PAUSE_S)
            visitor.send(page, again[0], {})
    raise GaveUpError(f"nothing was proposed: {said}")


def _edit(visitor: Visitor, told: Told, plan: str, visit: str, choose: Choice) -> bool:
    """Make one edit, with one key however often it is sent; False where there is nothing to do."""
    key = str(uuid4())
    said = ""
    for _ in range(TRIES):
        page = visitor.get(f"/plans/{plan}/")
        if page.path != f"/plans/{plan}/":  # it is being proposed again
            _proposed(visitor, visit)
            continue
        found = choose(page)
        if found is None:
            return False
        form, values = found
        answer = visitor.send(page, form, {**values, "key": key})
        if answer.location:
            told.edits[key] = plan
            return True
        said = f"{answer.status} {answer.words}"
    raise GaveUpError(f"an edit of a plan was not made: {said}")


def _whole_proposal(page: Page) -> tuple[Form, Mapping[str, str]] | None:
    found = _of_kind(page, "accept_all")
    return (found[0], {}) if found else None


def _one_dose(page: Page) -> tuple[Form, Mapping[str, str]]:
    """The first dose that is given, one step lower, or higher where it is the lowest already."""
    found = re.search(r'data-step="([\d.]+)"', page.text)
    rows = _of_kind(page, "place")
    if not rows:
        raise GaveUpError(f"no target can be chosen: {page.words}")
    if found is None:
        return rows[0], {}  # nothing is proposed: the first target that may be added
    step = Decimal(found[1])
    for row in rows:
        for name, value in row.values:
            if name.startswith("point_") and Decimal(value or 0) > 0:
                given = Decimal(value)
                return row, {name: f"{given - step if given > step else given + step:f}"}
    raise GaveUpError(f"the plan holds no dose: {page.words}")


def _open_reason(page: Page) -> tuple[Form, Mapping[str, str]] | None:
    for form in _of_kind(page, "reason"):
        if not dict(form.values).get("reason", "").strip():
            return form, {"reason": REASON}
    return None


def _of_kind(page: Page, kind: str) -> list[Form]:
    return [form for form in page.forms("/edit/") if ("kind", kind) in form.values]


def _signed(visitor: Visitor, told: Told, plan: str, visit: str, proof: Mapping[str, str]) -> str:
    """Read back and sign; gives the hash of what was read back."""
    until = time.monotonic() + SIGNED_WITHIN_S
    shown = said = ""
    while time.monotonic() < until:
        page = visitor.get(f"/plans/{plan}/time-out/")
        if page.path.endswith("/signed/"):
            return shown
        forms = page.forms(having="password")
        if not forms:
            said = page.words
            _mend(visitor, told, plan, visit, page)
            continue
        shown = dict(forms[0].values)["shown"]
        answer = visitor.send(page, forms[0], {**dict.fromkeys(TICKS, "on"), **proof})
        if answer.location:
            return shown
        said = f"{answer.status} {answer.words}"
    raise GaveUpError(f"the plan was not signed: {said}")


def _mend(visitor: Visitor, told: Told, plan: str, visit: str, page: Page) -> None:
    """Do what the page asks for before a signature."""
    codes = set(re.findall(r'data-code="(\w+)"', page.text))
    if codes & {"record_changed", "no_proposal"}:
        for form in page.forms("/propose/")[:1]:
            visitor.send(page, form, {})
        _proposed(visitor, visit)
    elif "not_checked" in codes:  # the planner was away, or has forgotten the plan
        editor = visitor.get(f"/plans/{plan}/")
        for form in _of_kind(editor, "check")[:1]:
            visitor.send(editor, form, {})
        time.sleep(PAUSE_S)
    elif codes == {"no_reason"}:
        while _edit(visitor, told, plan, visit, _open_reason):
            pass
    else:
        raise GaveUpError(f"the plan cannot be signed ({', '.join(sorted(codes))}): {page.words}")
