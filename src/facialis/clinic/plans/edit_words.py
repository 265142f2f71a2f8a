"""Edits of a plan in words."""

from django.utils.translation import gettext as _

from facialis.clinic.plans.choices import needles_of, word_of_side
from facialis.clinic.plans.models import PlanEdit
from facialis.clinic.plans.rows import needle_words
from facialis.clinic.site.templatetags.clinic_format import units_of


def words_of(edit: PlanEdit) -> str:
    """'changed RIGHT frontalis from 2 × 2.5 to 2 × 2 units'."""
    sentence = {
        "accept": _("accepted %(where)s: %(after)s"),
        "change": _("changed %(where)s from %(before)s to %(after)s"),
        "add": _("added %(where)s: %(after)s"),
        "remove": _("removed %(where)s: it was %(before)s"),
        "undo": _("put back an earlier edit"),
        "accept_all": _("accepted everything as suggested"),
        "take_alternative": _("took one of the alternatives"),
        "copy_last": _("copied earlier doses"),
        "start_empty": _("began with nothing"),
        "reason": _("wrote a reason for a warning"),
        "propose": _("had the proposal made again"),
        "override": _("overrode a stop, with a reason"),
    }.get(edit.kind, edit.kind)
    before, after = edit.before or {}, edit.after or {}
    target, side = (after.get("place") or before.get("place")) or ("", None)
    return sentence % {
        "where": f"{_(word_of_side(side))} {_(target.replace('_', ' '))}",
        "before": _needles(before),
        "after": _needles(after),
    }


def _needles(part: dict[str, object]) -> str:
    listed = part.get("choices")
    words = needle_words(needles_of(listed)) if isinstance(listed, list) else ""
    return units_of(words) if words else _("nothing")
