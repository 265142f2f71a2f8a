"""Words of plans that pages show and tables do not hold."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.site_words import site_words
from facialis.clinic.site.templatetags.clinic_format import units
from facialis.evidence import Provenance

TAGS: Mapping[str, Any] = {
    Provenance.FOUND: _("read on a page of the source"),
    Provenance.RECALL_HIGH: _("recalled from memory; the writer is sure"),
    Provenance.RECALL_MEDIUM: _("recalled from memory; a clinician has to stand for it"),
    Provenance.DERIVED: _("computed from numbers that have a source"),
    Provenance.DESIGN: _("a choice of this software, no evidence"),
    Provenance.CALIBRATED: _("fitted by this project to its own data"),
}
"""What the provenance of a number means."""

DRAWING = (
    gettext_noop("The muscles of a drawn face"),
    gettext_noop(
        "Muscles are tinted by how far they work without being asked; the patient's RIGHT is on the left."
    ),
    gettext_noop("patient’s"),
    gettext_noop("RIGHT"),
    gettext_noop("LEFT"),
)
"""Texts in the planner's drawing of the face."""


def point_words(target: str, number: int) -> str:
    """'medial': which point of its target it is, so that nobody has to know our numbers; may be empty."""
    found = site_words(InjectionTarget(target), number)
    return gettext(found) if found else ""


def totals_words(totals: Mapping[str, Any]) -> str:
    """'RIGHT 10 units, LEFT 28 units; session 38 units onabotulinumtoxinA in 19 points'."""
    if not totals:
        return ""
    whole = f"{units(totals['session'])} {totals['product']}"
    by_side = ((gettext("RIGHT"), "right"), (gettext("LEFT"), "left"), (gettext("midline"), "midline"))
    parts = [f"{words} {units(totals[side])}" for words, side in by_side if totals[side] != "0"]
    if not parts:
        return whole
    count = totals["needles"]
    needles = ngettext("in %(count)s point", "in %(count)s points", count) % {"count": count}
    return gettext("%(sides)s; session %(whole)s") % {
        "sides": ", ".join(parts),
        "whole": f"{whole} {needles}",
    }
