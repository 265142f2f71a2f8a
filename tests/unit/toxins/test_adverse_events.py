from dataclasses import replace
from fractions import Fraction

import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.evidence import EvidenceError
from facialis.toxins.adverse_events import (
    DoseBehind,
    IntervalKind,
    RateInterval,
    _event,
    adverse_events,
    events_for,
)
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import toxin_rows

ABO = ToxinProduct.ABOBOTULINUMTOXIN_A
ONA = ToxinProduct.ONABOTULINUMTOXIN_A


def row(code, **cells):
    found = next(row for row in toxin_rows("adverse_events") if row.text("code") == code)
    return replace(found, cells={**found.cells, **cells})


def event(code, **cells):
    return _event(row(code, **cells))


def refused(code, **cells):
    with pytest.raises(EvidenceError) as error:
        event(code, **cells)
    return str(error.value).split(": ", 1)[1]


def codes(found):
    return [event.code for event in found]


def test_a_row_with_a_count_and_a_dose():
    found = event("drinking_perioral")
    assert found.code == "drinking_perioral"
    assert found.event == "oral_incompetence_drinking"
    assert found.setting == "healthy perioral muscles"
    assert found.product is ABO
    assert found.targets == ()
    assert found.side_role is SideRole.HEALTHY
    assert found.mechanism == "muscles around the mouth grow too weak to seal the lips"
    assert found.dose == DoseBehind(ToxinDose("112.5", ABO), None, "at")
    assert found.rate_pct == 50
    assert found.interval is None
    assert (found.count, found.denominator) == (9, 18)
    assert found.frequency_words is None
    assert found.citation.source_key == "deMaio07"


def test_a_row_with_a_range_of_doses_and_words_instead_of_a_rate():
    found = event("dysphagia_platysma")
    assert found.targets == (InjectionTarget.PLATYSMA,)
    assert found.dose == DoseBehind(ToxinDose(40, ONA), ToxinDose(50, ONA), "above")
    assert found.rate_pct is None
    assert found.side_role is None
    assert found.count is None
    assert found.denominator is None
    assert found.frequency_words == "grows with the dose"


def test_a_row_with_an_interval():
    found = event("antibodies_type_a_pooled")
    assert found.product is None
    assert found.dose is None
    assert found.rate_pct == Fraction(9, 5)
    assert found.interval == RateInterval(Fraction(6, 5), Fraction(23, 10), IntervalKind.CONFIDENCE_95)


def test_a_row_that_contradicts_itself_is_refused():
    assert refused("headache_daxi", rate="") == (
        "the row has no rate, no interval and no words on how often. Fill one in."
    )
    between = "a share of patients lies between 0 and 100 %."
    assert refused("headache_daxi", rate="-0.1") == between
    assert refused("headache_daxi", rate="100.1") == between
    assert refused("bruising_any", rate_low="-1") == between
    assert refused("bruising_any", rate_high="101") == between
    assert refused("bruising_any", rate_low="11") == "rate_low must not exceed rate_high."
    denominator = "a count needs a denominator that is not smaller."
    assert refused("drinking_perioral", denominator="") == denominator
    assert refused("drinking_perioral", denominator="8") == denominator
    assert refused("drinking_perioral", count="-1") == denominator


def test_the_ends_of_what_is_allowed():
    assert event("headache_daxi", rate="0").rate_pct == 0
    assert event("headache_daxi", rate="100").rate_pct == 100
    assert event("bruising_any", rate_low="10").interval == RateInterval(
        Fraction(10), Fraction(10), IntervalKind.RANGE
    )
    assert event("drinking_perioral", count="0").count == 0
    assert event("drinking_perioral", count="18").count == 18
    assert event("headache_daxi", rate="", frequency_words="rare").frequency_words == "rare"


def test_events_are_found_by_target_product_and_event():
    assert len(adverse_events()) == 44
    assert events_for() == adverse_events()
    assert "dysphagia_platysma" in codes(events_for(InjectionTarget.PLATYSMA))
    assert "ptosis_glabella_onab" not in codes(events_for(InjectionTarget.PLATYSMA))
    assert "thinning" in codes(events_for(InjectionTarget.PLATYSMA))
    assert codes(events_for(InjectionTarget.CORRUGATOR, ABO, "eyelid_ptosis")) == ["ptosis_glabella_abob"]
    assert codes(events_for(event="brow_ptosis")) == ["brow_ptosis_forehead"]
    with_product = {found.product for found in events_for(product=ABO)}
    assert with_product == {None, ABO}


def test_an_unknown_event_has_no_rows():
    assert events_for(event="baldness") == ()
