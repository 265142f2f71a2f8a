import pytest

from facialis.evidence import EvidenceError, Provenance, load_rows, load_values
from facialis.grading.instrument import TABLES
from facialis.grading.suggest.thresholds import (
    Confidence,
    confidence_word,
    limit,
    limit_citations,
    limits,
    perception_citations,
    perception_mm,
    perception_rows,
)


@pytest.mark.parametrize(
    ("feature", "noticed_mm"),
    [
        ("eyelid_rest", 2),
        ("eyelid_closure", 2),
        ("commissure_rest", 3),
        ("brow_rest", 3.5),
        ("smile", 3),
        ("nasal_tip", 4),
        ("chin", 6),
    ],
)
def test_what_people_notice(feature, noticed_mm):
    assert perception_mm(feature) == noticed_mm


def test_both_sides_of_a_disagreement_are_kept():
    assert [row.threshold_mm for row in perception_rows("commissure_rest")] == [3, 3, 3, 5]
    assert [row.citation.source_key for row in perception_rows("commissure_rest")] == [
        "Wang17",
        "Chu11",
        "WebSource",
        "WebSource",
    ]
    assert [row.threshold_mm for row in perception_rows("brow_rest")] == [3.5, 3, 3]


def test_shares_of_observers_stand_beside_their_thresholds():
    rows = load_rows(TABLES, "perception_thresholds").rows
    shares = {
        (row.text("feature"), row.number("threshold_mm"), row.optional_number("share_noticing_pct"))
        for row in rows
    }
    assert {
        ("commissure_rest", 3, 73),
        ("commissure_rest", 5, 53),
        ("commissure_acceptable", 4, 83),
        ("commissure_unacceptable", 6, 60),
        ("brow_rest", 3, 70),
        ("brow_raise", 1, 23),
        ("brow_raise", 6, 97),
        ("eyelid_closure", 2, 90),
        ("smile", 3, 90),
    } <= shares


def test_every_perception_threshold_was_read_on_a_page():
    rows = load_rows(TABLES, "perception_thresholds").rows
    assert {row.citation.provenance for row in rows} == {Provenance.FOUND}


def test_an_unknown_feature_is_an_error():
    with pytest.raises(EvidenceError) as error:
        perception_mm("ear")
    assert str(error.value) == "'ear' is not in the table of perception thresholds. Correct the rule."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("movement_starts_from", 0.10),
        ("movement_barely_below", 0.25),
        ("movement_mild_from", 0.50),
        ("movement_almost_from", 0.75),
        ("movement_complete_from", 0.88),
        ("least_healthy_brow_height", 3),
        ("least_healthy_palpebral_fissure", 3),
        ("least_healthy_commissure_height", 3),
        ("least_healthy_commissure_lateral", 3),
        ("least_healthy_lower_lip_height", 3),
        ("least_healthy_upper_lip_height", 2),
        ("least_healthy_sds", 2),
        ("synkinesis_mild_from", 1),
        ("synkinesis_moderate_from", 2),
        ("synkinesis_severe_from", 3),
        ("slider_full_scale", 4),
        ("slider_tolerance", 10),
        ("confidence_high_from", 0.9),
        ("confidence_fair_from", 0.7),
        ("range_probability", 0.9),
    ],
)
def test_limits(name, value):
    assert limit(name) == value


def test_what_this_software_chose_is_tagged_as_its_own():
    used = [v for v in load_values(TABLES, "suggestion_thresholds").values if v.preference == 1]
    assert {v.name for v in used if v.provenance is not Provenance.DESIGN} == {"movement_barely_below"}
    assert all(v.note for v in used)


def test_the_limit_of_complete_movement_is_the_scatter_of_healthy_sides():
    assert limit("movement_complete_from") == round(1 - 1.67 / 14, 2)


def test_limits_keep_their_order_and_cite_every_source():
    assert limits(["slider_tolerance", "slider_full_scale"]) == (10, 4)
    assert [c.source_key for c in limit_citations(["movement_mild_from", "slider_tolerance"])] == [
        "Facialis",
        "Vrabec09",
        "House85",
        "Facialis",
    ]


def test_perception_is_cited_once():
    once, twice = perception_citations(["chin"]), perception_citations(["chin", "nasal_tip", "chin"])
    assert [c.source_key for c in once] == ["Wang17"]
    assert len(twice) == 2


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, Confidence.HIGH),
        (0.9, Confidence.HIGH),
        (0.899, Confidence.FAIR),
        (0.7, Confidence.FAIR),
        (0.699, Confidence.LOW),
        (0.0, Confidence.LOW),
    ],
)
def test_words_for_probabilities(probability, word):
    assert confidence_word(probability) is word
