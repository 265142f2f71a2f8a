"""Words and numbers of explanations, written one way."""

from facialis.anatomy.expressions import Expression
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.sides import Side
from facialis.planning.outcome.terms import OutcomeTerm, TermKind
from facialis.planning.places import Place, is_midline
from facialis.toxins import ToxinProduct


def plain(name: str) -> str:
    """A code as words."""
    return name.replace("_", " ")


def expression_text(expression: Expression) -> str:
    """'at rest', 'in open smile'."""
    return "at rest" if expression is Expression.REST else f"in {plain(expression.value)}"


def muscle_text(muscle: Muscle, side: Side) -> str:
    """'zygomaticus major, LEFT'."""
    return f"{plain(muscle.value)}, {side.label}"


def place_name(place: Place) -> str:
    """'Mentalis, LEFT', to begin a sentence."""
    side, target = place
    word = "midline" if side is None and is_midline(target) else "both sides" if side is None else side.label
    return f"{plain(target.value).capitalize()}, {word}"


def percent(share: float) -> str:
    """'12 %'; whole numbers, and 'less than 1 %' where that would be 0."""
    per_cent = 100 * share
    if 0 < per_cent < 0.5:
        return "less than 1 %"
    return f"{per_cent:.0f} %"


def signed_percent(share: float) -> str:
    """'+12 %', '−31 %': with a true minus, and with a space that no line breaks at."""
    per_cent = round(100 * share)
    sign = "+" if per_cent > 0 else "−" if per_cent < 0 else ""
    return f"{sign}{abs(per_cent)}\N{NO-BREAK SPACE}%"


def units_text(units: float, product: ToxinProduct) -> str:
    """'2.5 units onabotulinumtoxinA'."""
    return f"{units:g} {'unit' if units == 1 else 'units'} {product.value}"


def listed(parts: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def term_words(term: OutcomeTerm, affected: Side) -> str:
    """What an outcome term counts, with its side."""
    if term.muscle is not None:
        return f"tightness of {muscle_text(term.muscle, affected)}"
    assert term.expression is not None  # noqa: S101  all but tightness have both
    assert term.reading is not None  # noqa: S101
    reading, where = plain(term.reading.name.lower()), expression_text(term.expression)
    if term.kind is TermKind.ASYMMETRY:
        return f"asymmetry of {reading} {where}"
    if term.kind is TermKind.SYNKINESIS:
        return f"involuntary movement of {reading} {where}, {affected.label}"
    side = affected if term.role is not None and term.role.value == "affected" else affected.opposite
    return f"wanted movement of {reading} {where}, {side.label}"
