"""Working ranges by muscle, as the synthesis gives them: typed a second time, to find slips of the hand."""

import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.evidence import Provenance
from facialis.toxins.dose_ranges import DoseStatement, doses_for
from facialis.toxins.exact import number_text
from facialis.toxins.products import ToxinProduct

#        target                         points  site aff. total aff. site healthy total healthy
RANGES = """
         frontalis                      2-6   | 1-2.5    | 0-7.5   | 1-2.5   | 5-12.5
         corrugator                     1-2   | 2-4      | 2-6     | 2-4     | 4-8
         orbicularis_oculi_upper_lid    2-2   | 1.25-2.5 | 2.5-5   | rarely  | rarely
         orbicularis_oculi_lower_lid    1-2   | 1.25-2.5 | 1.25-5  | rarely  | rarely
         orbicularis_oculi_lateral      2-3   | 1-2.5    | 2.5-7.5 | 2-4     | 4-12
         nasal_levator                  1-1   | 0.5-1.5  | 0.5-1.5 | 0.5-2   | 0.5-2
         upper_lip_levator              1-1   | 0.5-1    | 0.5-1   | 1-2     | 1-2.5
         zygomaticus_major              1-2   | 0-2      | 0-2.5   | 1-2.5   | 1-5
         risorius                       1-1   | 1-2      | 1-2     | 1-2.5   | 1-2.5
         buccinator                     1-3   | 1-2.5    | 1.5-5   | none    | none
         orbicularis_oris               2-4   | 0.5-1    | 1-3     | 0.5-1   | 1-3
         depressor_anguli_oris          1-2   | 1.5-4    | 2-5     | 2-4     | 2-5
         depressor_labii_inferioris     1-1   | 0-2      | 0-2     | 1.5-4   | 2-5
         mentalis                       1-2   | 1.5-5    | 2-5     | 1.5-5   | 2-5
         platysma                       3-6   | 2-5      | 10-25   | 2-5     | 0-15
"""
LINES = [line.split(maxsplit=1) for line in RANGES.strip().splitlines()]
PRODUCTS = [ToxinProduct.ONABOTULINUMTOXIN_A, ToxinProduct.INCOBOTULINUMTOXIN_A]


def synthesis(target, role, product):
    (found,) = doses_for(InjectionTarget(target), role, product, "DoseSynthesis")
    return found


def written(interval):
    return f"{number_text(interval.low.amount)}-{number_text(interval.high.amount)}"


def test_every_target_but_the_midline_one_is_in_the_list():
    assert [name for name, _ in LINES] == [t.value for t in InjectionTarget if t.value != "procerus"]


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize(("target", "cells"), LINES)
def test_range_of_the_synthesis(target, cells, product):
    points, *amounts = (cell.strip() for cell in cells.split("|"))
    for role, site, total in zip(
        (SideRole.AFFECTED, SideRole.HEALTHY), amounts[::2], amounts[1::2], strict=True
    ):
        found = synthesis(target, role, product)
        assert found.role is role
        assert found.product is product
        assert found.citation.provenance is Provenance.RECALL_MEDIUM
        if site in {"rarely", "none"}:
            assert found.statement is DoseStatement.NOT_USUAL
            assert site == ("rarely" if "rarely" in found.citation.note else "none")
        else:
            assert "-".join(str(n) for n in found.points) == points
            assert written(found.per_site) == site
            assert written(found.total) == total


@pytest.mark.parametrize("product", PRODUCTS)
def test_procerus_is_one_point_in_the_midline(product):
    found = synthesis("procerus", None, product)
    assert found.role is SideRole.MIDLINE
    assert found.points == (1, 1)
    assert written(found.per_site) == written(found.total) == "2-4"


@pytest.mark.parametrize(
    ("target", "role", "source", "site", "total", "tag"),
    [
        ("zygomaticus_major", "affected", "Toffola10", "2.5-2.5", None, "found"),
        ("corrugator", "healthy", "Toffola10", "2.5-2.5", None, "found"),
        ("mentalis", "affected", "Choi13", "1.5-2.5", None, "found"),
        ("mentalis", "healthy", "Choi13", "2.5-5", None, "found"),
        ("depressor_anguli_oris", None, "WebSource", "2-3", None, "found"),
        ("orbicularis_oculi_lateral", None, "WebSource", None, "5-10", "found"),
        ("zygomaticus_major", None, "WebSource", None, "10-20", "found"),
        ("orbicularis_oculi_upper_lid", None, "BotoxLabel", "1.25-2.5", None, "recall-high"),
        ("orbicularis_oculi_lower_lid", None, "BotoxLabel", "1.25-2.5", None, "recall-high"),
    ],
)
def test_independent_dose(target, role, source, site, total, tag):
    role = None if role is None else SideRole(role)
    (found,) = doses_for(InjectionTarget(target), role, source=source)
    assert found.product is ToxinProduct.ONABOTULINUMTOXIN_A
    assert (found.per_site and written(found.per_site)) == site
    assert (found.total and written(found.total)) == total
    assert found.citation.provenance.value == tag


@pytest.mark.parametrize(
    ("target", "role"),
    [
        ("orbicularis_oculi_upper_lid", SideRole.AFFECTED),
        ("orbicularis_oculi_lower_lid", SideRole.AFFECTED),
        ("orbicularis_oculi_lateral", SideRole.AFFECTED),
        ("zygomaticus_major", SideRole.AFFECTED),
        ("depressor_labii_inferioris", SideRole.AFFECTED),
        ("platysma", SideRole.AFFECTED),
        ("frontalis", SideRole.HEALTHY),
        ("corrugator", SideRole.HEALTHY),
    ],
)
def test_one_study_gave_the_same_dose_at_every_site(target, role):
    (found,) = doses_for(InjectionTarget(target), source="Toffola10")
    assert found.role is role
    assert written(found.per_site) == "2.5-2.5"


def test_outliers_are_the_old_high_doses_and_come_last():
    outliers = [dose for dose in doses_for() if dose.is_outlier]
    assert {(dose.target.value, written(dose.total)) for dose in outliers} == {
        ("orbicularis_oculi_upper_lid", "5-10"),
        ("orbicularis_oculi_lower_lid", "5-10"),
        ("orbicularis_oculi_lateral", "5-10"),
        ("zygomaticus_major", "10-20"),
    }
    assert {dose.preference for dose in outliers} == {9}
