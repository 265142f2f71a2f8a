"""Who a patient is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facialis.clinic.kernel.fields import DayField, VersionedForm
from facialis.clinic.patients.models import Patient, SexChoice

NOT_RECORDED = [("", _("not recorded"))]


class NewPatientForm(forms.Form):
    """A new patient; names as they stand on a card or passport."""

    family_name = forms.CharField(
        label=_("Family name"), max_length=80, widget=forms.TextInput({"autocomplete": "off"})
    )
    given_names = forms.CharField(
        label=_("Given names"), max_length=80, widget=forms.TextInput({"autocomplete": "off"})
    )
    title = forms.CharField(
        label=_("Title"), max_length=40, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    birth_date = DayField(has_passed=True, label=_("Date of birth"))
    sex = forms.ChoiceField(
        label=_("Sex"), choices=[*SexChoice.choices, *NOT_RECORDED], required=False, widget=forms.RadioSelect
    )
    record_number = forms.CharField(
        label=_("Record number"),
        max_length=40,
        required=False,
        help_text=_("Of the clinic's own system. Leave it empty and one is made."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class IdentityForm(VersionedForm, NewPatientForm):
    """Correct who a patient is."""

    deceased_on = DayField(
        has_passed=True,
        label=_("Deceased on"),
        required=False,
        help_text=_("Only when the patient has died. For example 17-May-2026."),
    )
    field_order = (
        "family_name",
        "given_names",
        "title",
        "birth_date",
        "sex",
        "record_number",
        "deceased_on",
        "version",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record_number"].required = True
        self.fields["record_number"].help_text = ""

    @staticmethod
    def initial_of(patient: Patient) -> dict[str, Any]:
        """What is stored, as the form shows it."""
        names = ("family_name", "given_names", "title", "birth_date", "sex", "record_number", "deceased_on")
        return {"version": patient.version, **{name: getattr(patient, name) for name in names}}
