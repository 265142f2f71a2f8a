"""Photographs that contradict the recorded side are noticed, and no others."""

import pytest
from django.urls import reverse

from facialis.anatomy.sides import Side
from facialis.clinic.audit.actions import sha256_of
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.measurements.side_check import side_contradiction, signs_of
from tests.factories.sided_sets import sided_document

LEFT, RIGHT = Side.LEFT, Side.RIGHT


@pytest.mark.parametrize("name", ["FLACCID", "SYNKINETIC"])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_palsy_on_the_other_side_than_recorded_is_noticed(name, mirrored):
    shown = RIGHT if mirrored else LEFT
    document = sided_document(name, shown.opposite, mirrored=mirrored)
    sentence = side_contradiction(document, shown.opposite)
    assert sentence.startswith(f"The photographs show the {shown.label} side as the weaker or overactive one")
    assert f"the record says {shown.opposite.label}" in sentence


@pytest.mark.parametrize("name", ["FLACCID", "SYNKINETIC", "SMILE_ALONE", "AT_ODDS", "UNEVEN", "HEALTHY"])
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_recorded_side_is_never_contradicted_by_its_own_palsy(name, mirrored):
    shown = RIGHT if mirrored else LEFT
    assert side_contradiction(sided_document(name, shown, mirrored=mirrored), shown) == ""


@pytest.mark.parametrize("name", ["SMILE_ALONE", "UNEVEN", "HEALTHY"])
def test_one_odd_region_is_not_enough(name):
    assert side_contradiction(sided_document(name, RIGHT), RIGHT) == ""


def test_where_signs_are_at_odds_nothing_is_said():
    document = sided_document("AT_ODDS", RIGHT)
    against = [sign.z for sign in signs_of(document, RIGHT) if sign.z <= -3.0]
    assert len(against) >= 2, "or nothing is tried here"
    assert side_contradiction(document, RIGHT) == ""


def test_the_side_of_the_record_counts_not_the_one_that_it_was_measured_for():
    assert side_contradiction(sided_document("FLACCID", LEFT), RIGHT)
    assert side_contradiction(sided_document("SYNKINETIC", None), RIGHT)
    assert side_contradiction(sided_document("SYNKINETIC", None), LEFT) == ""


def test_without_one_recorded_side_there_is_nothing_to_contradict():
    assert side_contradiction(sided_document("FLACCID", None), None) == ""


@pytest.fixture
def contradicted(visit):
    """The record says LEFT and the photographs show a palsy on the RIGHT."""
    document = sided_document("FLACCID", LEFT, mirrored=True)
    Measurement.objects.create(
        visit=visit, number=1, document=document, document_sha256=sha256_of(document), point_sets=[]
    )
    return visit


@pytest.mark.parametrize("name", ["measure", "synkinesis", "plan"])
def test_pages_that_lead_to_a_plan_stop_the_reader(name, client, clinician, contradicted):
    client.force_login(clinician)
    page = client.get(reverse(name, args=[contradicted.pk])).content.decode()
    assert "callout--stop" in page
    assert "The photographs show the RIGHT side" in page
    contradicted.patient.palsy.affected_side = "right"
    contradicted.patient.palsy.save()
    assert "The photographs show" not in client.get(reverse(name, args=[contradicted.pk])).content.decode()
