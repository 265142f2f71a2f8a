from dataclasses import replace
from fractions import Fraction

import pytest

from facialis.anatomy.side_roles import SideRole
from facialis.evidence import EvidenceError, Provenance
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import toxin_rows
from facialis.toxins.study_outcomes import (
    Statistic,
    StudyItem,
    UnknownStudyError,
    _finding,
    findings_of_study,
    study_findings,
)

ONA = ToxinProduct.ONABOTULINUMTOXIN_A


def row(code, **cells):
    found = next(row for row in toxin_rows("study_outcomes") if row.text("code") == code)
    return replace(found, cells={**found.cells, **cells})


def refused(code, **cells):
    with pytest.raises(EvidenceError) as error:
        _finding(row(code, **cells))
    return str(error.value).split(": ", 1)[1]


def test_a_dose_keeps_its_study_side_and_product():
    found = _finding(row("choi13_dose_total_affected"))
    assert found.code == "choi13_dose_total_affected"
    assert found.item is StudyItem.DOSE
    assert found.quantity == "total dose of a session"
    assert found.statistic is Statistic.MEAN
    assert found.sides == (SideRole.AFFECTED,)
    assert found.muscles == ()
    assert found.product is ONA
    assert found.after is None
    assert found.after_unit is None
    assert found.value == Fraction("17.1")
    assert found.interval == (10, 26)
    assert found.sd == Fraction("5.3")
    assert found.unit == "units onabotulinumtoxinA"
    assert found.n == 42
    assert found.citation.source_key == "Choi13"


def test_an_outcome_keeps_its_time():
    found = _finding(row("toffola10_rest_after"))
    assert found.after == 35
    assert found.after_unit == "days"
    assert found.value == Fraction("-3.5")
    assert found.interval is None
    assert found.sd is None
    assert found.product is None
    assert found.sides == ()


def test_muscles_are_named_as_in_the_source():
    assert _finding(row("toffola10_dose_per_site_affected")).muscles == (
        "orbicularis oculi",
        "zygomaticus major",
        "depressor labii inferioris",
        "platysma",
    )


def test_both_sides_are_two():
    found = _finding(row("choi13_dose_total_both_highest"))
    assert found.sides == (SideRole.AFFECTED, SideRole.HEALTHY)
    assert found.citation.provenance is Provenance.DERIVED


def test_a_statement_has_no_number_and_a_review_no_n():
    found = _finding(row("cooper17_judgement"))
    assert found.item is StudyItem.STATEMENT
    assert found.value is None
    assert found.interval is None
    assert found.n is None


def test_a_row_that_contradicts_itself_is_refused():
    assert refused("sadiq12_peak", value="") == "a course lacks its number."
    assert refused("cooper17_judgement", value="1") == "a statement has a number."
    assert refused("cooper17_judgement", low="1", high="1") == "a statement has a number."
    together = "low and high stand together, and low does not exceed high."
    assert refused("sadiq12_grade", low="") == together
    assert refused("sadiq12_grade", high="") == together
    assert refused("sadiq12_grade", low="6.1") == together
    times = "after and after_unit stand together or not at all."
    assert refused("toffola10_rest_after", after="") == times
    assert refused("toffola10_rest_after", after_unit="") == times


def test_equal_ends_are_allowed():
    assert _finding(row("sadiq12_grade", low="6")).interval == (6, 6)


def test_findings_of_one_study():
    assert len(study_findings()) == 77
    assert len(findings_of_study("Sadiq12")) == 10
    (harm,) = findings_of_study("Sadiq12", StudyItem.HARM)
    assert (harm.quantity, harm.value, harm.n) == ("patients who drooled more than before", 3, 14)
    assert findings_of_study("Cooper17", StudyItem.DOSE) == ()


def test_an_unknown_study_lists_the_known():
    with pytest.raises(UnknownStudyError) as error:
        findings_of_study("Kim13")
    assert error.value.code == "study_unknown"
    assert str(error.value) == (
        "'Kim13' is not a study of this table. Give one of Toffola10, Choi13, Sadiq12, Salles09, deMaio07, "
        "Hong07, Shinn19, Patel18, Diaz23, Thomas18, Boroojerdi98, Mehta07, Cooper17, Pourmomeny19, "
        "WebSource."
    )
