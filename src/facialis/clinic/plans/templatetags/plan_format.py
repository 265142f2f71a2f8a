"""How pages of plans write what the planner says; ``{% load plan_format %}``."""

import re
from datetime import date, datetime
from html import unescape

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from facialis.clinic.kernel.days import days_in_words
from facialis.clinic.plans.choices import side_of_word
from facialis.clinic.plans.words import DRAWING, TAGS, point_words

register = template.Library()

_SVG_TEXT = re.compile(r">([^<>]+)<")


def _translated(found: re.Match[str]) -> str:
    words = unescape(found.group(1))
    return f">{escape(gettext(words))}<" if words in DRAWING else found.group()


@register.filter
def dated(sentence: str) -> str:
    """The sentence with its days written 22-Nov-2026."""
    return days_in_words(sentence)


@register.filter
def iso_day(text: str | None) -> date | None:
    """A day as documents write it, for the filters of the clinic."""
    return date.fromisoformat(text) if text else None


@register.filter
def iso_moment(text: str | None) -> datetime | None:
    """A moment as documents write it."""
    return datetime.fromisoformat(text) if text else None


@register.filter
def where_point(number: int, target: str) -> str:
    """'medial': which point of a target a number is; empty where the target has no other."""
    return point_words(target, number)


@register.filter
def side_value(word: str) -> str:
    """'right' of RIGHT; empty on the midline."""
    return side_of_word(word) or ""


@register.filter
def tag_words(tag: str) -> str:
    """What a provenance tag means, in a few words."""
    return str(TAGS.get(tag, tag))


@register.filter
def target_words(target: str) -> str:
    """'orbicularis oculi upper lid'."""
    return gettext(target.replace("_", " "))


@register.filter
def planner_svg(svg: str) -> SafeString:
    """The drawn face: made by the planner from shapes and numbers alone, without words of a person."""
    return mark_safe(_SVG_TEXT.sub(_translated, svg))  # noqa: S308
