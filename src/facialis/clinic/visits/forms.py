"""What people type about a visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facialis.clinic.accounts.reauthentication import IdentityForm
from facialis.clinic.kernel.fields import AnswerField, DayField, VersionedForm
from facialis.clinic.visits.actions.notes import LONGEST_NOTE
from facialis.clinic.visits.actions.visits import EXAMINED
from facialis.clinic.visits.models import ClosureChoice, ConsentDecision, SignedBy, Visit, VisitPurpose


class AppointmentForm(forms.Form):
    """When and why the patient comes."""

    day = DayField(label=_("Day"), help_text=_("For example 17-May-2026 or 17.05.2026."))
    planned_time = forms.TimeField(
        label=_("Time"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        help_text=_("For example 14:30."),
        widget=forms.TextInput({"class": "input--short", "autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"invalid": _("This is no time. Write hours and minutes, such as 14:30.")},
    )
    purpose = forms.ChoiceField(
        label=_("Why does the patient come?"), choices=VisitPurpose.choices, widget=forms.RadioSelect
    )


class ExaminationForm(VersionedForm):
    """What is examined at eye and mouth."""

    eye_closure = forms.ChoiceField(
        label=_("Gentle closure of the affected eye"), choices=ClosureChoice.choices, widget=forms.RadioSelect
    )
    bell_phenomenon = AnswerField(label=_("Does the eye turn up when it closes?"))
    corneal_sensation = AnswerField(label=_("Does the cornea feel a touch?"))
    dry_eye = AnswerField(label=_("Is the eye dry?"))
    corneal_problem = AnswerField(label=_("Is the cornea exposed, painful, red or injured?"))
    holds_liquids = AnswerField(label=_("Does the mouth hold liquids when drinking?"))

    @staticmethod
    def initial_of(visit: Visit) -> dict[str, Any]:
        """What is stored, as the form shows it."""
        return {"version": visit.version, **{name: getattr(visit, name) for name in EXAMINED}}


class NoteForm(VersionedForm):
    """The note while it is written."""

    text = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 8})
    )

    @staticmethod
    def initial_of(visit: Visit) -> dict[str, Any]:
        """What is stored, as the form shows it."""
        return {"version": visit.version, "text": visit.note}


class SignNoteForm(IdentityForm):
    """The proof of who signs."""


class AmendNoteForm(IdentityForm):
    """A new version of a signed note."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Note"), max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 8}))
    reason = forms.CharField(
        label=_("Why is it amended?"),
        max_length=400,
        help_text=_("Kept with the new version. The earlier one is kept too."),
        error_messages={"required": _("Say why the note is amended.")},
    )
    field_order = ("after", "text", "reason", "password", "passkey")


class ReasonForm(forms.Form):
    """Why something is cancelled or was an error."""

    reason = forms.CharField(
        label=_("Reason"), max_length=400, error_messages={"required": _("Say why; the reason is kept.")}
    )


class DecisionForm(forms.Form):
    """What the patient decided about one text."""

    text = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("The patient's decision"),
        choices=[
            (ConsentDecision.GIVEN.value, _("consents")),
            (ConsentDecision.REFUSED.value, _("refuses")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the patient consents or refuses.")},
    )
    signed_name = forms.CharField(
        label=_("Name as signed"),
        max_length=160,
        required=False,
        help_text=_("A consent needs it; a refusal does not."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    is_name_confirmed = forms.BooleanField(
        label=_("It is this patient, who signs with this name"), required=False
    )
    signed_by = forms.ChoiceField(
        label=_("Signed by"),
        choices=SignedBy.choices,
        required=False,
        initial=SignedBy.PATIENT,
        widget=forms.RadioSelect,
    )
    representation = forms.CharField(
        label=_("Representative: who, and why"),
        max_length=200,
        required=False,
        help_text=_("Only where the patient does not sign, for example 'daughter, power of attorney'."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_signed_by(self) -> str:
        """The patient, where nothing else was said."""
        return self.cleaned_data["signed_by"] or SignedBy.PATIENT.value


class ConsentTextForm(forms.Form):
    """The next version of a text."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        help_text=_("A line that begins with ## is a heading, one that begins with - belongs to a list."),
        widget=forms.Textarea({"rows": 24}),
    )
