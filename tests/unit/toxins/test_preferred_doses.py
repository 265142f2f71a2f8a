import dataclasses

import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.evidence import Provenance
from facialis.toxins import preferred_doses
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.dose_ranges import DoseInterval, doses_for, published_doses
from facialis.toxins.preferred_doses import (
    DoseNotUsualError,
    DoseRange,
    NoPublishedDoseError,
    UnconfirmedDoseError,
    UnconfirmedRange,
    needs_confirmation,
    preferred_range,
)
from facialis.toxins.products import ToxinProduct

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
ABO = ToxinProduct.ABOBOTULINUMTOXIN_A
DAO = InjectionTarget.DEPRESSOR_ANGULI_ORIS
AFFECTED, HEALTHY = SideRole.AFFECTED, SideRole.HEALTHY


def test_a_range_from_memory_has_no_doses_until_somebody_confirms_it():
    found = preferred_range(DAO, AFFECTED, ONA)
    assert isinstance(found, UnconfirmedRange)
    assert found.citation.provenance is Provenance.RECALL_MEDIUM
    for name in ("per_site", "total", "points"):
        assert not hasattr(found, name)
    confirmed = found.confirm(by=" Alice ")
    assert confirmed == DoseRange(
        target=DAO,
        role=AFFECTED,
        points=(1, 2),
        per_site=DoseInterval(ToxinDose("1.5", ONA), ToxinDose(4, ONA)),
        total=DoseInterval(ToxinDose(2, ONA), ToxinDose(5, ONA)),
        citation=found.citation,
        confirmed_by="Alice",
    )


@pytest.mark.parametrize("by", ["", "  ", None, 7])
def test_a_confirmation_needs_a_name(by):
    found = preferred_range(DAO, AFFECTED, ONA)
    with pytest.raises(UnconfirmedDoseError) as error:
        found.confirm(by=by)
    assert error.value.code == "confirmation_invalid"
    assert str(error.value) == (
        f"The range of DoseSynthesis, working ranges, affected side [recall-medium] is confirmed by {by!r}, "
        "which is no name. Give the clinician who confirms it."
    )


def test_a_range_from_memory_cannot_be_made_without_a_name():
    confirmed = preferred_range(DAO, AFFECTED, ONA).confirm(by="Alice")
    with pytest.raises(UnconfirmedDoseError, match="is confirmed by None, which is no name"):
        dataclasses.replace(confirmed, confirmed_by=None)


def test_a_range_that_was_read_may_be_confirmed_but_not_by_nobody():
    (read,) = doses_for(InjectionTarget.FRONTALIS, source="Toffola10")
    found = UnconfirmedRange(read).confirm(by="Alice")
    assert found.confirmed_by == "Alice"
    assert dataclasses.replace(found, confirmed_by=None).confirmed_by is None
    with pytest.raises(UnconfirmedDoseError, match="is confirmed by '', which is no name"):
        dataclasses.replace(found, confirmed_by="")


def test_a_range_that_was_read_needs_no_confirmation(monkeypatch):
    read = [dose for dose in published_doses() if dose.citation.source_key == "Toffola10"]
    monkeypatch.setattr(preferred_doses, "doses_for", lambda *_: read)
    found = preferred_range(InjectionTarget.FRONTALIS, HEALTHY, ONA)
    assert isinstance(found, DoseRange)
    assert found.confirmed_by is None
    assert found.citation.provenance is Provenance.FOUND
    assert found.per_site == DoseInterval(ToxinDose("2.5", ONA), ToxinDose("2.5", ONA))
    assert found.total is None


def test_every_row_from_memory_and_every_outlier_needs_confirmation():
    for dose in published_doses():
        from_memory = dose.citation.provenance is Provenance.RECALL_MEDIUM
        assert needs_confirmation(dose) is (from_memory or dose.is_outlier)


def test_an_outlier_is_never_offered(monkeypatch):
    outlier = [dose for dose in published_doses() if dose.is_outlier]
    assert [dose.citation.source_key for dose in outlier] == ["WebSource"] * 4
    monkeypatch.setattr(preferred_doses, "doses_for", lambda *_: outlier)
    with pytest.raises(NoPublishedDoseError, match="nor of another product"):
        preferred_range(InjectionTarget.ZYGOMATICUS_MAJOR, AFFECTED, ONA)


def test_the_first_by_preference_is_offered_everywhere():
    for target in InjectionTarget:
        for role in (AFFECTED, HEALTHY):
            first = doses_for(target, role, ONA)[0]
            assert first.citation.source_key == "DoseSynthesis"
            try:
                assert preferred_range(target, role, ONA) == UnconfirmedRange(first)
            except DoseNotUsualError:
                assert first.per_site is None


def test_another_products_dose_takes_no_place():
    with pytest.raises(NoPublishedDoseError) as error:
        preferred_range(DAO, HEALTHY, ABO)
    assert error.value.code == "dose_not_published"
    assert str(error.value) == (
        "No dose of abobotulinumtoxinA is published for depressor anguli oris, healthy. Doses are known of "
        "incobotulinumtoxinA, onabotulinumtoxinA; units are not interchangeable. "
        "Choose one of these products, or enter a dose of your own."
    )


def test_no_dose_of_any_product_is_said_so():
    with pytest.raises(NoPublishedDoseError) as error:
        preferred_range(InjectionTarget.ZYGOMATICUS_MAJOR, SideRole.MIDLINE, ONA)
    assert str(error.value) == (
        "No dose of onabotulinumtoxinA is published for zygomaticus major, midline, nor of another product. "
        "Enter a dose of your own."
    )


def test_a_side_that_is_not_usually_injected_is_refused_though_another_study_gives_a_dose_for_any_muscle():
    with pytest.raises(DoseNotUsualError) as error:
        preferred_range(InjectionTarget.ORBICULARIS_OCULI_UPPER_LID, HEALTHY, ONA)
    assert error.value.code == "dose_not_usual"
    assert str(error.value) == (
        "Orbicularis oculi upper lid on the healthy side is not usually injected with onabotulinumtoxinA "
        "(DoseSynthesis, working ranges, healthy side [recall-medium]). "
        "Leave it out, or enter a dose of your own."
    )


def test_a_range_cannot_be_changed_once_confirmed():
    confirmed = preferred_range(DAO, AFFECTED, ONA).confirm(by="Bob")
    with pytest.raises(dataclasses.FrozenInstanceError):
        confirmed.confirmed_by = "Alice"
