"""Names and numbers as people read them: one place, so that table, picture and page agree."""

from facialis.anatomy.expressions import Expression

UNIT_SYMBOLS = {"mm": "mm", "mm2": "mm²", "deg": "°"}

MEASURE_WORDS = {
    "margin_reflex_distance_1": "pupil to upper lid",
    "margin_reflex_distance_2": "pupil to lower lid",
    "commissure_height": "lip corner height",
    "commissure_lateral": "lip corner from midline",
    "alar_height": "nostril wing height",
    "dental_show": "teeth shown",
    "nasolabial_length": "nasolabial fold length",
}
"""Where the plain words of the name are not the words of the clinic."""

KEY_MEASURES: dict[Expression, tuple[str, ...]] = {
    Expression.REST: (
        "brow_height",
        "palpebral_fissure",
        "alar_height",
        "commissure_height",
        "commissure_lateral",
    ),
    Expression.BROW_RAISE: ("brow_height", "palpebral_fissure", "commissure_height"),
    Expression.GENTLE_EYE_CLOSURE: ("palpebral_fissure", "eye_area", "commissure_height"),
    Expression.TIGHT_EYE_CLOSURE: ("palpebral_fissure", "brow_height", "commissure_height"),
    Expression.SNARL: ("alar_height", "upper_lip_height", "palpebral_fissure"),
    Expression.CLOSED_SMILE: ("commissure_height", "commissure_lateral", "palpebral_fissure"),
    Expression.OPEN_SMILE: ("commissure_height", "commissure_lateral", "dental_show", "palpebral_fissure"),
    Expression.PUCKER: ("commissure_lateral", "commissure_height", "palpebral_fissure"),
    Expression.LOWER_TEETH_SHOW: ("lower_lip_height", "dental_show", "commissure_height"),
    Expression.NASAL_BASE: ("alar_height",),
}
"""What each expression is taken for: shown where a whole set has to fit on a screen."""


def measure_words(name: str) -> str:
    """The words for a measure."""
    if name.endswith("_excursion"):
        return measure_words(name.removesuffix("_excursion")) + " (movement)"
    return MEASURE_WORDS.get(name, name.replace("_", " "))


def expression_words(expression: Expression | None) -> str:
    """The words for an expression; one that nobody named is said to be so."""
    return "expression not given" if expression is None else expression.replace("_", " ")


def number_words(value: float | None, sd: float | None = None, *, signed: bool = False) -> str:
    """A number with its sd, to a tenth; an em dash where there is none."""
    if value is None:
        return "—"
    # Rounded first, so that a small negative number is not printed as -0.0.
    rounded = round(value, 1) + 0.0
    text = (f"{rounded:+.1f}" if signed else f"{rounded:.1f}").replace("-", "−")
    return text if sd is None else f"{text} ± {sd:.1f}"


def unit_symbol(unit: str) -> str:
    """The sign of a unit."""
    return UNIT_SYMBOLS.get(unit, unit)
