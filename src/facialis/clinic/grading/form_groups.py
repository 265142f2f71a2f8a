"""An instrument's form as a page shows it: items beside the photograph that they are about."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from facialis.anatomy.expressions import Expression
from facialis.clinic.grading.forms import InstrumentForm, ItemField
from facialis.clinic.grading.instruments import ONLY_OF_OLD_RECORDS, SHOWN_BY, is_questionnaire
from facialis.clinic.grading.suggestions import Suggested, SuggestionWords, words_of
from facialis.clinic.photographs.models import MirroredChoice, Photograph
from facialis.clinic.photographs.words import expression_label
from facialis.grading.instrument import AnswerKind, Item


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    value: str
    words: str
    meaning: str
    id: str
    is_chosen: bool
    is_suggested: bool


@dataclass(frozen=True)
class ItemRow:
    """One item."""

    item: Item
    bound: forms.BoundField
    options: tuple[Option, ...]
    """Empty for a number that is typed or slid."""
    ends: tuple[tuple[str, str], ...]
    """Of such a number: places of the scale, and what they mean."""
    suggestion: SuggestionWords | None
    is_taken: bool
    has_words: bool
    """Whether its answers are words, one below the other."""

    @property
    def none_id(self) -> str:
        """Of the button for "not assessed"."""
        return f"{self.bound.auto_id}_none"

    @property
    def value(self) -> str:
        """As it stands in the form."""
        return str(self.bound.value())

    @property
    def suggested_words(self) -> str:
        """The suggested answer."""
        return "" if self.suggestion is None else self.suggestion.value.replace("_", " ")


@dataclass(frozen=True)
class Group:
    """Items about one expression, or about the whole face."""

    key: str
    heading: str
    expression: Expression | None
    photograph: Photograph | None
    rows: tuple[ItemRow, ...]

    @property
    def drawing(self) -> str:
        """Template of the line drawing, while there is no photograph."""
        return f"site/components/expressions/{self.expression}.html" if self.expression else ""

    @property
    def is_mirrored(self) -> bool:
        """Whether LEFT and RIGHT change their places on the picture."""
        return self.photograph is not None and self.photograph.mirrored == MirroredChoice.YES

    @property
    def knows_sides(self) -> bool:
        """Whether the sides may be lettered."""
        return self.photograph is not None and self.photograph.mirrored != MirroredChoice.UNKNOWN


def groups_of(
    form: InstrumentForm,
    suggested: Suggested,
    photographs: Mapping[Expression, Photograph],
    taken: set[str],
) -> list[Group]:
    """Items in the order of the form, gathered by the expression that shows them."""
    shown_by = SHOWN_BY.get(form.instrument.id, {})
    gathered: dict[Expression | None, list[ItemRow]] = {}
    for item in form.instrument.items:
        row = _row(form, item, suggested, taken)
        gathered.setdefault(shown_by.get(item.id), []).append(row)
    return [
        Group(
            key="whole" if expression is None else expression.value,
            heading=_heading(form, expression),
            expression=expression,
            photograph=None if expression is None else photographs.get(expression),
            rows=tuple(rows),
        )
        for expression, rows in gathered.items()
    ]


def _heading(form: InstrumentForm, expression: Expression | None) -> str:
    if expression is not None:
        return expression_label(expression)
    return _("Questions") if is_questionnaire(form.instrument.id) else _("Whole face")


def _offered(field: ItemField) -> set[str]:
    return {choice for choice, _words in field.choices} - {ONLY_OF_OLD_RECORDS}


def _row(form: InstrumentForm, item: Item, suggested: Suggested, taken: set[str]) -> ItemRow:
    bound = form[item.id]
    field = bound.field
    assert isinstance(field, ItemField)  # noqa: S101  the form made it
    found = suggested.items.get(item.id)
    words = None if found is None else words_of(found)
    meanings = {anchor.answer: _(anchor.meaning) for anchor in item.anchors}
    value = str(bound.value())
    options = tuple(
        Option(
            value=choice,
            words=text,
            meaning=meanings.get(choice, ""),
            id=f"{bound.auto_id}_{number}",
            is_chosen=choice == value,
            is_suggested=words is not None and choice == words.value,
        )
        for number, (choice, text) in enumerate(field.choices)
        if choice in {value, *_offered(field)}
    )
    return ItemRow(
        item=item,
        bound=bound,
        options=options,
        ends=() if options else tuple(meanings.items()),
        suggestion=words,
        is_taken=item.id in taken and words is not None and value == words.value,
        has_words=item.kind is AnswerKind.CHOICE,
    )
