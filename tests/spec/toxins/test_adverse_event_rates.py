"""Rates of adverse events: every number once more, and exact intervals against scipy."""

import pytest
from scipy.stats import binomtest

from facialis.evidence import Provenance
from facialis.toxins.adverse_events import IntervalKind, adverse_events

EVENTS = {found.code: found for found in adverse_events()}
EXACT = [
    found for found in adverse_events() if found.interval and found.interval.kind is IntervalKind.EXACT_95
]


@pytest.mark.parametrize(
    ("code", "product", "rate", "tag"),
    [
        ("ptosis_glabella_onab", "onabotulinumtoxinA", 3, "recall-high"),
        ("ptosis_glabella_abob", "abobotulinumtoxinA", 2, "recall-high"),
        ("ptosis_glabella_daxi", "daxibotulinumtoxinA", 2, "found"),
        ("ptosis_glabella_prab", "prabotulinumtoxinA", 2, "recall-high"),
        ("ptosis_glabella_repeat_daxi", "daxibotulinumtoxinA", 1, "found"),
        ("headache_daxi", "daxibotulinumtoxinA", 6, "found"),
        ("headache_repeat_daxi", "daxibotulinumtoxinA", 5, "found"),
        ("facial_paresis_daxi", "daxibotulinumtoxinA", 1, "found"),
        ("injection_site_reaction", "daxibotulinumtoxinA", 9, "found"),
        ("injection_site_pain", "daxibotulinumtoxinA", 4, "found"),
        ("injection_site_erythema", "daxibotulinumtoxinA", 3, "found"),
        ("injection_site_oedema", "daxibotulinumtoxinA", 3, "found"),
        ("injection_site_bruising", "daxibotulinumtoxinA", 1, "found"),
        ("ptosis_blepharospasm", "onabotulinumtoxinA", 20.8, "recall-high"),
        ("keratitis_blepharospasm", "onabotulinumtoxinA", 6.3, "recall-high"),
        ("dry_eye_blepharospasm", "onabotulinumtoxinA", 6.3, "recall-high"),
        ("brow_ptosis_forehead", "onabotulinumtoxinA", 2, "recall-medium"),
        ("antibodies_exit", "onabotulinumtoxinA", 0.3, "found"),
        ("antibodies_type_a_pooled", None, 1.8, "found"),
        ("antibodies_type_a_dystonia", None, 7.4, "found"),
    ],
)
def test_rate(code, product, rate, tag):
    found = EVENTS[code]
    assert (found.product and found.product.value) == product
    assert float(found.rate_pct) == rate
    assert found.citation.provenance.value == tag


@pytest.mark.parametrize(
    ("code", "count", "denominator"),
    [
        ("drinking_perioral", 9, 18),
        ("chewing_perioral", 3, 18),
        ("drooling_smile", 3, 14),
        ("antibodies_all", 27, 5876),
        ("antibodies_exit", 16, 5876),
        ("antibodies_glabella", 3, 810),
        ("antibodies_lateral_canthal", 0, 915),
        ("antibodies_cervical_dystonia", 4, 319),
    ],
)
def test_count_and_the_rate_that_follows_from_it(code, count, denominator):
    found = EVENTS[code]
    assert (found.count, found.denominator) == (count, denominator)
    assert float(found.rate_pct) == pytest.approx(100 * count / denominator, abs=0.5)
    assert found.citation.provenance is Provenance.FOUND


@pytest.mark.parametrize(
    ("code", "source", "low", "high"),
    [
        ("antibodies_all", "Jankovic23", 0.3, 0.6),
        ("antibodies_exit", "Jankovic23", 0.1, 0.4),
        ("antibodies_type_a_pooled", "Rahman22", 1.2, 2.3),
        ("antibodies_type_a_dystonia", "Rahman22", 4.5, 10.3),
    ],
)
def test_interval_of_the_source(code, source, low, high):
    found = EVENTS[code]
    assert found.citation.source_key == source
    assert found.interval.kind is IntervalKind.CONFIDENCE_95
    assert (float(found.interval.low_pct), float(found.interval.high_pct)) == (low, high)


@pytest.mark.parametrize("found", EXACT, ids=lambda found: found.code)
def test_exact_interval(found):
    interval = binomtest(found.count, found.denominator).proportion_ci(0.95, "exact")
    assert float(found.interval.low_pct) == pytest.approx(100 * interval.low, abs=0.05)
    assert float(found.interval.high_pct) == pytest.approx(100 * interval.high, abs=0.05)
    assert found.rate_pct is None
    assert found.citation.provenance is Provenance.DERIVED


def test_every_count_has_an_interval_beside_it():
    counted = [e for e in EVENTS.values() if e.count is not None and e.rate_pct is not None]
    assert len(counted) == 8
    for found in counted:
        assert found.interval or (EVENTS[f"{found.code}_interval"].count == found.count)
    assert len(EXACT) == 6
