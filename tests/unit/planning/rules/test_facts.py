"""Numbers about a face that no face can have are refused."""

import math

import pytest

from facialis.anatomy import Expression, Muscle
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.nerve import NerveBranch
from facialis.planning.errors import FactsError
from facialis.planning.rules.facts import FaceFacts

DRIVE = dict.fromkeys(NerveBranch, 0.5)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"affected_drive_by_branch": {NerveBranch.BUCCAL: 0.5}}, "all five branches"),
        ({"affected_drive_by_branch": {**DRIVE, NerveBranch.BUCCAL: 1.01}}, "drive of buccal is 1.01"),
        ({"affected_drive_by_branch": {**DRIVE, NerveBranch.BUCCAL: -0.01}}, "from 0 to 1"),
        ({"affected_drive_by_branch": {**DRIVE, NerveBranch.BUCCAL: math.nan}}, "finite"),
        ({"eye_closes_probability": 1.5}, "probability that the eye closes is 1.5"),
        ({"eye_closes_probability": True}, "True"),
        ({"fissure_on_closure_mm": -1.0}, "from 0 to inf"),
        ({"fissure_on_closure_mm": math.inf}, "finite"),
        ({"flaccid_muscles": frozenset({Muscle.LEVATOR_PALPEBRAE})}, "does not drive it"),
    ],
)
def test_impossible_facts(fields, message):
    with pytest.raises(FactsError, match=message):
        FaceFacts(**fields)


def test_whole_numbers_are_numbers():
    assert FaceFacts(eye_closes_probability=1, fissure_on_closure_mm=0).eye_closes_probability == 1


def test_photographs():
    assert not FaceFacts().has_photographs
    assert not FaceFacts(missing_expressions=tuple(Expression)).has_photographs
    assert FaceFacts(missing_expressions=NINE_PHOTOGRAPHS[1:]).has_photographs
    assert FaceFacts(missing_expressions=()).has_photographs
