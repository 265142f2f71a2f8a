"""The treatment of a scripted visit: vial, points of which one is changed and one skipped, signature."""

import re
from collections.abc import Mapping
from decimal import Decimal

from benchmarks._clinic_forms import GaveUpError, Page, Visitor, key_in
from benchmarks._clinic_planning import PRODUCT
from benchmarks._clinic_told import Told

WHY = "The needle bent."
_POINT = re.compile(r'id="point-(\d+)".*?checklist__dose">\s*([\d.]+)', re.DOTALL)


def treat(visitor: Visitor, told: Told, plan: str, lot: str, proof: Mapping[str, str]) -> None:
    """Give a signed plan from a vial of its own, and sign it."""
    begun = visitor.fill(f"/plans/{plan}/treat/", "", {}, ending="/treat/", is_done=_is_begun)
    key = key_in(begun)
    page = f"/treatments/{key}/"
    _enter_vial(visitor, told, lot, page)
    visitor.fill(
        page, "vial", {"vial": _vial(visitor.get(page), lot), "syringe": _syringe(visitor.get(page))}
    )
    given = _give(visitor, page)
    visitor.fill(page, "password", proof, ending="/sign/", is_done=_is_signed)
    told.treatments[key] = {"plan": plan, "lot": lot, "points": given}


def _enter_vial(visitor: Visitor, told: Told, lot: str, back: str) -> None:
    values = {"product": PRODUCT, "units": "100", "lot": lot, "expiry": "31-Dec-2027", "saline_ml": "2.5"}
    visitor.fill(f"/vials/new/?product={PRODUCT}&next={back}", "lot", values)
    told.lots.append(lot)


def _vial(page: Page, lot: str) -> str:
    found = re.search(rf'<option value="([^"]+)"[^>]*>[^<]*\b{re.escape(lot)}\b[^<]*<', page.text)
    if found is None:
        raise GaveUpError(f"the vial {lot} is not offered: {page.words}")
    return found[1]


def _syringe(page: Page) -> str:
    return next(one for one in page.form("/vial/", having="syringe").choices["syringe"] if one)


def _give(visitor: Visitor, page: str) -> dict[str, str | None]:
    """Say what happened at each point; gives the units of each, None where it was skipped."""
    planned = {point: Decimal(units) for point, units in _POINT.findall(visitor.get(page).text)}
    given: dict[str, str | None] = {point: str(units) for point, units in planned.items()}
    points = iter(planned)
    first, second = next(points, ""), next(points, "")
    if second:
        other = planned[first] + 1
        said = {"status": "changed", "given_units": str(other), "reason": WHY}
        visitor.fill(page, "given_units", said, ending=f"/points/{first}/")
        given[first] = str(other)
    if len(planned) > 2:
        skipped = {"status": "skipped", "given_units": "", "reason": WHY}
        visitor.fill(page, "given_units", skipped, ending=f"/points/{second}/")
        given[second] = None
    visitor.fill(page, "", {}, ending="/all-given/", is_done=_has_no_open_point)
    return given


def _is_begun(page: Page) -> bool:
    return page.path.startswith("/treatments/")


def _has_no_open_point(page: Page) -> bool:
    return not page.forms("/all-given/")


def _is_signed(page: Page) -> bool:
    return page.status == 200 and not page.forms("/sign/")
