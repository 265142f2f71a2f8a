"""What a person answers: one form for each instrument, made from its items."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from facialis.clinic.accounts.reauthentication import IdentityForm
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.stored import OPTIONS
from facialis.clinic.kernel.fields import VersionedForm
from facialis.grading.answers import check_answer
from facialis.grading.errors import GradingError
from facialis.grading.instrument import AnswerKind, Instrument, Item

YES, NO = "true", "false"
OPTION_PREFIX = "option_"
"""Keeps the names of scoring options apart from those of items."""
NO_DRAFT = 0
"""Version of a form that no draft stands behind."""
LONGEST_NUMBER = 30
"""Digits; a longer one is no answer to anything."""
MOST_CHOICES = 7
"""Numbers up to so many are buttons; a longer scale is typed or slid."""


class ItemField(forms.Field):
    """One answer; empty is "not assessed", and what is not allowed is refused in the grading room's words."""

    def __init__(self, instrument: Instrument, item: Item) -> None:
        self.instrument, self.item = instrument, item
        is_typed = not numbers_of(item) and item.kind in {AnswerKind.DECIMAL, AnswerKind.INTEGER}
        widget: forms.Widget = forms.RadioSelect()
        if is_typed:
            step = "any" if item.step is None else str(item.step)
            attrs = {"min": str(item.low), "max": str(item.high), "step": step, "inputmode": "decimal"}
            widget = forms.NumberInput(attrs=attrs)
        super().__init__(required=False, label=_(item.label), widget=widget)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Value and words of each answer, where there are few."""
        item = self.item
        if item.kind is AnswerKind.CHOICE:
            return [(anchor.answer, _(anchor.answer.replace("_", " "))) for anchor in item.anchors]
        if item.kind is AnswerKind.YES_NO:
            return [(YES, _("yes")), (NO, _("no"))]
        return [(str(number), str(number)) for number in numbers_of(item)]

    def to_python(self, value: Any) -> Any:
        """The answer as the item keeps it."""
        try:
            return check_answer(self.instrument, self.item, self._typed(value))
        except GradingError as error:
            raise ValidationError(str(error), code=error.code) from error

    def prepare_value(self, value: Any) -> str:
        """A stored answer as the form posts it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, float | Decimal):
            number = Decimal(str(value))
            return str(int(number)) if number == number.to_integral_value() else str(number)
        return str(value)

    def _typed(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        if self.item.kind is AnswerKind.YES_NO:
            return {YES: True, NO: False}.get(text, text)
        if self.item.kind is AnswerKind.CHOICE:
            return text
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        # Written out, a number like 1e999999 would have a million digits.
        is_small = number.is_finite() and abs(number.adjusted()) < LONGEST_NUMBER
        is_whole = is_small and number == number.to_integral_value()
        return int(number) if is_whole and self.item.kind is AnswerKind.INTEGER else number


class InstrumentForm(VersionedForm):
    """All items of an instrument, its scoring options, and which suggestions were taken over."""

    measurement = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instrument: Instrument,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.instrument = instrument
        for item in instrument.items:
            self.fields[item.id] = ItemField(instrument, item)
        for option in instrument.options:
            words = [(one, _(one.replace("_", " "))) for one in option.allowed]
            self.fields[OPTION_PREFIX + option.name] = forms.ChoiceField(
                label=_(option.name.replace("_", " ").capitalize()),
                required=False,
                choices=[("", _("not chosen")), *words],
                help_text=_(option.meaning),
            )

    @property
    def answers(self) -> dict[str, Any]:
        """By item, after checking."""
        return {item.id: self.cleaned_data.get(item.id) for item in self.instrument.items}

    @property
    def draft_version(self) -> int | None:
        """Of the draft that the form showed, after checking; None where it showed none."""
        return self.cleaned_data["version"] or None

    @property
    def options(self) -> dict[str, str | None]:
        """By name, after checking; None where none was chosen."""
        return {
            one.name: self.cleaned_data.get(OPTION_PREFIX + one.name) or None
            for one in self.instrument.options
        }

    @property
    def option_fields(self) -> list[forms.BoundField]:
        """The scoring options."""
        return [self[OPTION_PREFIX + one.name] for one in self.instrument.options]

    @property
    def taken(self) -> set[str]:
        """Items for which the suggestion was taken over, as the form says."""
        getlist = getattr(self.data, "getlist", None)
        return set(getlist("taken")) if getlist is not None else set(self.data.get("taken", ()))

    @staticmethod
    def initial_of(grading: Grading | None, earlier: Grading | None = None) -> dict[str, Any]:
        """Of a draft; without one only the scoring options of the last time, so that totals compare."""
        shown = grading or earlier
        kept = {} if shown is None else shown.answers.get(OPTIONS, {})
        options = {OPTION_PREFIX + name: value for name, value in kept.items()}
        if grading is None:
            return {**options, "version": NO_DRAFT}
        return {**grading.answers.get("answers", {}), **options, "version": grading.version}


class SignForm(IdentityForm, VersionedForm):
    """The version that was read, and whether open items are said to be not assessed."""

    accepts_missing = forms.BooleanField(
        label=gettext_lazy("The items without an answer were not assessed"), required=False
    )


class ReasonForm(forms.Form):
    """Why a grading is corrected, or was a mistake."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


def numbers_of(item: Item) -> list[int]:
    """Every number that may be answered, where they are few; else nothing."""
    if item.kind is not AnswerKind.INTEGER or item.low is None or item.high is None:
        return []
    found = list(range(int(item.low), int(item.high) + 1, int(item.step or 1)))
    return found if len(found) <= MOST_CHOICES else []
