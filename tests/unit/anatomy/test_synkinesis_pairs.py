import pytest

from facialis.anatomy.commands import command_of
from facialis.anatomy.expressions import Expression
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.synkinesis_pairs import (
    InvoluntaryRegion,
    SynkinesisKind,
    SynkinesisMechanism,
    synkinesis_mechanisms,
    synkinesis_pairs,
    synkinesis_values,
)
from facialis.evidence import Provenance, load_rows
from facialis.measurement.synkinesis import SubScoreName, SynkinesisRegion

EYE_MUSCLES = {Muscle.ORBICULARIS_OCULI_PRETARSAL, Muscle.ORBICULARIS_OCULI_PRESEPTAL}


def regions_of(expression):
    return {pair.region.value for pair in synkinesis_pairs() if pair.expression == expression}


@pytest.mark.parametrize(
    ("expression", "regions"),
    [
        ("rest", set()),
        ("brow_raise", {"commissure"}),
        ("gentle_eye_closure", {"commissure", "cheek", "chin", "neck"}),
        ("tight_eye_closure", {"commissure", "cheek", "chin", "neck"}),
        ("snarl", set()),
        ("closed_smile", {"eye", "commissure", "chin", "neck"}),
        ("open_smile", {"eye", "commissure", "chin", "neck"}),
        ("pucker", {"eye"}),
        ("lower_teeth_show", set()),
        ("nasal_base", set()),
    ],
)
def test_usual_pairs_of_each_expression(expression, regions):
    assert regions_of(expression) == regions


def test_the_mouth_closes_the_eye_and_the_frozen_smile_has_its_antagonists():
    found = {(pair.expression, pair.region): set(pair.muscles) for pair in synkinesis_pairs()}
    assert found[Expression.PUCKER, InvoluntaryRegion.EYE] == EYE_MUSCLES
    assert found[Expression.OPEN_SMILE, InvoluntaryRegion.EYE] == EYE_MUSCLES
    assert found[Expression.OPEN_SMILE, InvoluntaryRegion.COMMISSURE] == {
        Muscle.DEPRESSOR_ANGULI_ORIS,
        Muscle.BUCCINATOR,
    }


@pytest.mark.parametrize("pair", synkinesis_pairs(), ids=lambda pair: f"{pair.expression}-{pair.region}")
def test_what_moves_unasked_is_not_what_a_healthy_face_commands(pair):
    assert pair.muscles
    assert pair.sign
    assert all(command_of(pair.expression)[muscle] == 0 for muscle in pair.muscles)
    assert pair.citation.provenance is Provenance.RECALL_HIGH
    assert "how often was not verified" in pair.citation.note


def test_sub_scores_follow_the_region():
    kinds = {(pair.region.value, pair.kind.value) for pair in synkinesis_pairs()}
    assert kinds == {
        ("eye", "ocular"),
        ("cheek", "midfacial"),
        ("commissure", "midfacial"),
        ("chin", "mentalis"),
        ("neck", "platysmal"),
    }


def test_words_are_those_of_the_synkinesis_matrix():
    assert {kind.value for kind in SynkinesisKind} == {name.value for name in SubScoreName}
    assert {region.value for region in InvoluntaryRegion} < {region.value for region in SynkinesisRegion}


def test_every_pair_that_the_matrix_takes_from_a_source_is_a_usual_pair():
    matrix = load_rows("facialis.measurement.tables", "synkinesis_movements").rows
    known = {(pair.expression.value, pair.region.value) for pair in synkinesis_pairs()}
    sourced = {
        (row.text("expression"), row.text("region")) for row in matrix if row.citation.source_key == "Moran96"
    }
    assert sourced
    assert sourced <= known


def test_protruding_the_lips_shows_synkinesis_better_than_smiling():
    values = synkinesis_values()
    assert values.preferred("lip_protrusion_versus_smile_z").number == 2.96
    assert values.preferred("lip_protrusion_versus_smile_p").number == 0.003
    assert {value.provenance for value in values.values} == {Provenance.FOUND}
    assert {value.population for value in values.values} == {"40 patients"}


def test_all_mechanisms_are_told():
    assert [record.mechanism for record in synkinesis_mechanisms()] == list(SynkinesisMechanism)
    assert all(record.meaning for record in synkinesis_mechanisms())
