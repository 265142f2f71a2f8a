from dataclasses import replace
from fractions import Fraction

import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.evidence import EvidenceError, Provenance
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.dose_ranges import (
    DoseInterval,
    DoseStatement,
    UnknownDoseSourceError,
    _published,
    doses_for,
    published_doses,
)
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import toxin_rows

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
INCO = ToxinProduct.INCOBOTULINUMTOXIN_A
ZMJ = InjectionTarget.ZYGOMATICUS_MAJOR


def row(**cells):
    """The first row of the table (frontalis, affected), with other cells."""
    first = toxin_rows("dose_ranges")[0]
    return replace(first, cells={**first.cells, **cells})


def refused(**cells):
    with pytest.raises(EvidenceError) as error:
        _published(row(**cells))
    return str(error.value).removeprefix("facialis.toxins.tables/dose_ranges, line 2: ")


def sources(found):
    return [(dose.citation.source_key, dose.preference) for dose in found]


def test_a_row_becomes_exact_doses_of_its_own_product():
    found = _published(row())
    assert found.target is InjectionTarget.FRONTALIS
    assert found.role is SideRole.AFFECTED
    assert found.product is ONA
    assert found.statement is DoseStatement.GIVEN
    assert found.points == (2, 6)
    assert found.per_site == DoseInterval(ToxinDose(1, ONA), ToxinDose("2.5", ONA))
    assert found.total == DoseInterval(ToxinDose(0, ONA), ToxinDose("7.5", ONA))
    assert found.per_site.product is ONA
    assert found.is_outlier is False
    assert found.preference == 1
    assert found.citation.source_key == "DoseSynthesis"
    assert found.citation.provenance is Provenance.RECALL_MEDIUM


def test_amounts_are_exact_fractions():
    (found, *_) = doses_for(InjectionTarget.ORBICULARIS_OCULI_LOWER_LID, SideRole.AFFECTED, INCO)
    assert found.per_site.low.amount == Fraction(5, 4)
    assert found.per_site.low.product is INCO


def test_any_target_and_any_side_become_none():
    found = _published(row(target="any", side_role="any"))
    assert found.target is None
    assert found.role is None


def test_a_target_that_is_not_usually_injected_has_no_dose_of_zero():
    (found,) = doses_for(InjectionTarget.BUCCINATOR, SideRole.HEALTHY, INCO)
    assert found.statement is DoseStatement.NOT_USUAL
    assert found.per_site is None
    assert found.total is None
    assert found.points is None


def test_empty_points_and_totals_are_not_known():
    found = _published(row(points_low="", points_high="", total_low="", total_high=""))
    assert found.points is None
    assert found.total is None
    assert found.per_site is not None
    without_site = _published(row(per_site_low="", per_site_high=""))
    assert without_site.per_site is None
    assert without_site.total is not None


def test_one_point_and_equal_ends_are_allowed():
    found = _published(row(points_low="1", points_high="1", per_site_low="2.5", per_site_high="2.5"))
    assert found.points == (1, 1)
    assert found.per_site.low == found.per_site.high


def test_a_row_that_contradicts_itself_is_refused():
    assert refused(per_site_low="3") == (
        "per_site_low is 3 units onabotulinumtoxinA, per_site_high is 2.5 units onabotulinumtoxinA; "
        "low must not exceed high."
    )
    assert refused(total_low="8").startswith("total_low is 8 units")
    assert refused(points_low="0") == "points run from 0 to 6; there is at least one, low not above high."
    assert refused(points_low="7") == "points run from 7 to 6; there is at least one, low not above high."
    for name in ("points", "per_site", "total"):
        sentence = f"{name}_low and {name}_high stand together or not at all."
        assert refused(**{f"{name}_low": ""}) == sentence
        assert refused(**{f"{name}_high": ""}) == sentence
    assert refused(statement="not_usual") == (
        "statement is not_usual, and the row has a dose; "
        "a dose stands in a row that is given, and only there."
    )
    empty = {f"{name}_{end}": "" for name in ("per_site", "total") for end in ("low", "high")}
    assert refused(**empty) == (
        "statement is given, and the row lacks a dose; a dose stands in a row that is given, and only there."
    )


def test_every_source_is_listed_the_preferred_first_the_outlier_last():
    assert sources(doses_for(ZMJ, SideRole.AFFECTED, ONA)) == [
        ("DoseSynthesis", 1),
        ("Toffola10", 2),
        ("Choi13", 4),
        ("WebSource", 9),
    ]


def test_all_rows_come_by_preference():
    assert len(published_doses()) == 79
    assert doses_for() == published_doses()
    preferences = [dose.preference for dose in published_doses()]
    assert preferences == sorted(preferences)


def test_a_search_by_side_keeps_the_midline_and_sources_that_do_not_tell_sides_apart():
    assert sources(doses_for(InjectionTarget.PROCERUS, SideRole.HEALTHY, INCO)) == [("DoseSynthesis", 1)]
    assert sources(doses_for(InjectionTarget.PROCERUS, SideRole.MIDLINE, ONA)) == [("DoseSynthesis", 1)]
    assert sources(doses_for(ZMJ, SideRole.HEALTHY, ONA)) == [
        ("DoseSynthesis", 1),
        ("Choi13", 4),
        ("WebSource", 9),
    ]
    assert sources(doses_for(ZMJ, SideRole.MIDLINE, ONA)) == [("WebSource", 9)]


def test_a_search_by_product_never_takes_another_product():
    assert {dose.product for dose in doses_for(ZMJ, product=INCO)} == {INCO}
    assert doses_for(ZMJ, product=ToxinProduct.ABOBOTULINUMTOXIN_A) == ()


def test_a_search_by_source():
    found = doses_for(source="Toffola10")
    assert len(found) == 8
    assert {dose.citation.source_key for dose in found} == {"Toffola10"}
    assert doses_for(InjectionTarget.MENTALIS, source="Toffola10") == ()


def test_a_source_without_doses_is_refused():
    with pytest.raises(UnknownDoseSourceError) as error:
        doses_for(source="House85")
    assert error.value.code == "dose_source_unknown"
    assert str(error.value) == (
        "'House85' is no source of a dose by muscle. "
        "Give one of DoseSynthesis, Toffola10, WebSource, BotoxLabel, Choi13."
    )
