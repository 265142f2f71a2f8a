"""Refusals of actions at the fields of a form."""

from django import forms

from facialis.clinic.kernel.errors import FieldsError


def put_errors(form: forms.Form, error: FieldsError) -> None:
    """Show each error at its field; one of no field stands above the form."""
    for name, sentence in error.errors.items():
        form.add_error(name if name in form.fields else None, sentence)
