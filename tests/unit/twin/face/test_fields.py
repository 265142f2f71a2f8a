"""Displacement fields: every muscle moves what anatomy says it moves."""

from dataclasses import replace

import numpy as np
import pytest

from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.muscle_records import FacePoint
from facialis.anatomy.muscles import muscle
from facialis.evidence import EvidenceError
from facialis.twin.face import fields
from facialis.twin.face.fields import displacement_fields, muscle_fields

ON_LIDS = {Muscle.ORBICULARIS_OCULI_PRETARSAL, Muscle.ORBICULARIS_OCULI_PRESEPTAL}


def test_every_muscle_but_those_of_the_lid_margins_has_a_field():
    lengths = np.linalg.norm(displacement_fields()[1], axis=-1).max(axis=-1)
    still = {m for m, length in zip(FACIAL_MUSCLES, lengths, strict=True) if length == 0}
    assert still == ON_LIDS


def test_every_field_has_a_movement_in_the_anatomy():
    for field in muscle_fields():
        named = {(m.landmark, m.part) for m in muscle(field.muscle).movements}
        assert (field.landmark, field.part) in named


@pytest.mark.parametrize("field", muscle_fields(), ids=lambda f: f"{f.muscle}-{f.landmark}-{f.part}")
def test_field_moves_its_point_as_far_as_the_table_says_and_where_anatomy_says(field):
    right = neutral_points_mm()[field.vertex, 0]
    moved = fields._scaled(field)[field.vertex]
    share = 0.5 if right == 0 else 1.0
    length = np.linalg.norm(moved)
    assert field.amplitude_mm * share * 0.9 < length < field.amplitude_mm * 1.0001
    direction = next(
        m.direction
        for m in muscle(field.muscle).movements
        if (m.landmark, m.part) == (field.landmark, field.part)
    )
    towards = np.array([-direction.lateral, direction.superior, direction.anterior])
    assert moved @ towards / length > 0.5


def test_linear_pull_fades_beyond_the_insertion_and_beside_the_fibres():
    field = next(f for f in muscle_fields() if f.muscle is Muscle.ZYGOMATICUS_MAJOR)
    lengths = np.linalg.norm(fields._scaled(field), axis=1)
    assert lengths[61] > lengths[185] > lengths[39] > lengths[0]
    assert lengths[[9, 105, 152, 291]].max() < 1e-9


def test_lips_follow_their_own_muscles_only():
    right = displacement_fields()[1]
    levator = right[FACIAL_MUSCLES.index(Muscle.LEVATOR_LABII_SUPERIORIS)]
    depressor = right[FACIAL_MUSCLES.index(Muscle.DEPRESSOR_LABII_INFERIORIS)]
    assert np.abs(levator[[87, 14, 84]]).max() == 0
    assert np.abs(depressor[[82, 13, 37]]).max() == 0


def test_point_outside_its_field_is_refused():
    field = replace(muscle_fields()[0], vertex=152)
    with pytest.raises(EvidenceError, match="vertex 152 lies outside the field"):
        fields._scaled(field)


def test_carried_movement_without_direction_is_refused():
    carried = next(f for f in muscle_fields() if f.how is fields.Movement.CARRY)
    with pytest.raises(EvidenceError, match="names no such movement of chin_skin"):
        fields._scaled(replace(carried, landmark=FacePoint.CHIN_SKIN, part="no such part"))
