"""The acceptance table: twenty published rows, each beside what the twin says.

Rows 1 to 10 are the natural history and the corticosteroid trials (`natural_history`), 11 and 12 healthy
people (`healthy_faces`), 13 to 15 and 18 to 20 the junction (`junction.validation`), 16 and 17 trials of
toxin on faces (`toxin_trials`). Rows of quality A or B must hold; C are bands.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import jax
import numpy as np
from jaxtyping import Float

from facialis.anatomy.expressions import Expression
from facialis.anatomy.mesh import contour_indices, mirror_partner
from facialis.evidence import Row, load_rows
from facialis.twin.array_grades import JUDGED
from facialis.twin.healthy_faces import healthy_meshes, healthy_sunnybrook
from facialis.twin.junction.validation import JunctionCheck, check_junction
from facialis.twin.natural_history import Use, population_of_tables, simulated_outcomes, target_rows
from facialis.twin.priors import TABLES
from facialis.twin.toxin_trials import is_synkinetic_in_between, is_weak, movement_asymmetry_mm, treat

PATIENTS = 4000
"""In each arm; the sources have at most 1,701."""
HEALTHY_PEOPLE = 2000
DRAWN_FOR_TRIALS = 1200
SEED = 2026


@dataclass(frozen=True)
class AcceptanceRow:
    """One published number and its simulated counterpart."""

    row: int
    quantity: str
    target: tuple[float, float]
    """Both ends; equal where the source gives one number."""
    tolerance: float
    simulated: float
    unit: str
    quality: str
    use: Use
    source_key: str

    @property
    def is_met(self) -> bool:
        """Whether the simulated value lies within the tolerance of the target."""
        return self.target[0] - self.tolerance <= self.simulated <= self.target[1] + self.tolerance

    @property
    def is_failure(self) -> bool:
        """Whether a row that must hold does not."""
        return not self.is_met and self.quality in {"A", "B"}


def acceptance_rows(
    *,
    patients: int = PATIENTS,
    seed: int = SEED,
    on_part: Callable[[str], None] | None = None,
) -> tuple[AcceptanceRow, ...]:
    """Simulate every row.

    Parameters
    ----------
    patients : int          In each arm of rows 1 to 10; a multiple of 100.
    seed : int              The same seed gives the same numbers.
    on_part : callable      Called with the name of what is simulated next.

    Returns
    -------
    tuple of AcceptanceRow  In the order of their numbers.
    """
    say = on_part or (lambda _: None)
    say("natural history and corticosteroid trials")
    found = [*_natural_history(patients, seed)]
    say("healthy people")
    found += _of_faces(_healthy(seed))
    say("junctions")
    found += _junctions()
    say("trials of toxin")
    found += _of_faces(_toxin_trials(seed))
    return tuple(sorted(found, key=lambda row: row.row))


def _natural_history(patients: int, seed: int) -> Iterator[AcceptanceRow]:
    run = jax.jit(lambda key: simulated_outcomes(population_of_tables(), key, patients))
    values = np.asarray(run(jax.random.key(seed)))
    for row, value in zip(target_rows(), values, strict=True):
        percent = 1.0 if "score" in row.quantity or "ratio" in row.quantity else 100.0
        yield AcceptanceRow(
            row=int(row.row),
            quantity=row.quantity,
            target=(percent * row.target, percent * row.target),
            tolerance=percent * row.tolerance,
            simulated=percent * float(value),
            unit=_unit(row.quantity, percent),
            quality=row.quality,
            use=row.use,
            source_key=row.source_key,
        )


def _unit(quantity: str, percent: float) -> str:
    if percent == 1.0:
        return "points" if "score" in quantity else "1"
    return "%"


def _healthy(seed: int) -> dict[str, float]:
    drawn = healthy_meshes(jax.random.key(seed), HEALTHY_PEOPLE)
    meshes = np.asarray(drawn)
    return {
        "healthy people, Sunnybrook, median": float(np.median(healthy_sunnybrook(drawn))),
        "healthy people, movement of the corners in a smile, LEFT minus RIGHT, sd": float(
            np.std(_corner_way_mm(meshes, is_left=True) - _corner_way_mm(meshes, is_left=False))
        ),
    }


def _corner_way_mm(
    meshes: Float[np.ndarray, "people expressions 478 3"], *, is_left: bool
) -> Float[np.ndarray, " people"]:
    corner = contour_indices()["upper_lip_outer"][-1]
    index = int(mirror_partner()[corner]) if is_left else corner
    smile, rest = (JUDGED.index(e) for e in (Expression.OPEN_SMILE, Expression.REST))
    return np.asarray(np.linalg.norm(meshes[:, smile, index] - meshes[:, rest, index], axis=1))


def _toxin_trials(seed: int) -> dict[str, float]:
    key = jax.random.key(seed)
    toffola = treat("toffola10", key, DRAWN_FOR_TRIALS, is_synkinetic_in_between).grades.sunnybrook
    choi = treat("choi13", key, DRAWN_FOR_TRIALS, is_synkinetic_in_between).grades.sunnybrook
    asymmetry = movement_asymmetry_mm(treat("salles09", key, DRAWN_FOR_TRIALS // 4, is_weak)).mean(axis=0)
    month_1, month_6 = 100 * (asymmetry[1:] / asymmetry[0] - 1)
    return {
        "synkinesis, affected side at a low dose, Sunnybrook at 5 weeks, median change": float(
            np.median(toffola[:, 1]) - np.median(toffola[:, 0])
        ),
        "synkinesis, both sides, Sunnybrook at 5 weeks, mean change": float(np.mean(choi[:, 1] - choi[:, 0])),
        "healthy side, asymmetry at 1 month, change": float(month_1),
        "healthy side, asymmetry at 6 months, change": float(month_6),
    }


@cache
def _face_rows() -> Mapping[str, Row]:
    return {row.text("quantity"): row for row in load_rows(TABLES, "face_targets").rows}


def _of_faces(values: Mapping[str, float]) -> Iterator[AcceptanceRow]:
    for quantity, value in values.items():
        row = _face_rows()[quantity]
        yield AcceptanceRow(
            row=row.integer("row"),
            quantity=quantity,
            target=(row.number("target"), row.number("target")),
            tolerance=row.number("tolerance"),
            simulated=value,
            unit=row.text("unit"),
            quality=row.text("quality"),
            use=row.choice("use", Use),
            source_key=row.citation.source_key,
        )


def _junctions() -> Iterator[AcceptanceRow]:
    checks: dict[str, JunctionCheck] = {check.name: check for check in check_junction()}
    for row in load_rows(TABLES, "acceptance_checks").rows:
        check = checks[row.text("check")]
        yield AcceptanceRow(
            row=row.integer("row"),
            quantity=check.name.replace("_", " "),
            target=check.target,
            tolerance=check.tolerance,
            simulated=check.simulated,
            unit=check.unit,
            quality=row.text("quality"),
            use=Use.FIT if check.role.value == "fitted" else Use.TEST,
            source_key=check.citation.source_key,
        )
