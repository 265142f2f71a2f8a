"""Words of plans that pages show and tables do not hold."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.site_words import site_words
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


def point_words(target: str, number: int) -> str:
    """'medial': which point of its target it is, so that nobody has to know our numbers; may be empty."""
    found = site_words(InjectionTarget(target), number)
    return _now(found) if found else ""
