"""What a form says of an answer that is missing: what is allowed, not only that something is required."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_SAYINGS: dict[type[forms.Field], Any] = {
    forms.CharField: _("Fill this in."),
    forms.IntegerField: _("Write a whole number."),
    forms.TimeField: _("Write hours and minutes, such as 14:30."),
    forms.BooleanField: _("Tick this to go on."),
    forms.ChoiceField: _("Choose one of these."),
    forms.ModelChoiceField: _("Choose one of these."),
    forms.MultipleChoiceField: _("Choose at least one of these."),
}


def say_what_is_allowed() -> None:
    """Put the sentences into Django's own fields, for every form; a field's own sentence goes before them."""
    for kind, sentence in _SAYINGS.items():
        kind.default_error_messages = {**kind.default_error_messages, "required": sentence}
