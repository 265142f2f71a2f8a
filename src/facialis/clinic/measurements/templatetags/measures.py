"""How pages of measures write numbers; ``{% load measures %}``."""

from django import template

from facialis.report.words import number_words

register = template.Library()


@register.filter
def tenths(value: float | None) -> str:
    """'64.2', or a dash."""
    return number_words(value)


@register.filter
def signed(value: float | None) -> str:
    """'+1.2', or a dash."""
    return number_words(value, signed=True)


@register.filter
def percent(share: float) -> str:
    """'85 %' of 0.85."""
    return f"{100 * share:.0f} %"


@register.filter
def per_px(value: float) -> str:
    """'0.0812'."""
    return f"{value:.4f}"


@register.filter
def times(value: float, factor: float) -> str:
    """A length for an attribute of SVG."""
    return f"{value * factor:.2f}"


@register.filter
def minus(value: int, less: int) -> int:
    """A difference of whole numbers."""
    return value - less
