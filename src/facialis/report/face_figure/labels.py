"""Names of muscles beside the face, with leader lines."""

from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.muscle_records import MuscleRecord
from facialis.anatomy.muscles import muscle
from facialis.anatomy.sides import Side
from facialis.report.face_figure.drawing import INK, PAPER, SOFT, disc, segment, text
from facialis.report.face_figure.fibres import point_on_muscle
from facialis.report.face_figure.frame import Frame
from facialis.report.face_figure.label_layout import LabelRequest, PlacedLabel, place_labels
from facialis.report.face_figure.palette import label_colour
from facialis.report.face_figure.plan import FigurePlan, PaintedMuscle, Part

NAME_PX, DETAIL_PX, LINE_PX = 15.5, 12.5, 17.0
ABBREVIATION_PX = 58.0
"""Room for the widest abbreviation."""

GAP_PX = 13.0
COLUMN_EDGE_MM = 86.0
"""Leader lines leave the column of names here, beside the ears."""

ANCHORS: dict[Muscle, tuple[int, float, float]] = {
    Muscle.FRONTALIS: (0, 0.72, 0.36),
    Muscle.CORRUGATOR_SUPERCILII: (0, 0.5, 0.62),
    Muscle.PROCERUS: (0, 0.6, 0.93),
    Muscle.DEPRESSOR_SUPERCILII: (0, 0.6, 0.80),
    Muscle.ORBICULARIS_OCULI_PRETARSAL: (0, 0.6, 0.57),
    Muscle.ORBICULARIS_OCULI_PRESEPTAL: (0, 0.5, 0.28),
    Muscle.ORBICULARIS_OCULI_ORBITAL_SUPERIOR: (0, 0.7, 0.72),
    Muscle.ORBICULARIS_OCULI_ORBITAL_LATERAL: (0, 0.5, 0.86),
    Muscle.ORBICULARIS_OCULI_ORBITAL_INFERIOR: (0, 0.6, 0.70),
    Muscle.NASALIS: (0, 0.5, 0.6),
    Muscle.LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI: (1, 0.5, 0.42),
    Muscle.LEVATOR_LABII_SUPERIORIS: (0, 0.7, 0.35),
    Muscle.ZYGOMATICUS_MINOR: (0, 0.5, 0.36),
    Muscle.ZYGOMATICUS_MAJOR: (0, 0.6, 0.46),
    Muscle.LEVATOR_ANGULI_ORIS: (0, 0.72, 0.72),
    Muscle.RISORIUS: (0, 0.55, 0.20),
    Muscle.BUCCINATOR: (0, 0.6, 0.22),
    Muscle.ORBICULARIS_ORIS_SUPERIOR: (0, 0.14, 0.66),
    Muscle.ORBICULARIS_ORIS_INFERIOR: (0, 0.62, 0.16),
    Muscle.DEPRESSOR_ANGULI_ORIS: (0, 0.62, 0.26),
    Muscle.DEPRESSOR_LABII_INFERIORIS: (0, 0.52, 0.36),
    Muscle.MENTALIS: (0, 0.55, 0.22),
    Muscle.PLATYSMA: (0, 0.66, 0.42),
    Muscle.DEPRESSOR_SEPTI_NASI: (0, 0.5, 0.82),
}
"""Where a leader line ends: bundle, share across, share along from the origin; on bare muscle."""


def muscle_labels(frame: Frame, plan: FigurePlan, *, top_px: float, bottom_px: float) -> str:
    """Draw the names of the labelled muscles, each column on the side that its muscles are on."""
    parts = []
    for side in plan.sides:
        shown = [painted for painted in plan.painted if painted.is_labelled and painted.side is side]
        requests = [_request(frame, painted) for painted in shown]
        edge = float(frame.drawn([(COLUMN_EDGE_MM, 0.0)], side)[0, 0])
        placed = place_labels(requests, edge_x_px=edge, top_px=top_px, bottom_px=bottom_px, gap_px=GAP_PX)
        by_name = {painted.muscle.value: painted for painted in shown}
        parts += [_label(label, by_name[label.name], side) for label in placed]
    return "".join(parts)


def name_lines(record: MuscleRecord) -> tuple[str, ...]:
    """The name in one line or two."""
    first, comma, rest = record.full_name.partition(", ")
    if comma:
        return (f"{first},", rest)
    words = first.split()
    return (first,) if len(words) <= 3 else (" ".join(words[:3]), " ".join(words[3:]))


def _request(frame: Frame, painted: PaintedMuscle) -> LabelRequest:
    x, y = point_on_muscle(frame, painted.muscle, painted.side, ANCHORS[painted.muscle])
    return LabelRequest(painted.muscle.value, (float(x), float(y)), len(_lines(painted)) * LINE_PX)


def _lines(painted: PaintedMuscle) -> tuple[str, ...]:
    lines = name_lines(muscle(painted.muscle))
    return (*lines, "antagonist") if painted.part is Part.ANTAGONIST else lines


def _label(label: PlacedLabel, painted: PaintedMuscle, side: Side) -> str:
    return _leader(label) + _words(label, painted, side)


def _leader(label: PlacedLabel) -> str:
    """A fine dark line in a white one, so that it is seen on every colour; a dot where it ends."""
    return (
        segment(label.start, label.anchor, stroke=PAPER, stroke_width=3.2, stroke_opacity=0.75)
        + segment(label.start, label.anchor, stroke=INK, stroke_width=0.9)
        + disc(*label.anchor, 2.9, fill=INK, stroke=PAPER, stroke_width=1.1)
    )


def _words(label: PlacedLabel, painted: PaintedMuscle, side: Side) -> str:
    """The abbreviation next to the line, as injectors write it on a chart, and then the name."""
    outward, anchor = (-1.0, "end") if side is Side.RIGHT else (1.0, "start")
    record, lines = muscle(painted.muscle), _lines(painted)
    x, middle = label.start
    x += 4 * outward
    y = middle - len(lines) * LINE_PX / 2 + NAME_PX * 0.86
    weight = 700 if painted.part is Part.CHOSEN else 400
    colour = label_colour(painted.colour)
    parts = [
        text(
            x,
            middle + DETAIL_PX * 0.36,
            record.abbreviation,
            font_size=DETAIL_PX,
            font_weight=700,
            fill=colour,
            text_anchor=anchor,
        )
    ]
    names = len(name_lines(record))
    x += ABBREVIATION_PX * outward
    for index, line in enumerate(lines):
        size, fill = (NAME_PX, INK) if index < names else (DETAIL_PX, SOFT)
        at = y + index * LINE_PX
        parts.append(text(x, at, line, font_size=size, fill=fill, font_weight=weight, text_anchor=anchor))
    return "".join(parts)
