"""Target, simulated value and verdict for every published course that the junction must reproduce."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import jax
from jaxtyping import PRNGKeyArray

from facialis.evidence import Citation, Row, load_rows
from facialis.toxins import ToxinProduct
from facialis.toxins.adverse_events import adverse_events
from facialis.toxins.pharmacology import pharmacology
from facialis.toxins.study_outcomes import study_findings
from facialis.twin.junction.event_experiments import EVENT_EXPERIMENTS
from facialis.twin.junction.experiments import EXPERIMENTS, PERCENT, Cohort
from facialis.twin.junction.model import Junction
from facialis.twin.junction.onset import PACKAGE
from facialis.twin.junction.parameters import Tissue, draw_junctions

PATIENTS = 4000
SEED = 2026


class CheckRole(StrEnum):
    """Whether the row took part in the fit."""

    FITTED = "fitted"
    PREDICTED = "predicted"


@dataclass(frozen=True)
class JunctionCheck:
    """One row of the table of validation."""

    name: str
    target: tuple[float, float]
    """Both ends of the target, equal where it is one number."""
    tolerance: float
    simulated: float
    unit: str
    role: CheckRole
    citation: Citation

    @property
    def is_met(self) -> bool:
        """Whether the simulated value is within the tolerance of the target."""
        return self.target[0] - self.tolerance <= self.simulated <= self.target[1] + self.tolerance

    @property
    def text(self) -> str:
        """One line for people."""
        low, high = self.target
        target = f"{low:.3g}" if low == high else f"{low:g} to {high:g}"
        verdict = "met" if self.is_met else "NOT MET"
        return (
            f"{self.name:24} {target:>12} +/- {self.tolerance:<4g} {self.unit:7} {self.simulated:8.2f}  "
            f"{verdict:8} {self.role.value:10} {self.citation.source_key}"
        )


def check_junction(*, patients: int = PATIENTS, key: PRNGKeyArray | None = None) -> tuple[JunctionCheck, ...]:
    """Repeat every published experiment on invented patients.

    Parameters
    ----------
    patients : int
        Invented patients in each cohort; the same patients are drawn for every experiment.
    key : PRNG key
        Of the draw; by default that of `SEED`.

    Returns
    -------
    tuple of JunctionCheck
        In the order of the table `junction_checks`.
    """
    chosen = jax.random.key(SEED) if key is None else key

    def cohort(product: ToxinProduct, tissue: Tissue) -> Junction:
        return draw_junctions(chosen, product, tissue, patients=patients)

    return tuple(
        JunctionCheck(
            name=row.text("check"),
            target=target_of(row),
            tolerance=row.number("tolerance"),
            simulated=_simulated(row.text("check"), cohort),
            unit=row.text("unit"),
            role=row.choice("role", CheckRole),
            citation=row.citation,
        )
        for row in load_rows(PACKAGE, "junction_checks").rows
    )


def _simulated(name: str, cohort: Cohort) -> float:
    return EVENT_EXPERIMENTS[name]() if name in EVENT_EXPERIMENTS else float(EXPERIMENTS[name](cohort))


def checks_text(checks: Sequence[JunctionCheck]) -> str:
    """The table for people, one line for each check."""
    heading = f"{'check':24} {'target':>12} {'':8} {'':7} {'twin':>9}  {'verdict':8} {'role':10} source"
    return "\n".join([heading, *(check.text for check in checks)])


def target_of(row: Row) -> tuple[float, float]:
    """Both ends of a row's target, from the table into which it was read."""
    names = row.words("quantity")
    if len(names) > 1:
        part, whole = (_finding(name, row) for name in names)
        share = PERCENT * part / whole
        return share, share
    event = next((event for event in adverse_events() if event.code == names[0]), None)
    if event is None:
        value = pharmacology().preferred(names[0])
        return value.interval if value.interval is not None else (value.number, value.number)
    if event.interval is not None:
        return float(event.interval.low_pct), float(event.interval.high_pct)
    rate = float(event.rate_pct or 0)
    return rate, rate


def _finding(code: str, row: Row) -> float:
    value = next((found.value for found in study_findings() if found.code == code), None)
    if value is None:
        raise row.error(f"'{code}' is no study outcome with a single value. Name one that is.")
    return float(value)
