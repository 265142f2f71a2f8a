import pytest

from facialis.anatomy.lookup import UnknownNameError
from facialis.anatomy.nerve import (
    NerveBranch,
    NerveStretch,
    OverlapFrequency,
    branch,
    branch_overlaps,
    branches,
    early_twigs,
    nerve_segments,
    nerve_value,
    overlap_between,
)
from facialis.evidence import EvidenceError, Provenance


def test_five_branches_from_the_forehead_down():
    assert [record.branch for record in branches()] == list(NerveBranch)


def test_zone_of_each_branch():
    assert {record.branch.value: record.zone for record in branches()} == {
        "temporal": "forehead and upper lid",
        "zygomatic": "lids and upper cheek",
        "buccal": "midface, upper lip and cheek",
        "marginal_mandibular": "lower lip and chin",
        "cervical": "neck and jaw line",
    }


def test_fibre_count_is_the_range_that_was_found():
    count = nerve_value("fibre_count")
    assert (count.value, count.interval, count.unit) == (None, (7000, 10000), "1")
    assert count.provenance is Provenance.FOUND


def test_path_lengths_of_branches_lie_in_the_stated_range_and_have_its_middle_as_mean():
    stated = nerve_value("path_length")
    assert (stated.value, stated.interval, stated.unit) == (None, (80, 120), "mm")
    assert stated.provenance is Provenance.DERIVED
    lengths = [record.path_length for record in branches()]
    assert [length.number for length in lengths] == [105, 95, 100, 115, 85]
    assert sum(length.number for length in lengths) / len(lengths) == sum(stated.interval) / 2
    for length in lengths:
        assert (length.interval, length.unit) == (stated.interval, "mm")
        assert length.provenance is Provenance.DESIGN
        assert "Only the range for the whole nerve is given" in length.note


def test_longest_way_goes_to_the_chin_and_the_shortest_to_the_neck():
    by_length = sorted(branches(), key=lambda record: record.path_length.number)
    assert by_length[0].branch is NerveBranch.CERVICAL
    assert by_length[-1].branch is NerveBranch.MARGINAL_MANDIBULAR


def test_unknown_number_is_refused():
    with pytest.raises(EvidenceError, match="fibre_diameter"):
        nerve_value("fibre_diameter")


def test_buccal_and_zygomatic_branches_are_joined_in_most_people():
    overlap = overlap_between(NerveBranch.BUCCAL, NerveBranch.ZYGOMATIC)
    assert overlap is overlap_between(NerveBranch.ZYGOMATIC, NerveBranch.BUCCAL)
    assert overlap.frequency is OverlapFrequency.OFTEN
    assert overlap.share_frac == (0.7, 0.9)
    assert overlap.citation.provenance is Provenance.RECALL_MEDIUM


@pytest.mark.parametrize("name", [NerveBranch.TEMPORAL, NerveBranch.MARGINAL_MANDIBULAR])
def test_temporal_and_marginal_branches_are_rarely_joined_and_recover_worst(name):
    overlaps = branch(name).overlaps
    assert overlaps
    for overlap in overlaps:
        assert name in overlap.branches
        assert overlap.frequency is OverlapFrequency.RARELY
        assert overlap.share_frac is None
        assert "recover worst" in overlap.recovery


def test_overlaps_join_neighbours_only_and_the_rest_is_not_stated():
    order = list(NerveBranch)
    for overlap in branch_overlaps():
        upper, lower = overlap.branches
        assert order.index(lower) == order.index(upper) + 1
    assert overlap_between(NerveBranch.TEMPORAL, NerveBranch.CERVICAL) is None
    assert overlap_between(NerveBranch.BUCCAL, NerveBranch.BUCCAL) is None


def test_way_of_the_nerve_leads_from_the_brain_to_the_parotid_gland():
    assert [segment.stretch for segment in nerve_segments()] == list(NerveStretch)
    told = {segment.stretch: segment.relevance for segment in nerve_segments()}
    assert "spares the forehead" in told[NerveStretch.MOTOR_CORTEX]
    assert "narrowest" in told[NerveStretch.LABYRINTHINE_SEGMENT]


def test_early_twigs_leave_in_order_and_say_what_fails():
    order = list(NerveStretch)
    twigs = early_twigs()
    assert [order.index(twig.leaves_at) for twig in twigs] == sorted(
        order.index(twig.leaves_at) for twig in twigs
    )
    assert [twig.name for twig in twigs if twig.kind == "motor"] == [
        "stapedius_nerve",
        "posterior_auricular",
        "digastric_twig",
        "stylohyoid_twig",
    ]
    signs = {twig.name: twig.sign for twig in twigs}
    assert signs["stapedius_nerve"] == "sounds are too loud"
    assert signs["stylohyoid_twig"] is None
    assert "tears when eating" in signs["greater_petrosal"]


def test_unknown_branch_is_refused():
    with pytest.raises(UnknownNameError, match="Did you mean cervical"):
        branch("cervial")
