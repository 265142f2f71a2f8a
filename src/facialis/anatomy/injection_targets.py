"""Where toxin is given: a muscle, a part of one, or two that share a point."""

from enum import StrEnum


class InjectionTarget(StrEnum):
    """Targets as injectors name them and as doses are published.

    A target is not a muscle: orbicularis oculi has three, and two levators of the lip share
    one. `tables/injection_targets.csv` says which muscles each reaches.
    """

    FRONTALIS = "frontalis"
    CORRUGATOR = "corrugator"
    PROCERUS = "procerus"
    ORBICULARIS_OCULI_UPPER_LID = "orbicularis_oculi_upper_lid"
    ORBICULARIS_OCULI_LOWER_LID = "orbicularis_oculi_lower_lid"
    ORBICULARIS_OCULI_LATERAL = "orbicularis_oculi_lateral"
    NASAL_LEVATOR = "nasal_levator"
    UPPER_LIP_LEVATOR = "upper_lip_levator"
    ZYGOMATICUS_MAJOR = "zygomaticus_major"
    RISORIUS = "risorius"
    BUCCINATOR = "buccinator"
    ORBICULARIS_ORIS = "orbicularis_oris"
    DEPRESSOR_ANGULI_ORIS = "depressor_anguli_oris"
    DEPRESSOR_LABII_INFERIORIS = "depressor_labii_inferioris"
    MENTALIS = "mentalis"
    PLATYSMA = "platysma"
