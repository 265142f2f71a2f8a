"""Parts of the face as patients call them, to be translated."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from facialis.anatomy.injection_targets import InjectionTarget

PLAIN_PLACES: dict[InjectionTarget, str | Promise] = {
    InjectionTarget.FRONTALIS: gettext_lazy("the forehead"),
    InjectionTarget.CORRUGATOR: gettext_lazy("the frown muscle above the brow"),
    InjectionTarget.PROCERUS: gettext_lazy("the middle between the brows"),
    InjectionTarget.ORBICULARIS_OCULI_UPPER_LID: gettext_lazy("the upper eyelid"),
    InjectionTarget.ORBICULARIS_OCULI_LOWER_LID: gettext_lazy("the lower eyelid"),
    InjectionTarget.ORBICULARIS_OCULI_LATERAL: gettext_lazy("the outer corner of the eye"),
    InjectionTarget.NASAL_LEVATOR: gettext_lazy("the side of the nose"),
    InjectionTarget.UPPER_LIP_LEVATOR: gettext_lazy("the cheek above the upper lip"),
    InjectionTarget.ZYGOMATICUS_MAJOR: gettext_lazy("the smile muscle in the cheek"),
    InjectionTarget.RISORIUS: gettext_lazy("the cheek beside the corner of the mouth"),
    InjectionTarget.BUCCINATOR: gettext_lazy("the inner cheek"),
    InjectionTarget.ORBICULARIS_ORIS: gettext_lazy("the edge of the lips"),
    InjectionTarget.DEPRESSOR_ANGULI_ORIS: gettext_lazy("the jaw below the corner of the mouth"),
    InjectionTarget.DEPRESSOR_LABII_INFERIORIS: gettext_lazy("the chin below the lower lip"),
    InjectionTarget.MENTALIS: gettext_lazy("the chin"),
    InjectionTarget.PLATYSMA: gettext_lazy("the neck"),
}


def listed(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
