"""What is known of injecting the targets of one muscle, as text beside numbers."""

from facialis.anatomy.injection_sites import TargetRecord, site_neighbours
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.muscles import muscle
from facialis.report.face_figure.drawing import FAINT, INK, SOFT, segment, text, wrap
from facialis.report.face_figure.legend import depth_words, points_words
from facialis.report.face_figure.sites import circle

NAME_PX, BODY_PX, LINE_PX = 18.0, 15.0, 21.0
HEADING_WIDTH_PX = 190.0


def target_details(
    targets: tuple[TargetRecord, ...], *, left: float, right: float, top: float
) -> tuple[str, float]:
    """Draw each target with all that is stated of it; return the text and where it ends. [px]"""
    parts, y = [], top
    for number, record in enumerate(targets, start=1):
        parts.append(segment((left, y), (right, y), stroke=FAINT))
        parts += [
            circle(left + 12, y + 24, number, "", is_optional=False),
            text(left + 34, y + 30, record.full_name, font_size=NAME_PX, font_weight=700, fill=INK),
        ]
        y += 58
        for heading, words in _statements(record):
            parts.append(text(left + 34, y, heading, font_size=BODY_PX, fill=SOFT))
            for line in wrap(words, BODY_PX, right - left - HEADING_WIDTH_PX - 34):
                parts.append(text(left + 34 + HEADING_WIDTH_PX, y, line, font_size=BODY_PX, fill=INK))
                y += LINE_PX
        y += 2
    return "".join(parts), y


def _statements(record: TargetRecord) -> list[tuple[str, str]]:
    """Heading and sentence; what nobody states is said to be so, where a reader would miss it."""
    statements = [
        ("where", record.point),
        ("points", points_words(record)),
        ("depth", depth_words(record, unknown="not stated")),
    ]
    if record.direction:
        statements.append(("needle", record.direction))
    statements.append(("main hazard", record.main_hazard or "none stated"))
    for neighbour in site_neighbours(record.target):
        name = (
            muscle(neighbour.neighbour).full_name
            if isinstance(neighbour.neighbour, Muscle)
            else neighbour.neighbour.value.replace("_", " ")
        )
        statements.append(
            ("at risk", f"{name}: {neighbour.consequence} ({neighbour.citation.provenance.value})")
        )
    return statements
