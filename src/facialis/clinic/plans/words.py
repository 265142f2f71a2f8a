"""Words of plans that pages show and tables do not hold."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

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
