from fractions import Fraction

import numpy as np
import pytest

from facialis.anatomy.lookup import UnknownNameError
from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.muscle_records import CranialNerve, FacePoint, FibreType
from facialis.anatomy.muscle_shapes import muscle_shape
from facialis.anatomy.muscles import antagonists_of, muscle, muscles, muscles_of_branch
from facialis.anatomy.nerve import TABLES, NerveBranch
from facialis.anatomy.sides import Side
from facialis.evidence import Provenance, load_rows

EACH = pytest.mark.parametrize("record", muscles(), ids=lambda record: record.abbreviation)


def test_every_muscle_has_a_record_in_the_order_of_the_names():
    assert [record.muscle for record in muscles()] == list(Muscle)


def test_the_muscles_of_the_facial_nerve_are_numbered_from_1_to_24():
    assert [muscle(name).number for name in FACIAL_MUSCLES] == list(range(1, 25))


def test_abbreviations_and_full_names_name_one_muscle_each():
    words = [word.lower() for r in muscles() for word in (r.abbreviation, r.full_name, r.muscle.value)]
    unambiguous = {word.replace(" ", "_").replace("-", "_") for word in words}
    assert {muscle(word).muscle for word in words} == set(Muscle)
    assert len({record.abbreviation for record in muscles()}) == len(Muscle)
    assert all(muscle(word) is muscle(word.upper()) for word in unambiguous)


@pytest.mark.parametrize("stem", ["muscle_branches", "fibre_types", "muscle_movements", "antagonists"])
def test_rows_about_one_muscle_stand_together_in_the_order_of_the_names(stem):
    order = [row.choice("muscle", Muscle) for row in load_rows(TABLES, stem).rows]
    assert order == sorted(order, key=list(Muscle).index)


@EACH
def test_weights_of_branches_sum_to_exactly_one_with_the_largest_first(record):
    if not record.branches:
        assert record.muscle is Muscle.LEVATOR_PALPEBRAE
        return
    weights = [share.weight for share in record.branches]
    assert sum(weights) == Fraction(1)
    assert weights == sorted(weights, reverse=True)
    assert min(weights) > 0
    assert {share.citation.provenance for share in record.branches} == {Provenance.DESIGN}


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        (Muscle.FRONTALIS, {NerveBranch.TEMPORAL: Fraction(1)}),
        (
            Muscle.CORRUGATOR_SUPERCILII,
            {NerveBranch.TEMPORAL: Fraction(4, 5), NerveBranch.ZYGOMATIC: Fraction(1, 5)},
        ),
        (
            Muscle.PROCERUS,
            {
                NerveBranch.TEMPORAL: Fraction(1, 3),
                NerveBranch.ZYGOMATIC: Fraction(1, 3),
                NerveBranch.BUCCAL: Fraction(1, 3),
            },
        ),
        (
            Muscle.ZYGOMATICUS_MAJOR,
            {NerveBranch.BUCCAL: Fraction(2, 3), NerveBranch.ZYGOMATIC: Fraction(1, 3)},
        ),
        (
            Muscle.ORBICULARIS_ORIS_INFERIOR,
            {NerveBranch.BUCCAL: Fraction(1, 2), NerveBranch.MARGINAL_MANDIBULAR: Fraction(1, 2)},
        ),
        (
            Muscle.DEPRESSOR_ANGULI_ORIS,
            {NerveBranch.MARGINAL_MANDIBULAR: Fraction(4, 5), NerveBranch.BUCCAL: Fraction(1, 5)},
        ),
        (Muscle.PLATYSMA, {NerveBranch.CERVICAL: Fraction(1)}),
    ],
)
def test_weights_follow_from_the_order_in_which_branches_are_named(name, weights):
    record = muscle(name)
    assert {branch: record.weight_of(branch) for branch in NerveBranch if record.weight_of(branch)} == weights


def test_each_branch_drives_muscles_and_each_muscle_of_the_face_has_a_branch():
    driven = {branch: {record.muscle for record in muscles_of_branch(branch)} for branch in NerveBranch}
    assert set.union(*driven.values()) == set(FACIAL_MUSCLES)
    assert driven[NerveBranch.CERVICAL] == {Muscle.PLATYSMA}
    assert driven[NerveBranch.MARGINAL_MANDIBULAR] == {
        Muscle.ORBICULARIS_ORIS_INFERIOR,
        Muscle.DEPRESSOR_ANGULI_ORIS,
        Muscle.DEPRESSOR_LABII_INFERIORIS,
        Muscle.MENTALIS,
    }
    assert Muscle.FRONTALIS in driven[NerveBranch.TEMPORAL]
    assert [record.muscle for record in muscles_of_branch("cervical")] == [Muscle.PLATYSMA]


@EACH
def test_directions_are_unit_vectors_and_say_themselves_in_words(record):
    assert record.movements
    for movement in record.movements:
        way = movement.direction
        squares = way.superior**2 + way.lateral**2 + way.anterior**2
        assert squares == pytest.approx(1.0, abs=1e-12)
        assert movement.citation.note
        assert movement.citation.provenance is Provenance.DESIGN


@pytest.mark.parametrize(
    ("name", "landmark", "up", "lateral"),
    [
        (Muscle.FRONTALIS, FacePoint.BROW, 1, 0),
        (Muscle.CORRUGATOR_SUPERCILII, FacePoint.BROW_HEAD, -1, -1),
        (Muscle.ORBICULARIS_OCULI_PRETARSAL, FacePoint.UPPER_LID_MARGIN, -1, 0),
        (Muscle.ORBICULARIS_OCULI_ORBITAL_LATERAL, FacePoint.LATERAL_CANTHAL_SKIN, 0, -1),
        (Muscle.ORBICULARIS_OCULI_ORBITAL_INFERIOR, FacePoint.LOWER_LID_MARGIN, 1, 0),
        (Muscle.ZYGOMATICUS_MAJOR, FacePoint.COMMISSURE, 1, 1),
        (Muscle.LEVATOR_ANGULI_ORIS, FacePoint.COMMISSURE, 1, -1),
        (Muscle.RISORIUS, FacePoint.COMMISSURE, 0, 1),
        (Muscle.ORBICULARIS_ORIS_SUPERIOR, FacePoint.COMMISSURE, 0, -1),
        (Muscle.DEPRESSOR_ANGULI_ORIS, FacePoint.COMMISSURE, -1, 1),
        (Muscle.DEPRESSOR_LABII_INFERIORIS, FacePoint.LOWER_LIP, -1, 1),
        (Muscle.MENTALIS, FacePoint.CHIN_SKIN, 1, 0),
        (Muscle.PLATYSMA, FacePoint.COMMISSURE, -1, 1),
        (Muscle.LEVATOR_PALPEBRAE, FacePoint.UPPER_LID_MARGIN, 1, 0),
    ],
)
def test_main_movement_goes_where_anatomy_says(name, landmark, up, lateral):
    main = muscle(name).movements[0]
    assert main.landmark is landmark
    assert (_sign(main.direction.superior), _sign(main.direction.lateral)) == (up, lateral)


@pytest.mark.parametrize(
    "name",
    [
        record.muscle
        for record in muscles()
        # A ring closes, and the transverse nasalis narrows: neither moves a point along its fibres.
        if record.is_target and record.fibre_type is not FibreType.SPHINCTER and record.abbreviation != "NAS"
    ],
)
def test_seen_from_the_front_a_movement_follows_the_fibres_on_the_mesh_to_their_origin(name):
    cosines = []
    for bundle in muscle_shape(name).bundles:
        guides = bundle.grid(neutral_points_mm(), Side.LEFT)
        pull = (guides[:, 0] - guides[:, -1]).mean(axis=0)[:2]
        for movement in muscle(name).movements:
            way = np.array([movement.direction.lateral, movement.direction.superior])
            cosines.append(way @ pull / (np.linalg.norm(way) * np.linalg.norm(pull)))
    assert max(cosines) > 0.9


def test_nasalis_narrows_with_one_part_and_widens_with_the_other():
    assert [(m.part, m.direction.lateral) for m in muscle(Muscle.NASALIS).movements] == [
        ("transverse", -1),
        ("alar", 1),
    ]


def test_fibre_types():
    of_type = {kind: {r.muscle for r in muscles() if r.fibre_type is kind} for kind in FibreType}
    assert of_type[FibreType.SHEET] == {Muscle.FRONTALIS, Muscle.BUCCINATOR, Muscle.PLATYSMA}
    assert of_type[FibreType.SPHINCTER] == {name for name in Muscle if name.startswith("orbicularis")}
    assert {r.fibre_citation.provenance for r in muscles()} == {Provenance.DESIGN}


@EACH
def test_antagonism_is_mutual_and_never_with_itself(record):
    opposing = antagonists_of(record.muscle)
    assert record.muscle not in opposing
    assert len(set(opposing)) == len(opposing)
    for other in opposing:
        assert record.muscle in antagonists_of(other)
    assert {stated.muscle for stated in record.antagonists} - {None} <= set(opposing)


def test_antagonists_are_listed_from_the_forehead_down():
    assert antagonists_of("ZMJ") == (
        Muscle.ORBICULARIS_ORIS_SUPERIOR,
        Muscle.ORBICULARIS_ORIS_INFERIOR,
        Muscle.DEPRESSOR_ANGULI_ORIS,
        Muscle.PLATYSMA,
    )
    assert antagonists_of(Muscle.FRONTALIS) == (
        Muscle.CORRUGATOR_SUPERCILII,
        Muscle.PROCERUS,
        Muscle.DEPRESSOR_SUPERCILII,
        Muscle.ORBICULARIS_OCULI_ORBITAL_SUPERIOR,
        Muscle.ORBICULARIS_OCULI_ORBITAL_LATERAL,
    )
    assert antagonists_of(Muscle.DEPRESSOR_SEPTI_NASI) == ()


def test_gravity_and_tissue_are_named_in_words():
    labels = [a.label for a in muscle("OOC-oi").antagonists]
    assert labels == ["gravity", "retractors of the lower lid"]
    assert all(a.muscle is None for a in muscle("OOC-oi").antagonists)
    assert [(a.muscle, a.label) for a in muscle("OOC-pt").antagonists] == [
        (Muscle.LEVATOR_PALPEBRAE, "levator palpebrae"),
        (None, "Mueller's muscle (sympathetic)"),
    ]


def test_levator_palpebrae_is_the_one_muscle_that_is_never_a_target():
    assert [record.muscle for record in muscles() if not record.is_target] == [Muscle.LEVATOR_PALPEBRAE]
    levator = muscle(Muscle.LEVATOR_PALPEBRAE)
    assert (levator.nerve, levator.number, levator.branches) == (CranialNerve.OCULOMOTOR, None, ())
    assert {record.nerve for record in muscles() if record is not levator} == {CranialNerve.FACIAL}


def test_what_is_not_stated_stays_empty():
    silent = {record.abbreviation for record in muscles() if record.if_weakened is None}
    assert silent == {"PRO", "DSC", "OOC-os", "NAS", "DSN"}
    assert muscle("DAO").if_weakened == (
        "toxin that spreads to depressor labii inferioris gives a crooked lower lip"
    )


@EACH
def test_every_muscle_says_where_it_lies_and_what_it_is_for(record):
    assert record.origin
    assert record.insertion
    assert record.expressions
    assert record.zones
    assert record.citation.source_key == "AnatomyTexts"


def test_unknown_muscle_is_answered_with_the_nearest_names():
    with pytest.raises(UnknownNameError) as error:
        muscle("zygomaticus")
    assert str(error.value) == (
        "'zygomaticus' is no muscle. Did you mean zygomaticus_minor or zygomaticus_major?"
    )
    assert error.value.code == "unknown_muscle"


def test_unknown_branch_is_refused():
    with pytest.raises(UnknownNameError) as error:
        muscles_of_branch("frontal")
    assert error.value.code == "unknown_branch"


def _sign(component):
    return (component > 0) - (component < 0)
