"""Words for patients: parts of the face and movements as people call them."""

from collections.abc import Mapping

from facialis.anatomy.expressions import Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import Muscle

TARGET_WORDS: Mapping[InjectionTarget, str] = {
    InjectionTarget.FRONTALIS: "the forehead",
    InjectionTarget.CORRUGATOR: "the frown muscle above the brow",
    InjectionTarget.PROCERUS: "the middle between the brows",
    InjectionTarget.ORBICULARIS_OCULI_UPPER_LID: "the upper eyelid",
    InjectionTarget.ORBICULARIS_OCULI_LOWER_LID: "the lower eyelid",
    InjectionTarget.ORBICULARIS_OCULI_LATERAL: "the outer corner of the eye",
    InjectionTarget.NASAL_LEVATOR: "the side of the nose",
    InjectionTarget.UPPER_LIP_LEVATOR: "the cheek above the upper lip",
    InjectionTarget.ZYGOMATICUS_MAJOR: "the smile muscle in the cheek",
    InjectionTarget.RISORIUS: "the cheek beside the corner of the mouth",
    InjectionTarget.BUCCINATOR: "the inner cheek",
    InjectionTarget.ORBICULARIS_ORIS: "the edge of the lips",
    InjectionTarget.DEPRESSOR_ANGULI_ORIS: "the jaw below the corner of the mouth",
    InjectionTarget.DEPRESSOR_LABII_INFERIORIS: "the chin below the lower lip",
    InjectionTarget.MENTALIS: "the chin",
    InjectionTarget.PLATYSMA: "the neck",
}

MOVEMENT_WORDS: Mapping[Expression, str] = {
    Expression.REST: "at rest",
    Expression.BROW_RAISE: "when you raise your brows",
    Expression.GENTLE_EYE_CLOSURE: "when you close your eyes gently",
    Expression.TIGHT_EYE_CLOSURE: "when you squeeze your eyes shut",
    Expression.SNARL: "when you wrinkle your nose",
    Expression.CLOSED_SMILE: "when you smile with closed lips",
    Expression.OPEN_SMILE: "when you smile with open lips",
    Expression.PUCKER: "when you purse your lips",
    Expression.LOWER_TEETH_SHOW: "when you show your lower teeth",
}

REGION_WORDS: Mapping[str, frozenset[Muscle]] = {
    "brow": frozenset(
        {
            Muscle.FRONTALIS,
            Muscle.CORRUGATOR_SUPERCILII,
            Muscle.PROCERUS,
            Muscle.DEPRESSOR_SUPERCILII,
        }
    ),
    "eye": frozenset(
        {
            Muscle.ORBICULARIS_OCULI_PRETARSAL,
            Muscle.ORBICULARIS_OCULI_PRESEPTAL,
            Muscle.ORBICULARIS_OCULI_ORBITAL_SUPERIOR,
            Muscle.ORBICULARIS_OCULI_ORBITAL_LATERAL,
            Muscle.ORBICULARIS_OCULI_ORBITAL_INFERIOR,
        }
    ),
    "chin": frozenset({Muscle.MENTALIS, Muscle.DEPRESSOR_LABII_INFERIORIS}),
    "neck": frozenset({Muscle.PLATYSMA}),
}
"""Muscles of every part of the face but the cheek and the mouth, which have the rest."""
REST_OF_FACE = "cheek or the mouth"

EYE_TARGETS = frozenset(
    {
        InjectionTarget.CORRUGATOR,
        InjectionTarget.PROCERUS,
        InjectionTarget.ORBICULARIS_OCULI_UPPER_LID,
        InjectionTarget.ORBICULARIS_OCULI_LOWER_LID,
        InjectionTarget.ORBICULARIS_OCULI_LATERAL,
    }
)
MOUTH_TARGETS = frozenset(
    {
        InjectionTarget.NASAL_LEVATOR,
        InjectionTarget.UPPER_LIP_LEVATOR,
        InjectionTarget.ZYGOMATICUS_MAJOR,
        InjectionTarget.RISORIUS,
        InjectionTarget.BUCCINATOR,
        InjectionTarget.ORBICULARIS_ORIS,
        InjectionTarget.DEPRESSOR_ANGULI_ORIS,
        InjectionTarget.DEPRESSOR_LABII_INFERIORIS,
        InjectionTarget.MENTALIS,
    }
)


def region_of(muscle: Muscle) -> str:
    """Part of the face that a muscle moves."""
    return next((words for words, muscles in REGION_WORDS.items() if muscle in muscles), REST_OF_FACE)
