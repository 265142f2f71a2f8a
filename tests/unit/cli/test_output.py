"""Tables keep their columns, however narrow the terminal is."""

import pytest
from typer.testing import CliRunner

from facialis.cli.output import LEAST_WIDTH, PLAIN_WIDTH, console
from facialis.cli.toxin import app


@pytest.mark.parametrize(("columns", "width"), [(60, LEAST_WIDTH), (80, 80), (81, 81), (140, 140)])
def test_terminal_has_at_least_80_columns(monkeypatch, columns, width):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    assert console().width == width


def test_redirected_table_keeps_its_shape(monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    assert console().width == PLAIN_WIDTH


def test_narrow_terminal_loses_no_column_of_the_products(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    shown = CliRunner().invoke(app, ["products"]).stdout
    for word in ("onabotulinumtoxinA", "Botox", "powde", "100,", "20 units", "up to 24 h", "huma"):
        assert word in shown
