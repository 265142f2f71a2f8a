"""Refusals of an action, put to the fields of the form that asked for it."""

from django import forms

from facialis.clinic.kernel.errors import FieldsError


def put_errors(form: forms.Form, refused: FieldsError) -> None:
    """Each sentence at its field; one without a field of that name stands in the summary."""
    for name, sentence in refused.errors.items():
        form.add_error(name if name in form.fields else None, sentence)
