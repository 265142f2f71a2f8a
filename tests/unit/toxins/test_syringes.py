from fractions import Fraction

import pytest

from facialis.evidence import Citation, Provenance
from facialis.toxins.errors import SyringeError
from facialis.toxins.syringes import Syringe, syringe_named, syringes

CITATION = Citation("PracticeNotes", "here", Provenance.RECALL_MEDIUM, "adults")


def syringe(capacity, mark):
    return Syringe("s", "the syringe", Fraction(capacity), Fraction(mark), CITATION)


def test_every_syringe_is_found_by_its_code():
    assert [found.code for found in syringes()] == [
        "insulin_0_3_ml",
        "insulin_0_3_ml_half",
        "insulin_0_5_ml",
        "one_ml",
    ]
    assert all(syringe_named(found.code) is found for found in syringes())


def test_syringe_carries_its_source():
    found = syringe_named("insulin_0_3_ml_half")
    assert (found.capacity_ml, found.mark_ml, found.marks) == (Fraction(3, 10), Fraction(1, 200), 60)
    assert found.text == "0.3 mL insulin syringe with half marks (marks of 0.005 mL)"
    assert found.citation.provenance is Provenance.RECALL_MEDIUM
    assert "never units of toxin" in found.citation.note


def test_unknown_syringe_is_refused_with_the_known_ones():
    with pytest.raises(SyringeError) as error:
        syringe_named("2_ml")
    assert str(error.value) == (
        "There is no syringe '2_ml'. Give one of insulin_0_3_ml, insulin_0_3_ml_half, insulin_0_5_ml, one_ml."
    )
    assert error.value.code == "syringe_unknown"


@pytest.mark.parametrize(("capacity", "mark"), [("0.3", "0"), ("0.3", "-0.1"), ("0.3", "0.07"), ("0", "0.1")])
def test_marks_must_fill_the_syringe(capacity, mark):
    with pytest.raises(SyringeError) as error:
        syringe(capacity, mark)
    assert str(error.value) == (
        f"the syringe: {capacity} mL in marks of {mark} mL. The capacity is a whole number of marks, "
        "at least one. Correct the row."
    )
    assert error.value.code == "syringe_refused"


def test_smallest_syringe_has_one_mark():
    assert syringe("0.1", "0.1").marks == 1
