"""The packaged gain table: found by what exactly answered, and every row of it usable."""

from dataclasses import replace

import pytest

from facialis.evidence import load_rows
from facialis.measurement.measures import MEASURES
from facialis.measurement.points import Method
from facialis.vision.backends.protocol import BackendInfo, Schema
from facialis.vision.gain import gain_model_for
from facialis.vision.gain.table import IRIS

MEASURED_BY = {Method.NETWORK, Method.HEMIFACE, Method.REFINED}
"""Points that a person set, or that are exact, carry no network's gain."""


@pytest.fixture(scope="module")
def table():
    return load_rows("facialis.vision.gain", "gain_and_noise")


@pytest.fixture(scope="module")
def fitted(table):
    """Every backend that has rows."""
    keys = dict.fromkeys((row.text("backend"), row.text("model_sha256")) for row in table.rows)
    return [BackendInfo(name, "any", Schema.MP478, model) for name, model in keys]


def test_a_backend_with_an_unknown_model_has_no_gain_model(fitted):
    for backend in fitted:
        assert gain_model_for(replace(backend, model_sha256="0" * 64)) is None
        assert gain_model_for(replace(backend, name="another")) is None


def test_a_fitted_backend_has_a_row_for_every_line_of_the_table(table, fitted):
    of_irises = len(fitted)
    assert sum(len(gain_model_for(backend).rows) for backend in fitted) + of_irises == len(table.rows) > 0


def test_a_fitted_backend_knows_how_it_reads_irises(fitted):
    for backend in fitted:
        iris = gain_model_for(backend).iris
        assert 0.9 < iris.gain < 1.1
        assert 0.0 < iris.rel_sd < 0.1


def test_version_of_the_program_does_not_matter_when_the_model_is_the_same(fitted):
    for backend in fitted:
        assert gain_model_for(replace(backend, version="x+recorded")) is not None


def test_rows_name_measures_that_exist_and_methods_that_networks_use(table):
    for row in table.rows:
        assert row.text("measure") in {*MEASURES, IRIS}
        assert row.choice("method", Method) in MEASURED_BY
        assert len(row.text("model_sha256")) == 64


def test_gains_and_scatters_are_within_reason(fitted):
    for backend in fitted:
        for (name, method), row in gain_model_for(backend).rows.items():
            assert (row.measure, row.method) == (name, method)
            assert 0.1 < row.gain < 3.0, name
            assert row.gain_sd < row.gain, name
            assert row.asymmetry_sd > 0.0, name


def test_a_midline_measure_has_neither_offset_nor_mean(fitted):
    """A mirror would turn them round: they would be asymmetries of the table."""
    for backend in fitted:
        for (name, _), row in gain_model_for(backend).rows.items():
            if not MEASURES[name].sided:
                assert (row.offset, row.mean_sd) == (0.0, 0.0), name


def test_passport_says_what_made_the_table(table):
    passport = table.passport
    assert passport.generator.startswith("tools/")
    assert set(passport.columns) >= {"backend", "model_sha256", "measure", "method", "gain", "offset"}
