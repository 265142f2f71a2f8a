"""The form of findings: a field for each finding, side and expression."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.grading.actions.findings import Place, field_name, fingerprint, place_of, value_of
from facialis.clinic.grading.finding_kinds import GRADES, HIGHEST_SCORE, FindingKind, finding_kinds
from facialis.clinic.grading.models import ClinicianFinding
from facialis.clinic.kernel.fields import VersionedForm
from facialis.clinic.photographs.words import expression_label

SIDES = (Side.RIGHT, Side.LEFT)
"""As they stand on the screen: the patient's RIGHT on its left."""


class FindingsForm(VersionedForm):
    """Grades and scores; an empty field is "not examined", which is not 0."""

    version = forms.CharField(widget=forms.HiddenInput)  # type: ignore[assignment]
    reason = forms.CharField(
        label=gettext_lazy("Reason of the correction"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        for kind in finding_kinds().values():
            for place in places_of(kind):
                self.fields[field_name(place)] = _field(kind, place)

    @property
    def values(self) -> dict[Place, int]:
        """What was entered, by place, after checking."""
        found = {
            place: self.cleaned_data.get(field_name(place))
            for kind in finding_kinds().values()
            for place in places_of(kind)
        }
        return {place: value for place, value in found.items() if value is not None}

    @staticmethod
    def initial_of(rows: Iterable[ClinicianFinding]) -> dict[str, Any]:
        """Of stored findings."""
        kept = list(rows)
        return {
            "version": fingerprint(kept),
            **{field_name(place_of(row)): value_of(row) for row in kept},
        }


@dataclass(frozen=True)
class Cell:
    """One finding on one side in one expression."""

    bound: forms.BoundField
    side: Side
    grades: tuple[tuple[int, str, bool], ...]
    """Grade, meaning, and whether it is chosen; empty for a score."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was examined."""
        return not str(self.bound.value() if self.bound.value() is not None else "")


@dataclass(frozen=True)
class Line:
    """One expression of a kind: RIGHT, then LEFT."""

    expression: Expression | None
    label: str
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether neither side was examined."""
        return all(cell.is_empty for cell in self.cells)

    @property
    def has_errors(self) -> bool:
        """Whether a cell was refused."""
        return any(cell.bound.errors for cell in self.cells)

    @property
    def drawing(self) -> str:
        """Template of the line drawing."""
        return f"site/components/expressions/{self.expression}.html" if self.expression else ""


@dataclass(frozen=True)
class Section:
    """One kind of finding."""

    kind: FindingKind
    name: str
    shown: tuple[Line, ...]
    """At rest, where it is looked for first, and wherever something was found."""
    folded: tuple[Line, ...]
    """The other expressions."""


def sections_of(form: FindingsForm) -> list[Section]:
    """Every kind with its lines, in the order of the table: graded ones first."""
    kinds = sorted(finding_kinds().values(), key=lambda kind: not kind.is_graded)
    found = []
    for kind in kinds:
        lines = [_line(form, kind, expression) for expression in kind.expressions]
        shown = [
            line
            for line in lines
            if line.expression in {None, Expression.REST} or not line.is_empty or line.has_errors
        ]
        folded = tuple(line for line in lines if line not in shown)
        found.append(Section(kind, kind_name(kind), tuple(shown), folded))
    return found


def places_of(kind: FindingKind) -> list[Place]:
    """Where a finding of this kind can be."""
    return [(kind.code, side.value, expression or "") for expression in kind.expressions for side in SIDES]


def kind_name(kind: FindingKind) -> str:
    """As a heading writes it."""
    name = _(kind.name)
    return name[:1].upper() + name[1:] if not name.startswith("eFACE") else name


def _field(kind: FindingKind, place: Place) -> forms.Field:
    _code, side, expression = place
    where = f", {expression_label(Expression(expression))}" if expression else ""
    label = f"{kind_name(kind)}, {_(Side(side).label)}{where}"
    if kind.is_graded:
        return forms.TypedChoiceField(
            label=label,
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("not examined")), *((grade, str(grade)) for grade in GRADES)],
            widget=forms.RadioSelect,
        )
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=HIGHEST_SCORE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "aria-label": label}),
    )


def _line(form: FindingsForm, kind: FindingKind, expression: Expression | None) -> Line:
    cells = []
    for side in SIDES:
        bound = form[field_name((kind.code, side.value, expression or ""))]
        value = "" if bound.value() is None else str(bound.value())
        grades = tuple(
            (grade, meaning, value == str(grade))
            for grade, meaning in zip(GRADES, kind.meanings, strict=True)
        )
        cells.append(Cell(bound, side, grades if kind.is_graded else ()))
    return Line(
        expression, _("At rest") if expression is Expression.REST else _label(expression), tuple(cells)
    )


def _label(expression: Expression | None) -> str:
    return _("Face as a whole") if expression is None else expression_label(expression)
