"""What a person types about follow-up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facialis.clinic.followup.events import CRITERIA, SEVERITIES, event_kinds, event_words
from facialis.clinic.followup.models import Seriousness
from facialis.clinic.kernel.fields import DayField
from facialis.clinic.kernel.states import SideChoice
from facialis.clinic.patients.models import Patient
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.treatments.models import Treatment
from facialis.clinic.treatments.queries import treatments_of


class AdverseEventForm(forms.Form):
    """What happened, when, how serious, and what was done."""

    treatment = forms.ModelChoiceField(
        label=_("After the treatment"),
        queryset=Treatment.objects.none(),
        required=False,
        empty_label=_("not known"),
    )
    kind = forms.ChoiceField(label=_("What happened"))
    other = forms.CharField(label=_("In words"), required=False, max_length=200, help_text=_("For 'other'."))
    side = forms.ChoiceField(
        label=_("Side (the patient's)"), required=False, choices=[("", _("no side")), *SideChoice.choices]
    )
    onset = DayField(label=_("Onset"))
    resolved = DayField(label=_("Ended"), required=False, help_text=_("Empty: goes on."))
    severity = forms.ChoiceField(
        label=_("Severity"), required=False, choices=[("", _("not said")), *SEVERITIES.items()]
    )
    seriousness = forms.ChoiceField(
        label=_("Serious"), choices=Seriousness.choices, widget=forms.RadioSelect,
        help_text=_("In the sense of drug safety: see the reasons below."),
    )  # fmt: skip
    criteria = forms.MultipleChoiceField(
        label=_("Reasons why it is serious"),
        required=False,
        choices=list(CRITERIA.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    action_taken = forms.CharField(label=_("What was done"), required=False, max_length=400)
    narrative = forms.CharField(
        label=_("Narrative"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        treatment: Any = self.fields["treatment"]
        treatment.queryset = treatments_of(patient)
        treatment.label_from_instance = _treatment_words
        kind: Any = self.fields["kind"]
        kind.choices = [("", ""), *((code, event_words(code)) for code in event_kinds())]


def _treatment_words(treatment: Treatment) -> str:
    assert treatment.given_at is not None  # noqa: S101  signed
    assert treatment.vial is not None  # noqa: S101
    return f"{day_words(treatment.given_at)}, {treatment.vial.product}"


class EventChangeForm(forms.Form):
    """What is new about an event."""

    resolved = DayField(label=_("Ended"), required=False, help_text=_("Empty: goes on."))
    action_taken = forms.CharField(label=_("What was done"), required=False, max_length=400)
    narrative = forms.CharField(
        label=_("Narrative"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    reason = forms.CharField(label=_("What is new"), max_length=400)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why something is struck out, or a patient not called back."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
