"""One number for the symmetry of a face: 0 to 100, 100 when nothing differs.

    index = 100 * sum(w_i s_i) / sum(w_i)

over the components of `tables/symmetry_index.csv` that the photographs allow. Position at
rest: s = 1 - d(L, R) / full asymmetry. Movement: s = 1 - d(E_L, E_R) / max(|E_L|, |E_R|), E being
excursions. Both are kept between 0 and 1.

    d(a, b) = sqrt(max((a - b)^2 - sd^2, 0))

is the size of a difference beyond what its sd explains: noise always makes |a - b| larger, and
without this a perfectly symmetric face, measured to 0.4 mm, would have 93 instead of 97.
"""

import math
from dataclasses import dataclass
from functools import cache

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.evidence import load_rows
from facialis.measurement.asymmetry import asymmetry_of
from facialis.measurement.combination import MeasuresByExpression
from facialis.measurement.excursion import excursion_of

MIN_COVERAGE = 0.5
"""An index of fewer than half of the weights would compare different things under one name."""


@dataclass(frozen=True)
class IndexComponent:
    """A row of the table."""

    expression: Expression
    measure: str
    of_excursion: bool
    weight: float
    full_asymmetry_mm: float


@dataclass(frozen=True)
class ComponentSymmetry:
    """What one component contributed."""

    component: IndexComponent
    symmetry: float | None
    """0 to 1."""
    sd: float | None
    reason: str | None


@dataclass(frozen=True)
class SymmetryIndex:
    """The composite index of one set of photographs."""

    value: float | None
    sd: float | None
    coverage: float
    """Share of the weights that the photographs allowed. Compare indices of equal coverage only."""
    components: tuple[ComponentSymmetry, ...]
    reason: str | None


def symmetry_index(by_expression: MeasuresByExpression) -> SymmetryIndex:
    """The composite index; None with a reason where less than half of it can be said."""
    components = tuple(_component(by_expression, component) for component in index_components())
    total = sum(c.component.weight for c in components)
    known = [
        (c.component.weight, c.symmetry, c.sd)
        for c in components
        if c.symmetry is not None and c.sd is not None
    ]
    weight = sum(w for w, _, _ in known)
    coverage = weight / total
    if coverage < MIN_COVERAGE:
        missing = ", ".join(
            f"{c.component.measure} in {c.component.expression.value}"
            for c in components
            if c.symmetry is None
        )
        reason = (
            f"Only {coverage * 100:.0f} % of the index can be said, "
            f"at least {MIN_COVERAGE * 100:.0f} % are needed; missing: {missing}."
        )
        return SymmetryIndex(None, None, coverage, components, reason)
    value = 100 * sum(w * s for w, s, _ in known) / weight
    sd = 100 * math.sqrt(sum((w * sd) ** 2 for w, _, sd in known)) / weight
    return SymmetryIndex(value, sd, coverage, components, None)


@cache
def index_components() -> tuple[IndexComponent, ...]:
    """The table of components."""
    return tuple(
        IndexComponent(
            row.choice("expression", Expression),
            row.text("measure"),
            row.flag("of_excursion"),
            row.number("weight"),
            row.number("full_asymmetry_mm"),
        )
        for row in load_rows("facialis.measurement.tables", "symmetry_index").rows
    )


def _component(by_expression: MeasuresByExpression, component: IndexComponent) -> ComponentSymmetry:
    found = asymmetry_of(
        by_expression, component.expression, component.measure, of_excursion=component.of_excursion
    )
    if found.value is None or found.sd is None:
        return ComponentSymmetry(component, None, None, found.reason)
    full = component.full_asymmetry_mm
    if component.of_excursion:
        sides = [
            excursion_of(by_expression, component.expression, component.measure, side).value for side in Side
        ]
        largest = max(abs(value) for value in sides if value is not None)
        if largest < full:
            reason = f"Neither side moved by {full:g} mm; there is nothing to compare."
            return ComponentSymmetry(component, None, None, reason)
        full = largest
    symmetry = 1 - math.sqrt(max(found.value**2 - found.sd**2, 0.0)) / full
    # The sd of |L - R| itself; that of the larger movement below it matters less and is left out.
    return ComponentSymmetry(component, min(max(symmetry, 0.0), 1.0), min(found.sd / full, 0.5), None)
