"""The capture grid: one cell for each view, with what to show in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.clinic.photographs.actions.answers import answers_of
from facialis.clinic.photographs.models import MirroredChoice, Photograph, PhotoStatus
from facialis.clinic.photographs.questions import NEEDS_REASON, Question, open_question
from facialis.clinic.photographs.words import answer_label, expression_label, instruction

VIEWS = (*NINE_PHOTOGRAPHS, Expression.NASAL_BASE)
EMPTY, NEXT = "empty", "next"


@dataclass(frozen=True)
class Cell:
    """One view."""

    expression: Expression
    photograph: Photograph | None
    previous: Photograph | None
    """Of an earlier visit, for the same framing."""
    state: str
    """`PhotoStatus`, or empty, or next: the one to take now."""

    @property
    def label(self) -> str:
        """Name of the expression."""
        return expression_label(self.expression)

    @property
    def instruction(self) -> str:
        """What to say to the patient."""
        return instruction(self.expression)

    @property
    def drawing(self) -> str:
        """Template of the line drawing."""
        return f"site/components/expressions/{self.expression}.html"

    @property
    def is_optional(self) -> bool:
        """Whether the set is complete without it."""
        return self.expression not in NINE_PHOTOGRAPHS

    @property
    def is_mirrored(self) -> bool:
        """Whether LEFT and RIGHT change their places on the picture."""
        return self.photograph is not None and self.photograph.mirrored == MirroredChoice.YES

    @property
    def knows_sides(self) -> bool:
        """Whether the sides may be lettered."""
        return self.photograph is not None and self.photograph.mirrored != MirroredChoice.UNKNOWN

    @property
    def question(self) -> Question | None:
        """The one that is open."""
        return None if self.photograph is None else open_question(self.photograph)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Value and words of what may be answered to it."""
        question = self.question
        code = "" if question is None else question["code"]
        return [(answer, answer_label(code, answer)) for answer in answers_of(code)] if code else []

    @property
    def needs_reason(self) -> bool:
        """Whether an answer has to be explained."""
        question = self.question
        return question is not None and question["code"] in NEEDS_REASON

    @property
    def sentence(self) -> str:
        """Where it is on its way, or why it cannot be measured."""
        row = self.photograph
        if row is None:
            return _("optional, not taken") if self.is_optional else _("not taken")
        if row.status == PhotoStatus.REFUSED:
            return str((row.refusal or {}).get("sentence", "")) or str(PhotoStatus.REFUSED.label)
        question = self.question
        return str(question["sentence"]) if question is not None else str(PhotoStatus(row.status).label)

    @property
    def warnings(self) -> list[str]:
        """Sentences of the capture gate about a picture that was measured all the same."""
        row = self.photograph
        if row is None or row.status != PhotoStatus.MEASURED:
            return []
        return [f["sentence"] for f in row.findings if f.get("severity") == "warn" and f.get("sentence")]

    @property
    def token(self) -> str:
        """Changes whenever the cell has to be drawn anew."""
        row = self.photograph
        return f"{self.expression}:{self.state}:{'' if row is None else row.pk.hex[:12]}"


@dataclass(frozen=True)
class Grid:
    """All cells of a visit."""

    cells: tuple[Cell, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether something changes by itself, so that the page looks again."""
        return any(cell.state == PhotoStatus.WAITING for cell in self.cells)

    @property
    def is_rest_measured(self) -> bool:
        """Whether there are measures to look at: every movement is read against rest."""
        return any(
            cell.expression is Expression.REST and cell.state == PhotoStatus.MEASURED for cell in self.cells
        )

    @property
    def tokens(self) -> str:
        """What the page shows now; it sends this to be told what changed."""
        return ",".join(cell.token for cell in self.cells)

    @property
    def taken(self) -> int:
        """How many of the nine are there, whatever their state."""
        return sum(cell.photograph is not None and not cell.is_optional for cell in self.cells)

    @property
    def summary(self) -> str:
        """One line about all."""
        words = [_("%(taken)d of %(all)d photographs") % {"taken": self.taken, "all": len(NINE_PHOTOGRAPHS)}]
        waiting, refused, asked = (
            sum(cell.state == status for cell in self.cells)
            for status in (PhotoStatus.WAITING, PhotoStatus.REFUSED, PhotoStatus.QUESTIONED)
        )
        if waiting:
            words.append(ngettext("%d is being measured", "%d are being measured", waiting) % waiting)
        if refused:
            words.append(ngettext("%d not measurable", "%d not measurable", refused) % refused)
        if asked:
            words.append(ngettext("%d question open", "%d questions open", asked) % asked)
        missing = [cell.label for cell in self.cells if cell.photograph is None and not cell.is_optional]
        if 0 < len(missing) < len(NINE_PHOTOGRAPHS):
            words.append(_("missing: %(views)s") % {"views": ", ".join(missing)})
        return "; ".join(words)

    def changed_since(self, tokens: str) -> list[Cell]:
        """Cells that a page with these tokens shows otherwise."""
        shown = set(tokens.split(","))
        return [cell for cell in self.cells if cell.token not in shown]


def grid_of(
    current: Mapping[Expression, Photograph], previous: Mapping[Expression, Photograph] | None = None
) -> Grid:
    """Lay photographs out in the order in which they are taken."""
    following = next((view for view in VIEWS if view not in current), None)
    cells = []
    for view in VIEWS:
        row = current.get(view)
        state = str(row.status) if row is not None else NEXT if view is following else EMPTY
        cells.append(Cell(view, row, (previous or {}).get(view), state))
    return Grid(tuple(cells))
