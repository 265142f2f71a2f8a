"""Which instruments the clinic offers, to whom each is put, and which photograph shows what an item asks."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import Http404

from facialis.anatomy.expressions import Expression
from facialis.grading.instrument import Instrument
from facialis.grading.registry import INSTRUMENTS

OF_CLINICIANS = (
    "house_brackmann",
    "sunnybrook",
    "eface",
    "fngs2",
    "stennert",
    "house_brackmann_regional",
    "house_brackmann_measured",
)
OF_PATIENTS = ("fdi", "face_scale", "saq")
"""Questionnaires; their wording belongs to their authors."""

ONLY_OF_OLD_RECORDS = "unlike_unspecified"
"""An answer for records that keep only points; nobody who looks at a face is offered it."""

_REST, _BROW, _GENTLE, _TIGHT, _SNARL, _SMILE, _PUCKER, _TEETH = (
    Expression.REST,
    Expression.BROW_RAISE,
    Expression.GENTLE_EYE_CLOSURE,
    Expression.TIGHT_EYE_CLOSURE,
    Expression.SNARL,
    Expression.OPEN_SMILE,
    Expression.PUCKER,
    Expression.LOWER_TEETH_SHOW,
)

SHOWN_BY: Mapping[str, Mapping[str, Expression]] = MappingProxyType(
    {
        "house_brackmann": {
            "rest": _REST,
            "forehead": _BROW,
            "eye_closure": _TIGHT,
            "mouth": _SMILE,
        },
        "house_brackmann_regional": {"forehead": _BROW, "eye": _TIGHT, "midface": _SNARL, "mouth": _SMILE},
        "house_brackmann_measured": {"brow": _BROW, "commissure": _SMILE},
        "fngs2": {"brow": _BROW, "eye": _TIGHT, "nasolabial_fold": _SMILE, "oral_commissure": _SMILE},
        "sunnybrook": {
            "eye_rest": _REST,
            "cheek_rest": _REST,
            "mouth_rest": _REST,
            "brow_raise_movement": _BROW,
            "brow_raise_synkinesis": _BROW,
            "eye_closure_movement": _GENTLE,
            "eye_closure_synkinesis": _GENTLE,
            "smile_movement": _SMILE,
            "smile_synkinesis": _SMILE,
            "snarl_movement": _SNARL,
            "snarl_synkinesis": _SNARL,
            "pucker_movement": _PUCKER,
            "pucker_synkinesis": _PUCKER,
        },
        "eface": {
            "brow_rest": _REST,
            "palpebral_fissure_rest": _REST,
            "nasolabial_fold_rest": _REST,
            "oral_commissure_rest": _REST,
            "brow_elevation": _BROW,
            "gentle_eye_closure": _GENTLE,
            "full_eye_closure": _TIGHT,
            "nasolabial_fold_depth_smile": _SMILE,
            "nasolabial_fold_orientation_smile": _SMILE,
            "oral_commissure_smile": _SMILE,
            "lower_lip_eee": _TEETH,
        },
        "stennert": {
            "fissure_difference": _REST,
            "ectropion": _REST,
            "nasolabial_fold_effaced": _REST,
            "mouth_corner_drop": _REST,
            "brow_raise_below_half": _BROW,
            "eye_open_sleep_posture": _GENTLE,
            "eye_open_maximum_effort": _TIGHT,
            "canines_not_shown": _SMILE,
            "second_incisor_not_shown": _SMILE,
            "pucker_below_half": _PUCKER,
        },
    }
)
"""Instrument, item: the expression whose photograph is shown beside it. The rest is of the whole face."""


def instrument_or_404(instrument_id: str) -> Instrument:
    """The instrument of an address."""
    if instrument_id not in INSTRUMENTS:
        raise Http404
    return INSTRUMENTS[instrument_id]


def is_questionnaire(instrument_id: str) -> bool:
    """Whether the patient answers it."""
    return instrument_id in OF_PATIENTS
