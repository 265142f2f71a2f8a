"""An answer that is missing is asked for with what is allowed."""

import pytest
from django import forms
from django.utils import translation
from django.utils.module_loading import import_string

DJANGOS = str(forms.Field.default_error_messages["required"])


def _forms_of_the_clinic():
    import_string("facialis.clinic.urls.urlpatterns")  # every view, and with it every form
    kinds, found = [forms.BaseForm], []
    while kinds:
        kinds += (kind := kinds.pop()).__subclasses__()
        if kind.__module__.startswith("facialis.clinic."):
            found.append(kind)
    return found


def test_no_field_of_any_form_only_says_that_it_is_required():
    asked = {
        f"{kind.__name__}.{name}": str(field.error_messages["required"])
        for kind in _forms_of_the_clinic()
        for name, field in kind.base_fields.items()
        if field.required and not field.widget.is_hidden
    }
    assert len(asked) > 20
    assert [name for name, sentence in asked.items() if sentence == DJANGOS] == []


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (forms.CharField(), "Fill this in."),
        (forms.ChoiceField(choices=[("a", "A")]), "Choose one of these."),
        (forms.MultipleChoiceField(choices=[("a", "A")]), "Choose at least one of these."),
        (forms.BooleanField(), "Tick this to go on."),
        (forms.CharField(error_messages={"required": "Its own."}), "Its own."),
    ],
)
def test_it_says_what_is_allowed(field, sentence):
    with pytest.raises(forms.ValidationError, match=sentence):
        field.clean("")


def test_it_is_said_in_german():
    with translation.override("de"), pytest.raises(forms.ValidationError, match="Bitte ausfüllen"):
        forms.CharField().clean("")
