"""The calibrated rows of the present state are what late twins have."""

import pytest
from tools.summarise_late_twins import late_twins, main, summary

from facialis.evidence import Provenance
from facialis.twin.present.state import present_priors
from facialis.twin.priors import PriorKind, location_of

pytestmark = pytest.mark.slow


def test_the_table_says_what_the_tool_finds():
    found = summary(late_twins(1500, seed=1))
    calibrated = {n for n, p in present_priors().items() if p.citation.provenance is Provenance.CALIBRATED}
    assert set(found) == calibrated - {"foreign_gain", "resting_tone"}
    for name, (median, middle, whole) in found.items():
        row = present_priors()[name]
        twin = location_of(type(row)(name, row.kind, median, row.spread, row.unit, row.citation))
        assert abs(float(twin - location_of(row))) < 0.25 * row.spread, name
        assert 0.8 * middle < row.spread < 1.25 * whole, name
    assert present_priors()["foreign_share"].kind is PriorKind.LOGIT_NORMAL


def test_it_prints_a_line_a_row(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["summarise_late_twins.py", "--twins", "300"])
    main()
    lines = capsys.readouterr().out.splitlines()
    assert "of 300 twins have lasting sequelae on day 540" in lines[0]
    assert [line.split()[0] for line in lines[2:]] == [
        "reinnervated_share",
        "foreign_share",
        "hypertonia_force",
        "contracture_force",
        "descent_mm",
    ]
