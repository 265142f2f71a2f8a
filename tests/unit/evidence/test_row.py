"""Cells become typed values, and an error says which table and which line."""

from decimal import Decimal

import pytest

from facialis.anatomy.sides import Side
from facialis.evidence import Citation, EvidenceError, Provenance, Row

CITATION = Citation("Rufer05", "p. 1", Provenance.DESIGN, "adults")


def row(cell):
    return Row({"cell": cell}, "room/table, line 7", CITATION)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        ("text", " a b ", "a b"),
        ("optional_text", " a ", "a"),
        ("optional_text", "  ", None),
        ("decimal", "0.10", Decimal("0.10")),
        ("optional_decimal", "", None),
        ("optional_decimal", "-3", Decimal(-3)),
        ("number", "2.5", 2.5),
        ("optional_number", "", None),
        ("optional_number", "1e2", 100.0),
        ("integer", "-2", -2),
        ("integer", "3.0", 3),
        ("flag", "yes", True),
        ("flag", "no", False),
        ("words", "a; b;;c ", ("a", "b", "c")),
        ("words", "", ()),
    ],
)
def test_cell_is_read(read, cell, value):
    found = getattr(row(cell), read)("cell")
    assert found == value
    assert type(found) is type(value)


def test_cell_is_read_as_a_choice():
    assert row("left").choice("cell", Side) is Side.LEFT
    assert row("").optional_choice("cell", Side) is None
    assert row("right").optional_choice("cell", Side) is Side.RIGHT
    assert row("left; right").choices("cell", Side) == (Side.LEFT, Side.RIGHT)


@pytest.mark.parametrize(
    ("read", "cell", "message"),
    [
        ("text", " ", "cell is empty. Fill it in, or drop the row."),
        ("decimal", "", "cell is empty. Fill it in, or drop the row."),
        ("decimal", "1,5", "cell is '1,5'. Numbers are written like 11.7."),
        ("number", "-inf", "cell is '-inf'; every number must be finite."),
        ("integer", "2.5", "cell is '2.5'; a whole number is wanted."),
        ("flag", "true", "cell is 'true'; it is yes or no."),
    ],
)
def test_bad_cell_is_refused_with_its_place(read, cell, message):
    with pytest.raises(EvidenceError) as error:
        getattr(row(cell), read)("cell")
    assert str(error.value) == f"room/table, line 7: {message}"


def test_unknown_choice_lists_what_is_allowed():
    with pytest.raises(EvidenceError, match="cell 'port' is unknown; use one of left, right"):
        row("port").choice("cell", Side)
