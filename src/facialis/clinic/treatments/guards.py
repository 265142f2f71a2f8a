"""What speaks against giving a signed plan now: the record may have changed since it was signed."""

from django.utils.translation import gettext as _

from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.surroundings import surroundings_of


def objections_to(plan: Plan) -> tuple[str, ...]:
    """Sentences; empty: nothing changed that speaks against it.

    A contraindication, a pregnancy or a withdrawn consent, recorded after the signature, is found here.
    """
    found = surroundings_of(plan)
    said = []
    if not found.has_consent:
        said.append(_("The patient's consent to the treatment is not given, or was withdrawn."))
    if found.refusal:
        said.append(found.refusal)
    if found.changed:
        said.append(
            _("The record changed since the plan was made: %(what)s.") % {"what": ", ".join(found.changed)}
        )
    return tuple(said)
