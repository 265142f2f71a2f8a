from importlib.resources import files

import pytest

import facialis
from facialis.evidence import EvidenceError
from facialis.toxins.pharmacology import pharmacology, spread


def test_the_tables_are_the_ones_that_their_names_say():
    assert pharmacology().passport.title == "Mechanism, time course and effect of doses"
    assert spread().passport.title == "How far the effect of one point reaches"
    assert len(pharmacology().values) == 64
    assert len(spread().values) == 7


def test_an_interval_is_not_taken_for_a_value():
    assert pharmacology().preferred("duration_contralateral").number == 11
    with pytest.raises(EvidenceError, match="is the interval"):
        _ = pharmacology().preferred("onset_clinical").number


def test_no_code_reads_the_ratios_seen_in_studies():
    modules = [
        path for path in _python_files(files(facialis)) if "ratios_seen_in_studies" in path.read_text("utf-8")
    ]
    assert modules == []


def _python_files(folder):
    for item in folder.iterdir():
        if item.is_dir():
            yield from _python_files(item)
        elif item.name.endswith(".py"):
            yield item
