"""What a person types about vials and treatments."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.reauthentication import IdentityForm
from facialis.clinic.kernel.fields import AmountField, DayField, MomentField
from facialis.clinic.kernel.states import SideChoice
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.treatments.dilutions import other_product
from facialis.clinic.treatments.models import PointStatus, Treatment, Vial
from facialis.clinic.treatments.queries import vials_to_choose
from facialis.toxins.preparation import usual_dilutions
from facialis.toxins.products import ToxinProduct
from facialis.toxins.syringes import syringes
from facialis.toxins.vials import vial_sizes


class VialForm(forms.Form):
    """A vial as printed, and as diluted."""

    product = forms.ChoiceField(label=_("Product"), choices=[(p.value, p.value) for p in ToxinProduct])
    units = AmountField(
        label=_("Units in the vial"),
        min_value=1,
        max_digits=7,
        decimal_places=2,
        help_text=_("As printed on the vial."),
    )
    lot = forms.CharField(label=_("Lot"), max_length=40, help_text=_("As printed on the vial."))
    expiry = DayField(label=_("Expiry"), help_text=_("Last day of use, for example 30-Jun-2027."))
    saline_ml = AmountField(
        label=_("Saline added"),
        min_value=0,
        max_digits=5,
        decimal_places=2,
        help_text=_("0 for a ready solution."),
    )
    reconstituted_at = MomentField(
        label=_("Reconstituted at"), required=False, help_text=_("Leave empty for a ready solution.")
    )

    def __init__(self, *args: Any, product: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._planned = product if product in set(ToxinProduct) else ""
        if self._planned:
            self.fields["product"].initial = product
            sizes = vial_sizes(ToxinProduct(product))
            usual = usual_dilutions(ToxinProduct(product))
            if sizes:
                self.fields["units"].help_text = _("Sold with: %(sizes)s.") % {
                    "sizes": ", ".join(size.content.text for size in sizes)
                }
            if usual:
                self.fields["saline_ml"].help_text = _("Usual: %(usual)s.") % {
                    "usual": "; ".join(one.text for one in usual)
                }
        if not self.is_bound:
            self.fields["reconstituted_at"].initial = timezone.localtime().replace(second=0, microsecond=0)

    def clean_product(self) -> str:
        """Refuse another product than that of the plan, for which the vial is entered."""
        found: str = self.cleaned_data["product"]
        if self._planned and found != self._planned:
            raise forms.ValidationError(other_product(found, self._planned), code="other_product")
        return found


class VialChoiceForm(forms.Form):
    """Which vial, and which syringe."""

    vial = forms.ModelChoiceField(
        label=_("Vial"), queryset=Vial.objects.none(), empty_label=_("choose the vial in your hand")
    )
    syringe = forms.ChoiceField(label=_("Syringe"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, treatment: Treatment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vial: Any = self.fields["vial"]
        vial.queryset = vials_to_choose(treatment, user.clinic_id)
        vial.label_from_instance = vial_words
        vial.error_messages["invalid_choice"] = _(
            "This vial cannot be used here: the plan is for %(plan)s. Choose a vial of %(plan)s from the "
            "list, or enter another one."
        ) % {"plan": treatment.plan.product}
        syringe: Any = self.fields["syringe"]
        syringe.choices = [(one.code, one.text) for one in syringes()]
        self.fields["vial"].initial = treatment.vial_id
        self.fields["syringe"].initial = treatment.syringe or None
        self.fields["version"].initial = treatment.version


def vial_words(vial: Vial) -> str:
    """'lot C1234, 100 units, 2.5 mL, expires 30-Jun-2027', and whether it was thrown away."""
    words = _("lot %(lot)s, %(dose)s with %(saline)s mL, expires %(expiry)s") % {
        "lot": vial.lot,
        "dose": units_words(vial.units),
        "saline": f"{vial.saline_ml.normalize():f}",
        "expiry": day_words(vial.expiry),
    }
    return f"{words} ({_('discarded')})" if vial.is_discarded else words


class PointForm(forms.Form):
    """What happened at one point."""

    status = forms.ChoiceField(choices=PointStatus.choices)
    given_units = AmountField(
        label=_("Units given"), required=False, min_value=0, max_digits=6, decimal_places=2
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=400)


class AddedPointForm(forms.Form):
    """A needle that was not planned."""

    target = forms.ChoiceField(
        label=_("Target"), choices=[(t.value, _(t.value.replace("_", " "))) for t in InjectionTarget]
    )
    side = forms.ChoiceField(
        label=_("Side (the patient's)"), required=False, choices=[*SideChoice.choices, ("", _("midline"))]
    )
    point = forms.IntegerField(label=_("Point"), min_value=1)
    given_units = AmountField(label=_("Units given"), min_value=0, max_digits=6, decimal_places=2)
    reason = forms.CharField(label=_("Reason"), max_length=400)


class SignTreatmentForm(IdentityForm):
    """When it was given, a note, and the version that was read; identity is asked beside it."""

    given_at = MomentField(label=_("Given at"))
    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, treatment: Treatment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = treatment.given_at or timezone.now()
        self.fields["given_at"].initial = timezone.localtime(given).replace(second=0, microsecond=0)
        self.fields["note"].initial = treatment.note


class ReasonForm(forms.Form):
    """Why a signed record is corrected, or was a mistake."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
