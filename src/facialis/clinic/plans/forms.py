"""What a person types about a plan beside its doses."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, may
from facialis.clinic.accounts.reauthentication import IdentityForm
from facialis.clinic.kernel.states import AnswerChoice
from facialis.clinic.plans.actions.drafting import LAST, NOTHING, PROPOSAL, Grounds
from facialis.clinic.plans.last_session import LastSession
from facialis.clinic.plans.prerequisites import RecordFact
from facialis.toxins.product_names import brands_of
from facialis.toxins.products import ToxinProduct

POINT = "point_of_list_"
"""Begins the field of each point of the checklist."""


class GroundsForm(forms.Form):
    """Product, checklist, who stands for ranges from memory, and how the plan begins."""

    product = forms.ChoiceField(
        label=_("Product"), help_text=_("Units of different products are not interchangeable.")
    )
    confirms_ranges = forms.BooleanField(required=False)
    start = forms.ChoiceField(
        label=_("Begin with"),
        required=False,
        choices=[
            (PROPOSAL, _("the proposal: each dose is accepted or changed by you")),
            (LAST, _("the doses of the last session, which you then edit")),
            (NOTHING, _("nothing: you choose every dose yourself")),
        ],
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        user: User,
        facts: Sequence[RecordFact],
        session: LastSession | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        product: Any = self.fields["product"]
        product.choices = [("", _("Choose a product")), *((p.value, _named(p)) for p in ToxinProduct)]
        may_confirm = may(user, Act.SIGN_PLAN)
        self.fields["confirms_ranges"].disabled = not may_confirm
        self.fields["confirms_ranges"].label = _(
            "I, %(name)s, know the published ranges that are marked as recalled from memory, and stand for "
            "using them"
        ) % {"name": user.signature_name}
        if session is None:
            start: Any = self.fields["start"]
            start.choices = [choice for choice in start.choices if choice[0] != LAST]
        else:
            self.fields["product"].initial = session.product
        self.fields["start"].initial = PROPOSAL
        for fact in facts:
            if fact.is_asked:
                self.fields[POINT + fact.prerequisite.value] = forms.ChoiceField(
                    label=fact.words,
                    required=False,
                    choices=[(AnswerChoice.YES, _("Yes")), (AnswerChoice.NO, _("No"))],
                    widget=forms.RadioSelect,
                )

    def points(self) -> list[tuple[RecordFact, Any]]:
        """Each point of the checklist with its field; None where the record answers."""
        return [
            (fact, self[POINT + fact.prerequisite.value] if fact.is_asked else None) for fact in self.facts
        ]

    def grounds(self) -> Grounds:
        """What was said."""
        given = self.cleaned_data
        return Grounds(
            product=given["product"],
            prerequisites={
                name.removeprefix(POINT): answer for name, answer in given.items() if name.startswith(POINT)
            },
            confirms_ranges=bool(given["confirms_ranges"]),
        )


class ReasonForm(forms.Form):
    """Why a stop is overridden, or a signed plan taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AmendForm(ReasonForm):
    """Why a signed plan is amended; ranges from memory are confirmed anew."""

    confirms_ranges = forms.BooleanField(
        required=False,
        label=_(
            "I know the published ranges that are marked as recalled from memory, and stand for using them"
        ),
    )


class TimeOutForm(IdentityForm):
    """Ticks, what was shown, and who signs."""

    identity = forms.BooleanField(required=False, label=_("Identity: name and date of birth asked aloud"))
    side = forms.BooleanField(
        required=False, label=_("Side: the affected side and every LEFT and RIGHT read aloud")
    )
    product = forms.BooleanField(required=False, label=_("Product and total: read aloud from the vial"))
    consent = forms.BooleanField(required=False, label=_("Consent, allergies and last toxin: asked again"))
    version = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput)


def _named(product: ToxinProduct) -> str:
    brands = brands_of(product)
    return f"{product.value} ({', '.join(brands)})" if brands else product.value
