"""Where injection points lie on the drawn face, and how large their circles are: no model is needed."""

import math

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.mesh.barycentric import place
from facialis.anatomy.sides import Side
from facialis.report.face_figure.figure import PICTURE_BOTTOM_PX, PICTURE_TOP_PX, WIDTH_PX

MARGIN_PX = 190.0
"""Cut off at either side of the plate."""
VIEW_BOX = (MARGIN_PX, PICTURE_TOP_PX, WIDTH_PX - 2 * MARGIN_PX, PICTURE_BOTTOM_PX - PICTURE_TOP_PX)
"""Of the diagram: left, top, width, height."""
RADIUS_MM_OF_ONE_UNIT = 2.5


def radius_mm(units: float) -> float:
    """Radius of a dose: the area grows with it."""
    return RADIUS_MM_OF_ONE_UNIT * math.sqrt(units)


def sites_mm(target: InjectionTarget, side: Side | None) -> dict[int, tuple[float, float]]:
    """Every point of a target on the neutral face, by its number.

    Parameters
    ----------
    side : Side     None for a target on the midline.

    Returns
    -------
    dict            x toward the patient's LEFT, y up. [mm]
    """
    found = {}
    for site in injection_sites(target, Side.LEFT if side is None else side):
        x, y, _ = place(site.place, neutral_points_mm())
        found[site.number] = (float(x), float(y))
    return found
