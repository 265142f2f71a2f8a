"""A grading as it stands: every item with its answer, its meaning, and what had been suggested."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from facialis.clinic.grading.forms import ItemField
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.stored import OPTIONS
from facialis.clinic.grading.suggestions import stored_value, taken_of
from facialis.grading.instrument import Instrument, Item
from facialis.grading.registry import find_instrument


@dataclass(frozen=True)
class PaperRow:
    """One item."""

    item: Item
    label: str
    answer: str
    """Empty where it was not assessed."""
    meaning: str
    suggested: str
    is_taken: bool

    @property
    def differs(self) -> bool:
        """Whether the person answered otherwise than was suggested."""
        return bool(self.answer and self.suggested and self.answer != self.suggested)


def paper_rows(grading: Grading) -> list[PaperRow]:
    """In the order of the form; of answers that cannot be read any more, as they were kept."""
    instrument, taken = find_instrument(grading.instrument), taken_of(grading.suggested)
    return [_row(instrument, item, grading, taken) for item in instrument.items]


def paper_options(grading: Grading) -> list[tuple[str, str]]:
    """Scoring options and what was chosen."""
    return [
        (
            _(name.replace("_", " ").capitalize()),
            _("not chosen") if value is None else _(value.replace("_", " ")),
        )
        for name, value in grading.answers.get(OPTIONS, {}).items()
    ]


def _row(instrument: Instrument, item: Item, grading: Grading, taken: set[str]) -> PaperRow:
    field = ItemField(instrument, item)
    posted = field.prepare_value(grading.answers.get("answers", {}).get(item.id))
    suggested = stored_value(grading.suggested, item.id) or ""
    words = dict(field.choices)
    meanings = {anchor.answer: _(anchor.meaning) for anchor in item.anchors}
    return PaperRow(
        item=item,
        label=_(item.label),
        answer=words.get(posted, posted),
        meaning=meanings.get(posted, ""),
        suggested=words.get(suggested, suggested),
        is_taken=item.id in taken,
    )
