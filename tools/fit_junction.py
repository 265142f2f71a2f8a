"""Fit the parameters of the toxin at the junction to published courses, and print them.

The fit changes no file: whoever repeats it compares the printed rows with
src/facialis/twin/tables/junction_parameters.csv. It takes about two minutes on two cores.

Usage: python tools/fit_junction.py [--check]   (--check only prints the table of validation)
"""

import argparse
from collections.abc import Callable, Mapping

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array
from numpy.typing import NDArray
from scipy.optimize import brentq, least_squares
from scipy.stats import norm, qmc

from facialis.evidence import load_rows
from facialis.toxins import ToxinProduct
from facialis.toxins.pharmacology import pharmacology
from facialis.twin.junction.courses import single_dose_course
from facialis.twin.junction.experiments import (
    EXPERIMENTS,
    POINTS_IN_ONE_CORRUGATOR_OF_FIVE,
    RELAPSE_DAY,
    arriving,
    label_corrugator_units,
)
from facialis.twin.junction.model import Junction, active_share
from facialis.twin.junction.onset import MINUTES_PER_DAY, PACKAGE, published_rates
from facialis.twin.junction.parameters import Tissue, general
from facialis.twin.junction.validation import check_junction, checks_text, target_of

PATIENTS = 2048
SEED = 2026
SPREAD = (0.6, 0.35, 0.3)
SPREAD_B = (0.6, 0.2, 0.3)
FIRST_GUESS = {"foot": (1.7, 87.0, 0.9), "face": (0.95, 34.0, 0.64), "type_b": (75.0, 7.5, 0.09)}
CHECKS = {
    "foot": ("foot_low_dose", "foot_plateau", "foot_peak", "foot_week_7", "foot_week_57"),
    "face": ("corrugator", "depressor_anguli_oris", "face_peak", "face_duration", "healthy_side_month_6"),
    "type_b": ("type_b_low_dose", "type_b_peak", "type_b_week_7", "type_b_complete"),
}
ARMS = (10, 20)
"""Units in the arms of the glabella study that are fitted; the others are predicted."""

EVEN_POWER = 3
"""Errors enter to twice this power: no row may be far out so that another is nearly exact."""

Number = float | NDArray[np.float64]


def junction(ed50: Number, half_life: Number, release: Number) -> Junction:
    """A junction without sprouts."""
    onset = published_rates()
    ed50_units = jnp.asarray(ed50)

    def everywhere(value: float) -> Array:
        return jnp.full(ed50_units.shape, value)

    return Junction(
        ed50_units=ed50_units,
        half_life_days=jnp.asarray(half_life),
        release_per_day=jnp.asarray(release),
        binding_per_day=everywhere(onset.binding_per_min * MINUTES_PER_DAY),
        translocation_per_day=everywhere(onset.translocation_per_min * MINUTES_PER_DAY),
        activation_per_day=everywhere(onset.activation_per_min * MINUTES_PER_DAY),
        sprouting_frac=everywhere(0.0),
        sprouting_per_day=everywhere(1.0),
        withdrawal_per_day=everywhere(1.0),
    )


def cohort(medians: NDArray[np.float64], spread: tuple[float, ...]) -> Junction:
    """Evenly spread patients: the fit sees no accident of a draw."""
    draws = norm.ppf(qmc.Sobol(3, seed=SEED).random(PATIENTS))
    return junction(*(medians * np.exp(draws * np.array(spread))).T)


def fit(which: str, spread: tuple[float, ...]) -> Mapping[str, float]:
    rows = {row.text("check"): row for row in load_rows(PACKAGE, "junction_checks").rows}

    def errors(logs: NDArray[np.float64]) -> NDArray[np.float64]:
        patients = cohort(np.exp(logs), spread)
        found = []
        for name in CHECKS[which]:
            low, high = target_of(rows[name])
            simulated = float(EXPERIMENTS[name](lambda _product, _tissue: patients))
            width = rows[name].number("tolerance") + (high - low) / 2
            found.append((simulated - (low + high) / 2) / width)
        return np.asarray(np.sign(found) * np.abs(found) ** EVEN_POWER)

    best = least_squares(errors, np.log(FIRST_GUESS[which]), diff_step=3e-3)
    return dict(zip(("ed50", "half_life", "release_rate"), np.exp(best.x).tolist(), strict=True))


def show(product: ToxinProduct, tissue: Tissue, values: Mapping[str, float]) -> None:
    print(f"{product.value:24} {tissue.value:12}", *(f"{name} {value:.4g}" for name, value in values.items()))


def label_ed50(product: ToxinProduct, half_life: float, release: float) -> float:
    """Dose of half block, where the label dose reaches the anchor's block at its peak."""
    days = jnp.arange(0.0, 60.0, 0.05)
    most = float(active_share(junction(1.0, half_life, release), days).max())
    block = general().preferred("label_peak_block").number
    return arriving(label_corrugator_units(product)) * most * (1 - block) / block


def relapse_block(face: Mapping[str, float]) -> float:
    """Block below which lines are back: nearest to the arms of 10 and 20 units."""
    patients = cohort(np.array(list(face.values())), SPREAD)
    rows = {row.text("check"): row for row in load_rows(PACKAGE, "junction_checks").rows}
    target = np.array([target_of(rows[f"glabella_{units}_units"])[0] for units in ARMS])
    width = np.array([rows[f"glabella_{units}_units"].number("tolerance") for units in ARMS])

    def left(units: int) -> NDArray[np.float64]:
        dose = jnp.asarray(arriving(units * POINTS_IN_ONE_CORRUGATOR_OF_FIVE))
        return np.asarray(single_dose_course(patients, dose, jnp.asarray([RELAPSE_DAY]))[:, 0])

    blocks = np.arange(0.1, 0.6, 0.005)
    relapsed = np.array([[np.mean(left(units) < block) for units in ARMS] for block in blocks])
    return float(blocks[np.argmin(np.sum(((100 * relapsed - target) / width) ** 2, axis=1))])


def daxi_half_life(release: float, weeks: float, relapse: float) -> float:
    """Half-life with which the label dose of the median patient lasts as long as its label says."""
    product = ToxinProduct.DAXIBOTULINUMTOXIN_A

    def too_long(half_life: float) -> float:
        patient = junction(label_ed50(product, half_life, release), half_life, release)
        left = float(active_share(patient, jnp.asarray([7.0 * weeks]))[0])
        return left * arriving(label_corrugator_units(product)) / float(patient.ed50_units) - relapse / (
            1 - relapse
        )

    root: Callable[..., float] = brentq
    return root(too_long, 10.0, 200.0)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only print the table of validation")
    if not parser.parse_args().check:
        print_fits()
    print(checks_text(check_junction(key=jax.random.key(SEED))))


def print_fits() -> None:
    ona, daxi = ToxinProduct.ONABOTULINUMTOXIN_A, ToxinProduct.DAXIBOTULINUMTOXIN_A
    show(ona, Tissue.FOOT_MUSCLE, fit("foot", SPREAD))
    show(ToxinProduct.RIMABOTULINUMTOXIN_B, Tissue.FOOT_MUSCLE, fit("type_b", SPREAD_B))
    face = fit("face", SPREAD)
    show(ona, Tissue.FACE, face)
    release = face["release_rate"]
    for product in ToxinProduct:
        if product in {ona, daxi, ToxinProduct.RIMABOTULINUMTOXIN_B}:
            continue
        half_life = face["half_life"]
        show(product, Tissue.FACE, {"ed50": label_ed50(product, half_life, release), **_rest(face)})
    weeks = pharmacology().preferred("duration_glabella_daxi").number
    relapse = relapse_block(face)
    print(f"relapse_block {relapse:.3f}")
    longer = daxi_half_life(release, weeks, relapse)
    show(daxi, Tissue.FACE, {"ed50": label_ed50(daxi, longer, release), "half_life": longer})


def _rest(face: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in face.items() if name != "ed50"}


if __name__ == "__main__":
    main()
