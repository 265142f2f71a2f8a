"""Places of the needle: which exist, and how they are called."""

from django.utils.translation import gettext as _

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.anatomy.site_words import site_words
from facialis.clinic.kernel.errors import FieldsError
from facialis.planning.places import is_midline


def require_place(target: str, side: str, point: int) -> None:
    """Refuse a place that is none; raises `FieldsError`."""
    if target not in set(InjectionTarget):
        raise FieldsError({"target": _("Choose a target from the list.")})
    found = InjectionTarget(target)
    if is_midline(found) and side:
        raise FieldsError({"side": _("This target lies on the midline: leave the side empty.")})
    if not is_midline(found) and side not in set(Side):
        raise FieldsError({"side": _("Say LEFT or RIGHT, the patient's side.")})
    numbers = [site.number for site in injection_sites(found, Side(side) if side else Side.LEFT)]
    if point not in numbers:
        raise FieldsError(
            {
                "point": _("This target has the points %(numbers)s.")
                % {"numbers": ", ".join(map(str, numbers))}
            }
        )


def place_words(target: str, side: str, point: int) -> str:
    """'RIGHT corrugator, point 1 (medial)'; 'procerus (midline), point 1'."""
    name = _(target.replace("_", " "))
    words = site_words(InjectionTarget(target), point)
    where = f" ({_(words)})" if words else ""
    if not side:
        return _("%(name)s (midline), point %(point)d") % {"name": name, "point": point} + where
    named = {"side": _(Side(side).label), "name": name, "point": point}
    return _("%(side)s %(name)s, point %(point)d") % named + where
