"""Emergency signs of the toxins' table in sentences that can be translated.

The table is the source of which signs there are and how urgent; a test holds these words to it.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from facialis.toxins.emergency import EmergencySign

SIGNS: dict[str, str | Promise] = {
    "trouble_swallowing": _("Trouble swallowing"),
    "trouble_speaking": _("Trouble speaking, a changed voice"),
    "trouble_breathing": _("Trouble breathing"),
    "general_weakness": _("Weakness of the whole body"),
    "double_vision_with_trouble_swallowing": _("Double vision together with trouble swallowing"),
    "eye_pain_with_loss_of_vision": _("Pain in the eye with loss of vision"),
    "swelling_hives_wheeze": _("Swelling, hives or wheezing"),
    "double_vision": _("Double vision alone"),
    "drooping_lid": _("A drooping lid alone"),
    "urinary_incontinence": _("Loss of urine"),
    "red_or_painful_eye": _("A red or painful eye, or one that sees less"),
}
ADVICE: dict[str, str | Promise] = {
    "Go to an emergency department at once and say that botulinum toxin was injected.": _(
        "Go to an emergency department at once and say that botulinum toxin was injected."
    ),
    "Call the emergency number at once and say that botulinum toxin was injected.": _(
        "Call the emergency number at once and say that botulinum toxin was injected."
    ),
    "Call the clinic on the same day; go to an emergency department if it gets worse or if swallowing, "
    "speaking or breathing becomes hard.": _(
        "Call the clinic on the same day; go to an emergency department if it gets worse or if swallowing, "
        "speaking or breathing becomes hard."
    ),
    "Be seen by an ophthalmologist on the same day.": _("Be seen by an ophthalmologist on the same day."),
}


def sign_words(sign: EmergencySign) -> str:
    """The sign, in the language that is active; the table's own words where none are here yet."""
    return str(SIGNS.get(sign.code, f"{sign.sign[0].upper()}{sign.sign[1:]}"))


def advice_words(sign: EmergencySign) -> str:
    """What to do."""
    return str(ADVICE.get(sign.advice, sign.advice))
