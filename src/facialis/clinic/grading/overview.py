"""The list of instruments at a visit, each with its state, its score and what changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from facialis.clinic.grading.instruments import OF_CLINICIANS, OF_PATIENTS
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.queries import current_gradings, earlier_finals
from facialis.clinic.grading.scores import ChangeWords, ScoreWords, change_since, words_of
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.visits.models import Visit
from facialis.grading.instrument import Instrument
from facialis.grading.registry import find_instrument


@dataclass(frozen=True)
class Row:
    """One instrument."""

    instrument: Instrument
    draft: Grading | None
    final: Grading | None
    score: ScoreWords | None
    """Of the draft where one is begun, else of the final one."""
    change: ChangeWords | None

    @property
    def state(self) -> str:
        """Of what stands at this visit; empty: nothing."""
        return str(NoteStatus.PRELIMINARY) if self.draft else str(NoteStatus.FINAL) if self.final else ""

    @property
    def action(self) -> str:
        """What a press does."""
        return _("Continue") if self.draft else _("Look") if self.final else _("Begin")


def instrument_rows(visit: Visit) -> tuple[list[Row], list[Row]]:
    """What clinicians grade, and what patients answer; two queries."""
    current, earlier = current_gradings(visit), earlier_finals(visit)

    def rows(names: Iterable[str]) -> list[Row]:
        return [_row(name, current.get(name, {}), earlier.get(name)) for name in names]

    return rows(OF_CLINICIANS), rows(OF_PATIENTS)


def _row(name: str, current: dict[str, Grading], earlier: Grading | None) -> Row:
    draft, final = current.get(NoteStatus.PRELIMINARY), current.get(NoteStatus.FINAL)
    shown = draft or final
    return Row(
        instrument=find_instrument(name),
        draft=draft,
        final=final,
        score=words_of(shown),
        # A half answered form says nothing about change.
        change=change_since(earlier, final if draft is None else None),
    )
