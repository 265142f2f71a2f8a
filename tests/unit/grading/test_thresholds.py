"""Thresholds: which exist, which is preferred, and which are only derived."""

from fractions import Fraction

from facialis.evidence import Provenance
from facialis.grading.thresholds import Threshold, ThresholdKind, threshold, thresholds_of


def test_preferred_threshold_is_the_more_cautious_one() -> None:
    found = threshold("sunnybrook", "total", ThresholdKind.SDC_INDIVIDUAL)
    assert found is not None
    assert (found.value, found.preference, found.provisional) == (Fraction("13.9"), 1, True)


def test_every_threshold_of_a_scale_is_listed_in_the_order_of_the_table() -> None:
    assert [(t.kind.value, float(t.value)) for t in thresholds_of("saq", "total")] == [
        ("sdc_individual", 28.2),
        ("sdc_group", 4.6),
        ("mic_improvement", 2.8),
        ("mic_deterioration", 0.6),
    ]
    assert [t.preference for t in thresholds_of("sunnybrook", "total")] == [1, 2]


def test_threshold_carries_its_origin() -> None:
    found = threshold("face_scale", "total", ThresholdKind.SDC_GROUP)
    assert isinstance(found, Threshold)
    assert (found.instrument, found.scale, found.kind) == ("face_scale", "total", ThresholdKind.SDC_GROUP)
    assert (found.unit, found.provisional) == ("points", False)
    assert found.citation.source_key == "Bruins22"
    assert found.citation.provenance is Provenance.FOUND


def test_scale_without_thresholds_has_none() -> None:
    assert thresholds_of("saq", "synkinesis") == ()
    assert thresholds_of("house_brackmann", "total") == ()
    assert threshold("house_brackmann", "total", ThresholdKind.SDC_INDIVIDUAL) is None
    assert threshold("sunnybrook", "total", ThresholdKind.SDC_GROUP) is None
