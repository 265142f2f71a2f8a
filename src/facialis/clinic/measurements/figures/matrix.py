"""The synkinesis matrix: rows what was asked, columns what moved without being asked.

The document holds, for a side, its movement beyond that of the other side. A cell shows a surplus on the
side that has it: where the number is negative, the other side moved more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.clinic.measurements.changes import Change, change_of_index
from facialis.clinic.photographs.words import expression_label
from facialis.measurement.synkinesis import (
    INTENDED_REASON,
    SubScoreName,
    SynkinesisRegion,
    involuntary_movements,
)
from facialis.report.words import measure_words

BEYOND_ERROR_Z = 2.0
"""A matrix has some twenty cells: one in twenty may not look like a finding by chance alone."""
CELL_RADIUS = 21.0
SMALLEST_FULL_MM = 3.0
"""A matrix of small numbers is not blown up: this many mm fill a cell at least."""

REGION_WORDS = {
    SynkinesisRegion.BROW: lambda: _("Brow"),
    SynkinesisRegion.EYE: lambda: _("Eye"),
    SynkinesisRegion.CHEEK: lambda: _("Cheek"),
    SynkinesisRegion.COMMISSURE: lambda: _("Lip corner"),
    SynkinesisRegion.CHIN: lambda: _("Chin"),
    SynkinesisRegion.NECK: lambda: _("Neck"),
}
MEASURED_REGIONS = tuple(region for region in SynkinesisRegion if region is not SynkinesisRegion.NECK)


@dataclass(frozen=True)
class Cell:
    """One expression and one region, both sides."""

    region: str
    expression: str
    kind: str
    """``moved``, ``asked`` (takes part in the movement) or ``missing``."""
    side: str
    """That moved more; empty where neither did."""
    role: str
    """``affected``, ``healthy`` or ``midline``."""
    mm: float
    sd: float
    z: float
    radius: float
    is_beyond: bool
    words: str
    reason: str
    note: int
    """Number of its reason below the table; 0: none."""


@dataclass(frozen=True)
class MatrixRow:
    """What was asked."""

    expression: str
    label: str
    drawing: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class SubScore:
    """A mean over cells."""

    name: str
    label: str
    side: str
    value: float | None
    sd: float | None
    is_beyond: bool
    cells: int
    reason: str
    change: Change | None


@dataclass(frozen=True)
class Matrix:
    """All of it."""

    regions: tuple[tuple[str, str], ...]
    """Code and words of the columns that are measured."""
    rows: tuple[MatrixRow, ...]
    reasons: tuple[str, ...]
    greatest_mm: float
    legend: tuple[tuple[float, float], ...]
    """mm and radius of the circles of the key."""

    def strongest(self, region: str, side: str) -> Cell | None:
        """The largest movement beyond error of a region and side over all expressions."""
        found = [
            cell
            for row in self.rows
            for cell in row.cells
            if cell.region == region and cell.side == side and cell.is_beyond
        ]
        return max(found, key=lambda cell: cell.mm, default=None)

    @property
    def beyond(self) -> list[Cell]:
        """Cells that are more than measuring explains, the largest first."""
        found = [cell for row in self.rows for cell in row.cells if cell.is_beyond]
        return sorted(found, key=lambda cell: -cell.mm)


def matrix_of(synkinesis: Mapping[str, Any], affected: Side | None) -> Matrix:
    """Arrange the entries of a document.

    Parameters
    ----------
    synkinesis : mapping    ``set.synkinesis`` of a measurement.
    affected : Side         The palsied side, if it is one.
    """
    by_place: dict[tuple[str, str], Mapping[str, Any]] = {}
    for entry in synkinesis["entries"]:
        by_place.setdefault((entry["expression"], entry["region"]), entry)
    greatest = max(
        [SMALLEST_FULL_MM, *(abs(e["value"]) for e in by_place.values() if e["value"] is not None)]
    )
    reasons: list[str] = []
    rows = tuple(
        MatrixRow(
            expression.value,
            expression_label(expression),
            f"site/components/expressions/{expression.value}.html",
            tuple(
                _cell(
                    by_place.get((expression.value, region.value)),
                    expression,
                    region,
                    affected,
                    greatest,
                    reasons,
                )
                for region in MEASURED_REGIONS
            ),
        )
        for expression in NINE_PHOTOGRAPHS
        if expression is not Expression.REST
    )
    legend = tuple((mm, round(_radius(mm, greatest), 1)) for mm in (0.5, 1.0, 2.0, 4.0) if mm <= greatest)
    return Matrix(
        tuple((region.value, REGION_WORDS[region]()) for region in MEASURED_REGIONS),
        rows,
        tuple(reasons),
        greatest,
        legend,
    )


def sub_scores(
    synkinesis: Mapping[str, Any], before: Mapping[str, Any] | None, *, with_side: bool
) -> list[SubScore]:
    """Ocular, midfacial, mentalis and platysmal, with the change since the visit before."""
    labels = {
        SubScoreName.OCULAR: _("Ocular"),
        SubScoreName.MIDFACIAL: _("Midfacial"),
        SubScoreName.MENTALIS: _("Mentalis"),
        SubScoreName.PLATYSMAL: _("Platysmal"),
    }
    earlier = {(e["name"], e["side"]): e for e in before["sub_scores"]} if before is not None else {}
    return [
        SubScore(
            entry["name"],
            labels[SubScoreName(entry["name"])],
            _(Side(entry["side"]).label) if with_side else "",
            entry["value"],
            entry["sd"],
            entry["z"] is not None and abs(entry["z"]) > BEYOND_ERROR_Z,
            entry["cells"],
            entry["reason"] or "",
            change_of_index(entry, earlier[entry["name"], entry["side"]])
            if (entry["name"], entry["side"]) in earlier
            else None,
        )
        for entry in synkinesis["sub_scores"]
    ]


def _cell(
    entry: Mapping[str, Any] | None,
    expression: Expression,
    region: SynkinesisRegion,
    affected: Side | None,
    greatest: float,
    reasons: list[str],
) -> Cell:
    reason = _("Not measured.") if entry is None else entry["reason"]
    if entry is None or entry["value"] is None:
        is_asked = reason == INTENDED_REASON
        note = 0 if is_asked else _numbered(reason, reasons)
        kind = "asked" if is_asked else "missing"
        return Cell(
            region.value,
            expression.value,
            kind,
            "",
            "midline",
            0.0,
            0.0,
            0.0,
            0.0,
            False,
            reason,
            reason,
            note,
        )
    side = Side(entry["side"]) if entry["value"] >= 0 else Side(entry["side"]).opposite
    size, z = abs(entry["value"]), abs(entry["z"] or 0.0)
    return Cell(
        region=region.value,
        expression=expression.value,
        kind="moved",
        side=side.value if size > 0 else "",
        role="midline" if affected is None else "affected" if side is affected else "healthy",
        mm=size,
        sd=entry["sd"],
        z=z,
        radius=round(_radius(size, greatest), 1),
        is_beyond=z > BEYOND_ERROR_Z,
        words=_words(expression, region, side, size, entry["sd"]),
        reason="",
        note=0,
    )


def _words(expression: Expression, region: SynkinesisRegion, side: Side, size: float, sd: float) -> str:
    row = next((m for m in involuntary_movements() if (m.expression, m.region) == (expression, region)), None)
    what = "" if row is None else _(measure_words(row.measure))
    way = _("rises") if row is not None and row.direction > 0 else _("falls")
    if region is SynkinesisRegion.EYE:
        what, way = _("lid gap"), _("narrows")
    return _(
        "%(expression)s: %(side)s %(what)s %(way)s by %(mm).1f ± %(sd).1f mm more than the other side"
    ) % {
        "expression": expression_label(expression),
        "side": _(side.label),
        "what": what,
        "way": way,
        "mm": size,
        "sd": sd,
    }


def _radius(mm: float, greatest: float) -> float:
    """The area is the movement."""
    return CELL_RADIUS * float((mm / greatest) ** 0.5)


def _numbered(reason: str, reasons: list[str]) -> int:
    if reason not in reasons:
        reasons.append(reason)
    return reasons.index(reason) + 1


def findings_of(matrix: Matrix, limit: int = 3) -> Sequence[Cell]:
    """The few movements to name in a sentence."""
    return matrix.beyond[:limit]
