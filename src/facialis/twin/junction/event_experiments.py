"""Rates of unwanted weakness after standard treatments, repeated with the median patient. [%]"""

from collections.abc import Callable, Mapping

import jax.numpy as jnp

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.evidence import load_values
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.labels import LabelDose, LabelSite, label_doses
from facialis.toxins.study_outcomes import study_findings
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.junction.experiments import PERCENT, arriving
from facialis.twin.junction.neighbours import (
    NeighbourEvent,
    either_side,
    event_probability,
    event_risk,
    session_risk,
)
from facialis.twin.junction.onset import PACKAGE
from facialis.twin.junction.parameters import junction_for

ONA, ABO = ToxinProduct.ONABOTULINUMTOXIN_A, ToxinProduct.ABOBOTULINUMTOXIN_A


def glabella_session(product: ToxinProduct) -> ToxinSession:
    """The label dose of the glabella: two points in each corrugator, one in procerus."""
    dose = _label_point(product, LabelSite.GLABELLA)
    corrugators = [_point(side, InjectionTarget.CORRUGATOR, n, dose) for side in Side for n in (1, 2)]
    return ToxinSession(0.0, (*corrugators, _point(Side.RIGHT, InjectionTarget.PROCERUS, 1, dose)))


def blepharospasm_session() -> ToxinSession:
    """The largest first dose on the label, at the two points of each upper lid."""
    lid, dose = InjectionTarget.ORBICULARIS_OCULI_UPPER_LID, _label_point(ONA, LabelSite.BLEPHAROSPASM)
    return ToxinSession(0.0, tuple(_point(side, lid, n, dose) for side in Side for n in (1, 2)))


def _label_point(product: ToxinProduct, site: LabelSite) -> ToxinDose:
    found: LabelDose = next(dose for dose in label_doses(product) if dose.site is site)
    assert found.per_point_high is not None  # noqa: S101  both labels state the dose of a point
    return found.per_point_high


def _point(side: Side, target: InjectionTarget, number: int, dose: ToxinDose) -> ToxinInjection:
    volume = load_values(PACKAGE, "junction_spread").preferred("reference_volume").number
    return ToxinInjection(side, target, number, dose, str(volume))


def _ptosis_pct(session: ToxinSession) -> float:
    return PERCENT * float(either_side(session_risk(NeighbourEvent.EYELID_PTOSIS, session)))


def _lip_pct(finding: str, product: ToxinProduct) -> float:
    units = next(found.value for found in study_findings() if found.code == finding)
    risk, ed50 = event_risk(NeighbourEvent.LIP_DROOP), junction_for(product).ed50_units
    toxin = arriving(float(units or 0)) / ed50
    return PERCENT * float(event_probability(jnp.asarray(risk.half_toxin), jnp.asarray(risk.slope), toxin))


EVENT_EXPERIMENTS: Mapping[str, Callable[[], float]] = {
    "ptosis_glabella_ona": lambda: _ptosis_pct(glabella_session(ONA)),
    "ptosis_glabella_abo": lambda: _ptosis_pct(glabella_session(ABO)),
    "ptosis_glabella_daxi": lambda: _ptosis_pct(glabella_session(ToxinProduct.DAXIBOTULINUMTOXIN_A)),
    "ptosis_glabella_prabo": lambda: _ptosis_pct(glabella_session(ToxinProduct.PRABOTULINUMTOXIN_A)),
    "ptosis_blepharospasm": lambda: _ptosis_pct(blepharospasm_session()),
    "lips_smile_muscles": lambda: _lip_pct("sadiq12_dose_total_healthy", ONA),
    "lips_perioral_abo": lambda: _lip_pct("demaio07_dose_total_healthy", ABO),
}
"""By the name of the check."""
