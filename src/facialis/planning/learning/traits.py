"""How sensitive this patient is to toxin, and for how long, before and after a follow-up."""

import numpy as np

from facialis.planning.estimates import Estimate
from facialis.planning.learning.records import Trait, TraitName
from facialis.toxins import ToxinProduct
from facialis.twin.calibrate import Posterior
from facialis.twin.junction.parameters import JunctionParameter, junction_priors
from facialis.twin.present.scores import place_of

SDS = 1.645
"""Standard deviations of a 90 % interval."""


def traits_of(before: Posterior, after: Posterior, product: ToxinProduct) -> tuple[Trait, ...]:
    """Sensitivity and duration as multiples of the typical patient's, with 90 % intervals.

    Parameters
    ----------
    before, after : Posterior   Without and with the visits since the treatment.
    product : ToxinProduct      Whose spread between patients is taken.
    """
    rows = (
        (TraitName.SENSITIVITY, JunctionParameter.ED50, -1.0),
        (TraitName.DURATION, JunctionParameter.HALF_LIFE, 1.0),
    )
    found = []
    for name, parameter, sign in rows:
        was, now = (_estimate(one, product, parameter, sign) for one in (before, after))
        found.append(Trait(name, was, now, _sentence(name, was, now)))
    return tuple(found)


def _estimate(
    posterior: Posterior, product: ToxinProduct, parameter: JunctionParameter, sign: float
) -> Estimate:
    priors = junction_priors(product)
    at = place_of("junction").start + list(priors).index(parameter)
    mean, sd = float(posterior.mean[at]), float(posterior.sd[at])
    spread = sign * priors[parameter].log_sd
    ends = sorted(np.exp(spread * (mean + side * SDS * sd)) for side in (-1.0, 1.0))
    return Estimate(float(np.exp(spread * mean)), float(ends[0]), float(ends[1]), "")


def _sentence(name: TraitName, was: Estimate, now: Estimate) -> str:
    what = "Sensitivity to toxin" if name is TraitName.SENSITIVITY else "Half-life of the toxin in the muscle"
    verdict = "as far as is known that of the typical patient"
    if now.low > 1:
        verdict = (
            "more than the typical patient's" if name is TraitName.SENSITIVITY else "longer than typical"
        )
    elif now.high < 1:
        verdict = (
            "less than the typical patient's" if name is TraitName.SENSITIVITY else "shorter than typical"
        )
    return (
        f"{what}: {now.value:.2f} times the typical (90 % interval {now.low:.2f} to {now.high:.2f}; before "
        f"the follow-up {was.value:.2f}, {was.low:.2f} to {was.high:.2f}): {verdict}."
    )
