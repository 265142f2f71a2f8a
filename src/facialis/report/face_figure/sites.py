"""Injection points as numbered circles."""

from xml.sax.saxutils import escape

from facialis.anatomy.injection_sites import InjectionSite, injection_sites
from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.mesh.barycentric import place
from facialis.report.face_figure.drawing import INK, PAPER, Style, disc, text
from facialis.report.face_figure.frame import Frame
from facialis.report.face_figure.plan import FigurePlan

RADIUS_PX = 9.4
NUMBER_PX = 11.5
DASHED: Style = {"stroke_dasharray": "3.4 2.5"}


def site_circles(frame: Frame, plan: FigurePlan) -> str:
    """Draw every point of the plan's targets; the number is the target's in the legend."""
    parts = []
    for number, record in enumerate(plan.targets, start=1):
        drawn: set[InjectionSite] = set()
        for side in plan.sides:
            for site in injection_sites(record.target, side):
                if site not in drawn:  # a midline point belongs to both sides
                    drawn.add(site)
                    x, y = frame.to_px(place(site.place, neutral_points_mm()))
                    where = "midline" if site.side is None else site.side.label
                    words = f"{where} {record.full_name}, point {site.number}"
                    parts.append(circle(float(x), float(y), number, words, is_optional=site.is_optional))
    return "".join(parts)


def circle(x: float, y: float, number: int, words: str, *, is_optional: bool) -> str:
    """One point: a white disc with a dark ring, dashed where the point may be left out."""
    dash = DASHED if is_optional else {}
    style: Style = {"font_size": NUMBER_PX, "font_weight": 700, "fill": INK, "text_anchor": "middle"}
    return (
        '<g class="site">'
        + (f"<title>{escape(words)}</title>" if words else "")
        + disc(x, y, RADIUS_PX + 1.6, fill=PAPER, fill_opacity=0.9)
        + disc(x, y, RADIUS_PX, fill=PAPER, stroke=INK, stroke_width=1.7, **dash)
        + text(x, y + NUMBER_PX * 0.36, str(number), **style)
        + "</g>"
    )
