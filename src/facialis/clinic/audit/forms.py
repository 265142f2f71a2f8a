"""What an administrator looks for in the audit."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.models import Verb
from facialis.clinic.audit.queries import Filters

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


class PersonField(forms.ModelChoiceField):
    """People of the clinic by the name that stands under records."""

    def label_from_instance(self, obj: User) -> str:
        """Return the name, and the one for signing in, which is unique."""
        return f"{obj.signature_name} ({obj.username})"


class FilterForm(forms.Form):
    """Filters; each may be left open."""

    person = PersonField(
        label=_("Person"), queryset=User.objects.none(), required=False, empty_label=_("everybody")
    )
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        # At the ends of the calendar no day follows, or none of another time zone comes before.
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
    pseudonym = forms.CharField(label=_("Pseudonym of the patient"), max_length=20, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, verb = self.fields["person"], self.fields["verb"]
        assert isinstance(person, PersonField)  # noqa: S101  declared above
        assert isinstance(verb, forms.ChoiceField)  # noqa: S101
        person.queryset = User.objects.filter(clinic=user.clinic_id).order_by("last_name", "first_name")
        verb.choices = [("", _("everything")), *Verb.choices]

    def filters(self) -> Filters:
        """Return what was asked for; an unreadable filter is left open, and shown with its error."""
        self.is_valid()
        found = self.cleaned_data
        return Filters(
            person=found.get("person"),
            verb=found.get("verb", ""),
            day=found.get("day"),
            pseudonym=found.get("pseudonym", "").strip(),
        )
