"""What expressions are called on pages."""

from django.utils.translation import gettext as _

from facialis.anatomy.expressions import Expression


def expression_label(expression: Expression) -> str:
    """Name of an expression, as a heading writes it."""
    return {
        Expression.REST: _("Rest"),
        Expression.BROW_RAISE: _("Brow raise"),
        Expression.GENTLE_EYE_CLOSURE: _("Gentle eye closure"),
        Expression.TIGHT_EYE_CLOSURE: _("Tight eye closure"),
        Expression.SNARL: _("Snarl"),
        Expression.CLOSED_SMILE: _("Closed smile"),
        Expression.OPEN_SMILE: _("Open smile"),
        Expression.PUCKER: _("Pucker"),
        Expression.LOWER_TEETH_SHOW: _("Lower teeth show"),
        Expression.NASAL_BASE: _("Nasal base"),
    }[expression]


def instruction(expression: Expression) -> str:
    """What to say to the patient."""
    return {
        Expression.REST: _("Relax your face and look at me."),
        Expression.BROW_RAISE: _("Raise your brows as far as you can."),
        Expression.GENTLE_EYE_CLOSURE: _("Close your eyes gently, as in sleep."),
        Expression.TIGHT_EYE_CLOSURE: _("Squeeze your eyes shut."),
        Expression.SNARL: _("Wrinkle your nose and show your upper teeth."),
        Expression.CLOSED_SMILE: _("Smile with your lips together."),
        Expression.OPEN_SMILE: _("Smile as broadly as you can."),
        Expression.PUCKER: _("Pucker your lips, as to whistle."),
        Expression.LOWER_TEETH_SHOW: _("Show me your lower teeth."),
        Expression.NASAL_BASE: _("Tilt your head back, face relaxed."),
    }[expression]


def answer_label(code: str, answer: str) -> str:
    """Words of an answer to a question."""
    if answer == "remove":
        return {
            "another_person": _("Another person: remove it"),
            "expression": _("Something else: remove it"),
            "same_file": _("Another patient: remove it here"),
        }.get(code, _("Remove it"))
    return {
        ("mirrored", "no"): _("Not mirrored"),
        ("mirrored", "yes"): _("Mirrored"),
        ("expression", "keep"): _("It shows what it was added as"),
        ("another_person", "keep"): _("It is this patient"),
        ("same_file", "keep"): _("It is this patient"),
    }[code, answer]
