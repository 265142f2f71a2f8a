"""A cited value cannot exist without what makes it doubtable."""

import math

import pytest

from facialis.evidence import CitedValue, EvidenceError, Provenance


def cited(**changes):
    fields = {
        "name": "iris_diameter",
        "value": 11.7,
        "sd": 0.42,
        "interval": None,
        "unit": "mm",
        "population": "adults",
        "source_key": "Rufer05",
        "locator": "p. 1",
        "provenance": Provenance.DESIGN,
    }
    return CitedValue(**{**fields, **changes})


@pytest.mark.parametrize("field", ["name", "unit", "population", "source_key", "locator"])
def test_no_field_is_empty(field):
    with pytest.raises(EvidenceError, match=f"has an empty {field}"):
        cited(**{field: " "})


@pytest.mark.parametrize("numbers", [{"value": math.nan}, {"sd": math.inf}, {"interval": (1.0, math.nan)}])
def test_every_number_is_finite(numbers):
    with pytest.raises(EvidenceError, match="every number must be finite"):
        cited(**numbers)
