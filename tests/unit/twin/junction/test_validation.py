"""Every published course is reproduced, fitted rows and predicted ones; targets come from their tables."""

import dataclasses

import jax
import jax.numpy as jnp
import pytest

from facialis.evidence import EvidenceError, load_rows
from facialis.twin.junction.endings import blocked_share_of_endings, release_power
from facialis.twin.junction.event_experiments import EVENT_EXPERIMENTS
from facialis.twin.junction.experiments import EXPERIMENTS
from facialis.twin.junction.onset import PACKAGE
from facialis.twin.junction.validation import CheckRole, check_junction, checks_text, target_of

ROWS = {row.text("check"): row for row in load_rows(PACKAGE, "junction_checks").rows}


@pytest.fixture(scope="module")
def checks():
    return check_junction(patients=2000)


def test_every_experiment_has_a_row():
    assert set(ROWS) == {*EXPERIMENTS, *EVENT_EXPERIMENTS}


@pytest.mark.slow
def test_every_published_course_is_met(checks):
    assert [check.text for check in checks if not check.is_met] == []


def test_some_rows_took_no_part_in_the_fit():
    assert sum(row.choice("role", CheckRole) is CheckRole.PREDICTED for row in ROWS.values()) >= 5


@pytest.mark.slow
def test_table_for_people_has_a_line_for_each_row(checks):
    lines = checks_text(checks).splitlines()
    assert len(lines) == len(checks) + 1
    assert "70 to 80" in lines[1]
    assert "met" in lines[1]
    missed = dataclasses.replace(checks[0], simulated=10.0)
    assert "NOT MET" in missed.text


@pytest.mark.slow
def test_another_draw_meets_the_large_series_too():
    found = {check.name: check for check in check_junction(patients=2000, key=jax.random.key(11))}
    assert all(check.is_met for name, check in found.items() if name.startswith("foot_"))


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("foot_low_dose", (70, 80)),
        ("foot_peak", (6, 6)),
        ("healthy_side_month_6", (34.71, 34.71)),
        ("ptosis_glabella_abo", (2, 2)),
        ("lips_perioral_abo", (26, 74)),
    ],
)
def test_targets_come_from_the_tables_they_were_read_into(name, target):
    assert target_of(ROWS[name]) == pytest.approx(target, abs=0.01)


def test_finding_without_value_is_refused():
    row = ROWS["healthy_side_month_6"]
    wrong = dataclasses.replace(row, cells={**row.cells, "quantity": "nothing;salles09_asymmetry_1_month"})
    with pytest.raises(EvidenceError, match="'nothing' is no study outcome"):
        target_of(wrong)


def test_unequal_endings_together_follow_the_law_of_the_muscle():
    toxin = 10 ** jnp.linspace(-2, 2, 41)
    law = toxin / (1 + toxin)
    assert float(jnp.abs(blocked_share_of_endings(toxin, inequality=1.2) - law).max()) < 0.025
    equal = blocked_share_of_endings(toxin, inequality=0.0)
    assert float(jnp.abs(equal - law).max()) > 0.1


def test_release_at_an_ending_is_steep():
    assert 0.8 ** release_power() == pytest.approx(0.2)
    assert float(blocked_share_of_endings(jnp.ones(1), inequality=0.5, power=1.0)[0]) == pytest.approx(0.5)
