"""Botulinum toxin elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from facialis.clinic.kernel.fields import AmountField, AnswerField, DayField
from facialis.clinic.kernel.states import AnswerChoice
from facialis.clinic.patients.models import ListStateChoice
from facialis.clinic.patients.words import AREAS
from facialis.toxins.products import ToxinProduct


class EarlierTreatmentForm(forms.Form):
    """One treatment, as far as it is known."""

    day = DayField(has_passed=True, label=_("Day of the treatment"))
    product = forms.ChoiceField(
        label=_("Product"),
        choices=[("", _("not known")), *((product.value, product.value) for product in ToxinProduct)],
        required=False,
        help_text=_("Units of one product are not units of another."),
    )
    total_units = AmountField(
        label=_("Units in all"),
        required=False,
        max_digits=7,
        decimal_places=2,
        help_text=_("Only with the product."),
    )
    area = forms.ChoiceField(label=_("What was treated?"), choices=list(AREAS.items()), initial="unknown")
    helped = AnswerField(label=_("Did it help?"), initial=AnswerChoice.UNKNOWN)
    adequate = AnswerField(
        label=_("Were dose and muscles such that help could be expected?"), initial=AnswerChoice.UNKNOWN
    )
    follow_up = DayField(has_passed=True, label=_("Day of the follow-up"), required=False)


class EarlierToxinForm(forms.Form):
    """The answer where no treatment is listed."""

    state = forms.ChoiceField(
        label=_("Was botulinum toxin ever given elsewhere?"),
        choices=[
            (ListStateChoice.NONE.value, _("Asked, there was none")),
            (ListStateChoice.NOT_ASKED.value, _("Not asked")),
        ],
        widget=forms.RadioSelect,
    )
