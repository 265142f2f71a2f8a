"""The whole figure: a face with its muscles, injection points, names, legend and where all that is from."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.muscles import muscle
from facialis.anatomy.sides import Side
from facialis.report.face_figure.details import target_details
from facialis.report.face_figure.drawing import FONT, INK, PAPER, SOFT, text, text_width_px, wrap
from facialis.report.face_figure.features import brows, eyes, lips, modiolus, nose
from facialis.report.face_figure.fibres import Look, draw_muscle
from facialis.report.face_figure.frame import BOTH_SIDES, Frame
from facialis.report.face_figure.head import gradients, hair, head_beneath, silhouette
from facialis.report.face_figure.labels import muscle_labels
from facialis.report.face_figure.legend import colour_key, ring_key, target_list, target_list_height_px
from facialis.report.face_figure.plan import FigurePlan, Part, plan_figure
from facialis.report.face_figure.sites import site_circles

WIDTH_PX = 1240.0
"""The width of A4 at 150 dots per inch."""

MARGIN_PX = 56.0
FRAME = Frame(origin_x_px=WIDTH_PX / 2, origin_y_px=590.0, px_per_mm=3.86)
PICTURE_TOP_PX, PICTURE_BOTTOM_PX = 130.0, 1270.0
TITLE_PX, SMALL_TITLE_PX = 33.0, 24.0
FOOT_PX, FOOT_LINE_PX = 13.5, 20.0

LOOKS = {Part.BYSTANDER: Look.PALE, Part.REMOVED: Look.OUTLINED}

POSITIONS_FROM = "positions: design of this software, from written rules; confirm on the patient"


def draw_face_figure(
    chosen: Sequence[Muscle] = (), *, side: Side | None = None, with_sites: bool = True
) -> str:
    """Draw the face with its muscles and injection points.

    Parameters
    ----------
    chosen : sequence of Muscle     Drawn strongly, their antagonists named, the others pale; none for
                                    all alike.
    side : Side, optional           The patient's; None for both.
    with_sites : bool               Whether injection points are drawn and listed.

    Returns
    -------
    str                             SVG text, as wide as A4 at 150 dots per inch.

    Raises
    ------
    NoShapeError        A chosen muscle has no course on the mesh.

    Notes
    -----
    The face is the neutral mesh, the patient's RIGHT on the left of the picture, as one sees the
    patient. Courses and points come from cited tables; their tags stand below the picture.
    """
    plan = plan_figure(chosen, side=side, with_sites=with_sites)
    below, height = _below(plan)
    heading, description = _heading(plan), _description(plan)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX:g} {height:.0f}" '
        f'width="{WIDTH_PX:g}" height="{height:.0f}" role="img" aria-labelledby="title description" '
        f'font-family="{FONT}">\n'
        f'<title id="title">{escape(heading)}</title><desc id="description">{escape(description)}</desc>\n'
        f"<defs>{gradients()}"
        f'<clipPath id="picture"><rect x="0" y="{PICTURE_TOP_PX}" width="{WIDTH_PX:g}" '
        f'height="{PICTURE_BOTTOM_PX - PICTURE_TOP_PX}"/></clipPath>'
        f'<clipPath id="skin-edge"><path d="{silhouette(FRAME)}"/></clipPath>'
        f'<linearGradient id="fade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{PAPER}" '
        f'stop-opacity="0"/><stop offset="1" stop-color="{PAPER}"/></linearGradient></defs>\n'
        f'<rect width="{WIDTH_PX:g}" height="{height:.0f}" fill="{PAPER}"/>\n'
        f"{_head_lines(plan)}\n{_picture(plan)}\n{below}\n</svg>\n"
    )


def _picture(plan: FigurePlan) -> str:
    painted = "".join(
        draw_muscle(FRAME, p.muscle, p.side, p.colour, LOOKS.get(p.part, Look.FULL)) for p in plan.painted
    )
    return (
        f'<g clip-path="url(#picture)">{head_beneath(FRAME)}'
        f'<g clip-path="url(#skin-edge)">{painted}</g>'
        f"{modiolus(FRAME, plan.sides)}{lips(FRAME)}{nose(FRAME)}{brows(FRAME)}{eyes(FRAME)}{hair(FRAME)}"
        f'<rect x="0" y="{PICTURE_BOTTOM_PX - 60}" width="{WIDTH_PX:g}" height="61" fill="url(#fade)"/></g>\n'
        f"{_side_names(plan)}\n"
        f"{muscle_labels(FRAME, plan, top_px=PICTURE_TOP_PX + 80, bottom_px=PICTURE_BOTTOM_PX - 120)}\n"
        f"{site_circles(FRAME, plan)}"
    )


def _side_names(plan: FigurePlan) -> str:
    layers = {Side.RIGHT: "superficial muscles", Side.LEFT: "deep muscles, superficial ones outlined"}
    parts = []
    for side in BOTH_SIDES:
        anchor = "start" if side is Side.RIGHT else "end"
        x = MARGIN_PX if side is Side.RIGHT else WIDTH_PX - MARGIN_PX
        y = PICTURE_TOP_PX + 18
        parts += [
            text(x, y, "patient’s", font_size=15, fill=SOFT, text_anchor=anchor),
            text(x, y + 30, side.label, font_size=30, font_weight=700, fill=INK, text_anchor=anchor),
        ]
        if plan.is_layered:
            parts.append(text(x, y + 52, layers[side], font_size=15, fill=SOFT, text_anchor=anchor))
    return "".join(parts)


def _heading(plan: FigurePlan) -> str:
    if not plan.chosen:
        return "Muscles of facial expression" + (" and injection points" if plan.targets else "")
    names = " · ".join(muscle(m).full_name for m in plan.chosen)
    is_short = text_width_px(names, SMALL_TITLE_PX, is_bold=True) < WIDTH_PX - 2 * MARGIN_PX
    return names if is_short else f"{len(plan.chosen)} muscles of facial expression"


def _description(plan: FigurePlan) -> str:
    shown = ", ".join(
        m.full_name for m in map(muscle, dict.fromkeys(p.muscle for p in plan.painted if p.is_labelled))
    )
    words = (
        "A face as the clinician sees it: the patient's RIGHT on the left of the picture, the patient's "
        f"LEFT on its right. Named: {shown}."
    )
    if plan.is_layered:
        words += " The RIGHT half shows the superficial muscles, the LEFT half the deep ones."
    if plan.targets:
        listed = "; ".join(f"{n} {t.full_name}" for n, t in enumerate(plan.targets, start=1))
        words += f" Numbered injection points: {listed}. Their {POSITIONS_FROM}."
    return words


def _head_lines(plan: FigurePlan) -> str:
    words = _heading(plan)
    is_short = text_width_px(words, TITLE_PX, is_bold=True) < WIDTH_PX - 2 * MARGIN_PX
    size = TITLE_PX if is_short else SMALL_TITLE_PX
    return text(MARGIN_PX, 66, words, font_size=size, font_weight=700, fill=INK) + text(
        MARGIN_PX, 98, _subtitle(plan), font_size=16.5, fill=SOFT
    )


def _subtitle(plan: FigurePlan) -> str:
    if len(plan.chosen) == 1:
        record = muscle(plan.chosen[0])
        expressions = ", ".join(record.expressions)
        return f"Origin: {record.origin}. Insertion: {record.insertion}. Expression: {expressions}."
    return "The patient as the clinician sees the patient. LEFT and RIGHT are always the patient’s."


def _below(plan: FigurePlan) -> tuple[str, float]:
    """Everything below the picture, and the height of the whole figure."""
    left, right, y = MARGIN_PX, WIDTH_PX - MARGIN_PX, PICTURE_BOTTOM_PX + 26
    parts = [colour_key(plan, left=left, top=y)]
    if plan.targets:
        parts.append(ring_key(right=right, top=y))
        y += 26
        if plan.chosen:
            details, y = target_details(plan.targets, left=left, right=right, top=y)
            parts.append(details)
        else:
            parts.append(target_list(plan.targets, left=left, right=right, top=y))
            y += target_list_height_px(plan.targets)
    y += 30
    for line in wrap(_sources(plan), FOOT_PX, right - left):
        parts.append(text(left, y, line, font_size=FOOT_PX, fill=SOFT))
        y += FOOT_LINE_PX
    return "".join(parts), y + 14


def _sources(plan: FigurePlan) -> str:
    words = "Muscles: courses drawn by this software from standard origins and insertions (design)."
    if undrawn := _undrawn_antagonists(plan):
        words += f" Antagonists that are not drawn: {', '.join(undrawn)}."
    if plan.with_sites and not plan.targets:
        words += " No injection point is listed for what is drawn strongly here."
    if plan.targets:
        tags = ", ".join(dict.fromkeys(t.citation.provenance.value for t in plan.targets))
        outside = any(
            site.is_outside_mesh
            for t in plan.targets
            for side in plan.sides
            for site in injection_sites(t.target, side)
        )
        words += (
            f" Points, {POSITIONS_FROM}. Depth and number of points: {tags}, to be confirmed by a clinician. "
            "Botulinum toxin for facial palsy is off-label in the US."
        )
        if outside:
            words += " Points on the upper forehead and the neck lie outside the face mesh: extrapolated."
    return words


def _undrawn_antagonists(plan: FigurePlan) -> tuple[str, ...]:
    """What pulls against the chosen muscles and has no course on the mesh, such as gravity."""
    found = (
        antagonist.label
        for m in plan.chosen
        for antagonist in muscle(m).antagonists
        if antagonist.muscle not in FACIAL_MUSCLES
    )
    return tuple(dict.fromkeys(found))
