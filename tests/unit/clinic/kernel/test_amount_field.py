"""A decimal comma is a decimal point in every form, and what could be two numbers is none."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from facialis.clinic.kernel.fields import AmountField
from facialis.clinic.patients.forms.toxin import EarlierTreatmentForm
from facialis.clinic.treatments.forms import AddedPointForm, PointForm, VialForm


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,0", "1.0"),
        ("2.5", "2.5"),
        (" 2,50 ", "2.50"),
        ("100", "100"),
        ("0", "0"),
        ("12345,67", "12345.67"),
    ],
)
def test_a_comma_is_a_point(typed, value):
    assert AmountField().clean(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    ["1,250", "1.250", "1.000,5", "1,000.5", "1 000", "2,5,1", "1e2", "NaN", "two", "-1", "1,2345", ","],
)
def test_what_is_no_number_or_could_be_two_is_refused(typed):
    with pytest.raises(ValidationError):
        AmountField().clean(typed)


@pytest.mark.parametrize(("typed", "words"), [("1.2345", "at most 2 digits"), ("100000", "too large")])
def test_refusals_say_what_is_allowed(typed, words):
    with pytest.raises(ValidationError, match=words):
        AmountField().clean(typed)
    with pytest.raises(ValidationError, match="at least 1"):
        AmountField(min_value=1).clean("0,5")


def test_it_shows_what_was_kept_and_notices_only_other_numbers():
    field = AmountField(required=False)
    assert field.prepare_value(Decimal("100.00")) == "100"
    assert field.clean("") is None
    assert not field.has_changed(Decimal("2.5"), "2,50")
    assert field.has_changed(Decimal("2.5"), "25")


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (VialForm, "units"),
        (VialForm, "saline_ml"),
        (PointForm, "given_units"),
        (AddedPointForm, "given_units"),
        (EarlierTreatmentForm, "total_units"),
    ],
)
def test_every_amount_of_a_form_is_read_so(form: type[forms.Form], name: str):
    bound = form({name: "2,5"})
    bound.is_valid()
    assert bound.cleaned_data[name] == Decimal("2.5")
