"""Targets, points and neighbours, and what a wrong row is answered."""

from decimal import Decimal

import pytest

from facialis.anatomy.injection_sites import (
    InjectionDepth,
    NeighbourStructure,
    _neighbour,
    _site,
    _target,
    injection_sites,
    injection_target,
    injection_targets,
    site_neighbours,
    surface_landmarks,
    targets_reaching,
)
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, EvidenceError, Provenance, Row, load_rows

TABLES = "facialis.anatomy.tables"
CITATION = Citation("Facialis", "rules", Provenance.DESIGN, "mesh")
T = InjectionTarget
D = InjectionDepth


def _row(table, **changes):
    row = load_rows(TABLES, table).rows[0]
    return Row({**row.cells, **changes}, f"{table}, line 2", CITATION)


def test_every_target_has_its_record_in_order():
    assert [record.target for record in injection_targets()] == list(InjectionTarget)


def test_a_record_says_what_is_published():
    record = injection_target(T.PLATYSMA)
    assert (record.points_min, record.points_max, record.spacing_mm) == (3, 6, (15.0, 20.0))
    assert record.muscles == (Muscle.PLATYSMA,)
    assert record.depth == "superficial, within the pinched band"
    assert record.direction == "pinch the band between two fingers and stay within it"
    assert record.main_hazard == "difficulty swallowing, weak neck"
    assert record.citation.provenance is Provenance.RECALL_MEDIUM
    assert record.citation.source_key == "DoseSynthesis"


def test_what_nobody_states_stays_empty():
    record = injection_target(T.ZYGOMATICUS_MAJOR)
    assert (record.depth, record.direction, record.spacing_mm) == ("", "", None)
    assert not injection_target(T.PROCERUS).main_hazard
    assert site_neighbours(T.PROCERUS) == ()


@pytest.mark.parametrize(
    ("target", "points"),
    [
        (T.FRONTALIS, (2, 6)),
        (T.CORRUGATOR, (1, 2)),
        (T.PROCERUS, (1, 1)),
        (T.ORBICULARIS_OCULI_UPPER_LID, (2, 2)),
        (T.ORBICULARIS_OCULI_LOWER_LID, (1, 2)),
        (T.ORBICULARIS_OCULI_LATERAL, (2, 3)),
        (T.NASAL_LEVATOR, (1, 1)),
        (T.UPPER_LIP_LEVATOR, (1, 1)),
        (T.ZYGOMATICUS_MAJOR, (1, 2)),
        (T.RISORIUS, (1, 1)),
        (T.BUCCINATOR, (1, 3)),
        (T.ORBICULARIS_ORIS, (2, 4)),
        (T.DEPRESSOR_ANGULI_ORIS, (1, 2)),
        (T.DEPRESSOR_LABII_INFERIORIS, (1, 1)),
        (T.MENTALIS, (1, 2)),
        (T.PLATYSMA, (3, 6)),
    ],
)
def test_every_published_point_has_a_site_and_no_more(target, points):
    record = injection_target(target)
    assert (record.points_min, record.points_max) == points
    for side in Side:
        sites = injection_sites(target, side)
        assert [site.number for site in sites] == list(range(1, points[1] + 1))
        assert [site.is_optional for site in sites] == [
            number > points[0] for number in range(1, points[1] + 1)
        ]
        assert all(site.citation.provenance is Provenance.DESIGN for site in sites)


def test_only_the_procerus_lies_on_the_midline():
    for target in InjectionTarget:
        for side in Side:
            wanted = None if target is T.PROCERUS else side
            assert {site.side for site in injection_sites(target, side)} == {wanted}


@pytest.mark.parametrize(
    ("target", "depths"),
    [
        (T.CORRUGATOR, (D.DEEP, D.SUPERFICIAL)),
        (T.MENTALIS, (D.DEEP, D.DEEP)),
        (T.NASAL_LEVATOR, (None,)),
        (T.ORBICULARIS_OCULI_UPPER_LID, (D.INTRADERMAL_OR_SUBCUTANEOUS,) * 2),
        (T.ORBICULARIS_OCULI_LATERAL, (D.SUBCUTANEOUS,) * 3),
        (T.FRONTALIS, (D.SUPERFICIAL_IN_MUSCLE,) * 6),
        (T.PLATYSMA, (D.SUPERFICIAL_IN_BAND,) * 6),
        (T.PROCERUS, (D.IN_MUSCLE,)),
    ],
)
def test_depth_belongs_to_the_point(target, depths):
    assert tuple(site.depth for site in injection_sites(target, Side.LEFT)) == depths


def test_weights_in_the_table_add_up_to_exactly_one():
    for table in ("injection_sites", "surface_landmarks"):
        for row in load_rows(TABLES, table).rows:
            assert sum(row.decimal(f"weight_{letter}") for letter in "abc") == Decimal(1)


def test_muscles_know_the_targets_that_reach_them():
    assert [t.target for t in targets_reaching(Muscle.ORBICULARIS_OCULI_PRETARSAL)] == [
        T.ORBICULARIS_OCULI_UPPER_LID,
        T.ORBICULARIS_OCULI_LOWER_LID,
    ]
    assert targets_reaching(Muscle.LEVATOR_PALPEBRAE) == ()
    unreached = {m for m in FACIAL_MUSCLES if not targets_reaching(m)}
    assert unreached == {
        Muscle.DEPRESSOR_SUPERCILII,
        Muscle.ORBICULARIS_OCULI_ORBITAL_SUPERIOR,
        Muscle.ORBICULARIS_OCULI_ORBITAL_INFERIOR,
        Muscle.LEVATOR_ANGULI_ORIS,
        Muscle.DEPRESSOR_SEPTI_NASI,
    }


def test_neighbours_are_muscles_or_structures():
    lateral = {n.neighbour: n.consequence for n in site_neighbours(T.ORBICULARIS_OCULI_LATERAL)}
    assert lateral == {
        NeighbourStructure.LATERAL_RECTUS: "double vision, when the point is too deep",
        Muscle.ZYGOMATICUS_MAJOR: "a weaker smile, when the point is too low",
    }
    ptosis = site_neighbours(T.CORRUGATOR)[0]
    assert ptosis.neighbour is Muscle.LEVATOR_PALPEBRAE
    assert ptosis.citation.provenance is Provenance.RECALL_HIGH


def test_every_structure_is_somewhere_at_risk():
    named = {n.neighbour for target in InjectionTarget for n in site_neighbours(target)}
    assert set(NeighbourStructure) <= named


def test_landmarks_are_the_edges_that_rules_need():
    assert set(surface_landmarks()) == {
        "orbital_rim_lateral",
        "masseter_anterior_border_upper",
        "masseter_anterior_border_lower",
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"points_min": "7"}, "points_min is 7 and points_max is 6; at least 1, and in this order."),
        ({"points_min": "0"}, "points_min is 0 and points_max is 6; at least 1, and in this order."),
        ({"spacing_min_mm": "5"}, "spacing_min_mm and spacing_max_mm stand together or not at all."),
        ({"spacing_max_mm": "5"}, "spacing_min_mm and spacing_max_mm stand together or not at all."),
    ],
)
def test_a_wrong_target_is_refused(changes, sentence):
    with pytest.raises(EvidenceError) as error:
        _target(_row("injection_targets", **changes))
    assert str(error.value) == f"injection_targets, line 2: {sentence}"


def test_a_flag_that_contradicts_the_weights_is_refused():
    with pytest.raises(EvidenceError, match="outside_mesh is 'yes', its weights say otherwise"):
        _site(_row("injection_sites", outside_mesh="yes"), T.FRONTALIS, Side.RIGHT, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "nerve"}, "kind is 'nerve'; it is muscle or structure."),
        ({"neighbour": "lateral_rectus"}, "neighbour 'lateral_rectus' is unknown"),
        ({"kind": "structure"}, "neighbour 'frontalis' is unknown"),
    ],
)
def test_a_wrong_neighbour_is_refused(changes, words):
    with pytest.raises(EvidenceError, match=words):
        _neighbour(_row("site_neighbours", **changes))
