"""Fields of forms that several applications use."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext_lazy as _

from facialis.clinic.kernel.days import DayError, parse_day
from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.kernel.states import AnswerChoice
from facialis.clinic.kernel.times import today
from facialis.clinic.kernel.typed_numbers import typed_number

LONGEST_REASON = 400
"""Letters of a reason, wherever one is given."""


class DayField(forms.Field):
    """One day, typed as 17-May-1980, 17.05.1980 or 1980-05-17 and shown as 17-May-1980.

    Parameters
    ----------
    has_passed : bool   Whether it cannot lie in the future.
    """

    default_error_messages: ClassVar = {"required": _("Write a day, for example 17-May-1980.")}

    def __init__(self, *, has_passed: bool = False, **kwargs: Any) -> None:
        self.has_passed = has_passed
        kwargs.setdefault("help_text", _("For example 17-May-1980 or 17.05.1980."))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "input--day", "autocomplete": "off", "maxlength": 20})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As the clinic writes days."""
        return format_date(value, "d-M-Y") if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        """The day; what cannot be read is refused with what is allowed."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except DayError as error:
            raise ValidationError(str(error), code="no_day") from error

    def validate(self, value: date | None) -> None:
        """Refuse a missing day, and one that has not come yet where that cannot be."""
        super().validate(value)
        if self.has_passed and value is not None and value > today():
            raise ValidationError(_("This day lies in the future. Check it."), code="future")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare days, not the ways to write them."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class MomentField(forms.Field):
    """A day and a time of day, typed and shown as 17-May-1980 14:05, in the clinic's time zone."""

    default_error_messages: ClassVar = {
        "required": _("Write a day and a time, for example 17-May-1980 14:05.")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 17-May-1980 14:05."))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "input--day", "autocomplete": "off", "maxlength": 30})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As the clinic writes moments."""
        return format_date(timezone.localtime(value), "d-M-Y H:i") if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """The moment with its zone; what cannot be read is refused with what is allowed."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        day, _between, clock = str(value).strip().replace("T", " ").rpartition(" ")
        try:
            moment = datetime.combine(parse_day(day), time.fromisoformat(clock))
        except ValueError as error:
            raise ValidationError(
                _("“%(text)s” cannot be read as a day and a time. Write it as 17-May-1980 14:05."),
                code="no_moment",
                params={"text": str(value)[:40]},
            ) from error
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


class AmountField(forms.Field):
    """A number with a decimal point or a decimal comma, such as units or mL; nothing is guessed.

    Parameters
    ----------
    min_value : int         The smallest that is allowed.
    max_digits : int        Before and after the decimal mark together.
    decimal_places : int    Most digits after the decimal mark.
    """

    default_error_messages: ClassVar = {"required": _("Write a number.")}

    def __init__(
        self, *, min_value: int = 0, max_digits: int = 7, decimal_places: int = 2, **kwargs: Any
    ) -> None:
        self.min_value, self.max_digits, self.decimal_places = min_value, max_digits, decimal_places
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 20}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As the clinic writes numbers: 2.5, not 2.50."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) and value.is_finite() else value

    def to_python(self, value: Any) -> Decimal | None:
        """The number; what cannot be read, or can be read in two ways, is refused."""
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            read = typed_number(str(value), "amount")
        except FieldsError as error:
            raise ValidationError(error.errors["amount"], code="no_amount") from error
        text = str(value).strip().replace(",", ".")
        decimals = text.partition(".")[2].rstrip("0")
        if len(decimals) > self.decimal_places:
            raise ValidationError(
                _("Write at most %(count)d digits after the decimal mark."),
                code="too_exact",
                params={"count": self.decimal_places},
            )
        if abs(read) >= 10 ** (self.max_digits - self.decimal_places):
            raise ValidationError(_("This is too large. Check it."), code="too_large")
        return Decimal(text)

    def validate(self, value: Decimal | None) -> None:
        """Refuse a missing number, and one that is too small."""
        super().validate(value)
        if value is not None and value < self.min_value:
            raise ValidationError(
                _("Write a number of at least %(least)d."),
                code="too_small",
                params={"least": self.min_value},
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare numbers, not the ways to write them."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class AnswerField(forms.ChoiceField):
    """Yes, no or not known, as three buttons."""

    default_error_messages: ClassVar = {"required": _("Choose Yes, No or Not known.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=AnswerChoice.choices, widget=forms.RadioSelect, **kwargs)


class VersionedForm(forms.Form):
    """A form that carries the version of the record that it showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def with_version(self, version: int) -> None:
        """Let the next saving mean this version; what was typed stays."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("version")] = str(version)
        self.data = data


def add_errors(form: forms.Form, errors: Mapping[str, str]) -> None:
    """Put refusals of an action at their fields, and those of no field into the summary."""
    for name, sentence in errors.items():
        form.add_error(name if name in form.fields else None, sentence)


def plain_text(text: str, name: str, most: int = LONGEST_REASON) -> str:
    """Text that came without a form, stripped; raises `FieldsError` at ``name`` for what no column holds."""
    found = text.strip()
    if "\0" in found:
        raise FieldsError({name: str(_("A character here cannot be stored. Type the text again."))})
    if len(found) > most:
        raise FieldsError({name: str(_("Write it in up to %(most)d characters.") % {"most": most})})
    return found
