"""The mutation score counts what no test reached as unnoticed."""

import pytest
from tools.mutation_score import score_pct


def test_timeouts_are_noticed_and_untested_mutants_are_not():
    assert score_pct({"killed": 6, "timeout": 2, "survived": 1, "no_tests": 1, "total": 10}) == 80.0


def test_skipped_mutants_do_not_count():
    assert score_pct({"killed": 5, "skipped": 5, "total": 10}) == 100.0


def test_a_run_without_mutants_is_a_fault():
    with pytest.raises(SystemExit, match="There is no mutant"):
        score_pct({"killed": 0, "total": 0})
