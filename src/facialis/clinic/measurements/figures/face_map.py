"""A drawn face on which each region is tinted by how far it moved without being asked."""

from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.sides import Side
from facialis.clinic.measurements.figures.matrix import REGION_WORDS, Matrix
from facialis.measurement.synkinesis import SynkinesisRegion
from facialis.report.face_figure.drawing import FONT, INK, SOFT, mix, text
from facialis.report.face_figure.features import brows, eyes, lips, nose
from facialis.report.face_figure.fibres import Look, draw_muscle
from facialis.report.face_figure.figure import FRAME
from facialis.report.face_figure.frame import BOTH_SIDES
from facialis.report.face_figure.head import gradients, hair, head_beneath, silhouette
from facialis.report.face_figure.plan import PAINTING_ORDER
from facialis.report.plan_figure.geometry import VIEW_BOX

CALM, FULL = "#efe6dd", "#c2431a"
FULL_MM = 4.0
"""Movement that is drawn in the full colour."""
LEAST_TINT = 0.25
"""What is beyond error is seen, however small."""
LEFT_PX, TOP_PX, WIDTH_PX, _HEIGHT_PX = VIEW_BOX

SHOWN_ON = {
    SynkinesisRegion.BROW: (
        Muscle.CORRUGATOR_SUPERCILII,
        Muscle.DEPRESSOR_SUPERCILII,
        Muscle.ORBICULARIS_OCULI_ORBITAL_SUPERIOR,
    ),
    SynkinesisRegion.EYE: (
        Muscle.ORBICULARIS_OCULI_PRETARSAL,
        Muscle.ORBICULARIS_OCULI_PRESEPTAL,
        Muscle.ORBICULARIS_OCULI_ORBITAL_LATERAL,
        Muscle.ORBICULARIS_OCULI_ORBITAL_INFERIOR,
    ),
    SynkinesisRegion.CHEEK: (Muscle.LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI, Muscle.LEVATOR_LABII_SUPERIORIS),
    SynkinesisRegion.COMMISSURE: (
        Muscle.ZYGOMATICUS_MAJOR,
        Muscle.ZYGOMATICUS_MINOR,
        Muscle.LEVATOR_ANGULI_ORIS,
    ),
    SynkinesisRegion.CHIN: (Muscle.MENTALIS,),
    SynkinesisRegion.NECK: (Muscle.PLATYSMA,),
}
"""Muscles that show where a region lies. Which of them worked, a movement does not tell."""


def face_map(matrix: Matrix) -> str:
    """SVG text; the patient's RIGHT on the left. Every region and side is a group with its name."""
    words = "; ".join(
        f"{_(side.label)} {REGION_WORDS[region]()} {cell.mm:.1f} mm"
        for region in SHOWN_ON
        for side in BOTH_SIDES
        if (cell := matrix.strongest(region.value, side.value)) is not None
    )
    box = " ".join(f"{number:g}" for number in VIEW_BOX)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" '
        f'aria-labelledby="map-title map-words" font-family="{FONT}">'
        f'<title id="map-title">{escape(_("Where the face moved without being asked"))}</title>'
        f'<desc id="map-words">{escape(words or _("Nowhere beyond measurement error"))}</desc>'
        f'<defs>{gradients()}<clipPath id="skin-edge"><path d="{silhouette(FRAME)}"/></clipPath></defs>'
        f"{head_beneath(FRAME)}"
        f'<g clip-path="url(#skin-edge)" opacity="0.8">{_muscles(matrix)}</g>'
        f"{lips(FRAME)}{nose(FRAME)}{brows(FRAME)}{eyes(FRAME)}{hair(FRAME)}{_side_names()}</svg>"
    )
    return _apart(svg)


def _muscles(matrix: Matrix) -> str:
    of_region = {muscle: region for region, muscles in SHOWN_ON.items() for muscle in muscles}
    parts = []
    for side in BOTH_SIDES:
        for muscle in PAINTING_ORDER:
            region = of_region.get(muscle)
            if region is None:
                parts.append(draw_muscle(FRAME, muscle, side, CALM, Look.PALE))
                continue
            if region is SynkinesisRegion.NECK:
                drawn = draw_muscle(FRAME, muscle, side, CALM, Look.OUTLINED)
            else:
                drawn = draw_muscle(FRAME, muscle, side, mix(CALM, FULL, _tint(matrix, region, side)))
            parts.append(f'<g class="map__part" data-place="{region.value}-{side.value}">{drawn}</g>')
    return "".join(parts)


def _tint(matrix: Matrix, region: SynkinesisRegion, side: Side) -> float:
    cell = matrix.strongest(region.value, side.value)
    if cell is None:
        return 0.0
    return round(LEAST_TINT + (1 - LEAST_TINT) * min(cell.mm / FULL_MM, 1.0), 2)


def _side_names() -> str:
    parts = []
    for side in BOTH_SIDES:
        anchor = "start" if side is Side.RIGHT else "end"
        x = LEFT_PX + 20 if side is Side.RIGHT else LEFT_PX + WIDTH_PX - 20
        parts += [
            text(
                x,
                TOP_PX + 44,
                _("patient’s"),
                font_size=24,
                fill=SOFT,
                text_anchor=anchor,
                class_="map__soft",
            ),
            text(
                x,
                TOP_PX + 86,
                _(side.label),
                font_size=40,
                font_weight=700,
                fill=INK,
                text_anchor=anchor,
                class_="map__ink",
            ),
        ]
    return "".join(parts).replace("class-=", "class=")


def _apart(svg: str) -> str:
    """Its own names for what it refers to: another drawn face may stand on the same page."""
    for name in ("skin", "neck", "hair", "skin-edge", "eye-left", "eye-right"):
        svg = svg.replace(f'id="{name}"', f'id="map-{name}"').replace(f"url(#{name})", f"url(#map-{name})")
    return svg
