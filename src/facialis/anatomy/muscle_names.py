"""The muscles of one half of the face, by name."""

from enum import StrEnum


class Muscle(StrEnum):
    """Twenty-four muscles of expression on each side, and the one that is never a target.

    The anatomy of each stands in `tables/muscles.csv`; the abbreviation is the one that
    clinicians write on an injection chart.
    """

    FRONTALIS = "frontalis"
    CORRUGATOR_SUPERCILII = "corrugator_supercilii"
    PROCERUS = "procerus"
    DEPRESSOR_SUPERCILII = "depressor_supercilii"
    ORBICULARIS_OCULI_PRETARSAL = "orbicularis_oculi_pretarsal"
    ORBICULARIS_OCULI_PRESEPTAL = "orbicularis_oculi_preseptal"
    ORBICULARIS_OCULI_ORBITAL_SUPERIOR = "orbicularis_oculi_orbital_superior"
    ORBICULARIS_OCULI_ORBITAL_LATERAL = "orbicularis_oculi_orbital_lateral"
    ORBICULARIS_OCULI_ORBITAL_INFERIOR = "orbicularis_oculi_orbital_inferior"
    NASALIS = "nasalis"
    LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI = "levator_labii_superioris_alaeque_nasi"
    LEVATOR_LABII_SUPERIORIS = "levator_labii_superioris"
    ZYGOMATICUS_MINOR = "zygomaticus_minor"
    ZYGOMATICUS_MAJOR = "zygomaticus_major"
    LEVATOR_ANGULI_ORIS = "levator_anguli_oris"
    RISORIUS = "risorius"
    BUCCINATOR = "buccinator"
    ORBICULARIS_ORIS_SUPERIOR = "orbicularis_oris_superior"
    ORBICULARIS_ORIS_INFERIOR = "orbicularis_oris_inferior"
    DEPRESSOR_ANGULI_ORIS = "depressor_anguli_oris"
    DEPRESSOR_LABII_INFERIORIS = "depressor_labii_inferioris"
    MENTALIS = "mentalis"
    PLATYSMA = "platysma"
    DEPRESSOR_SEPTI_NASI = "depressor_septi_nasi"
    LEVATOR_PALPEBRAE = "levator_palpebrae"
    """Lifts the upper lid; third cranial nerve. Never a target of toxin here."""


FACIAL_MUSCLES: tuple[Muscle, ...] = tuple(m for m in Muscle if m is not Muscle.LEVATOR_PALPEBRAE)
"""The muscles that the facial nerve drives, from the forehead down."""
