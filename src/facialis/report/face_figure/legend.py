"""The legend below the face: targets with depth and number of points; colours and rings."""

from facialis.anatomy.injection_sites import TargetRecord, injection_sites
from facialis.anatomy.sides import Side
from facialis.report.face_figure.drawing import FAINT, INK, PAPER, SOFT, disc, segment, text, text_width_px
from facialis.report.face_figure.palette import AGAINST, BYSTANDER, STRONG, ZONE_COLOURS, ZONE_WORDS
from facialis.report.face_figure.plan import FigurePlan
from facialis.report.face_figure.sites import DASHED, circle

KEY_PX = 14.0
ROW_PX = 41.0
NAME_PX, DETAIL_PX = 15.5, 13.0
COLUMN_GAP_PX = 48.0


def points_words(record: TargetRecord) -> str:
    """How many points, in words."""
    fewest, most = record.points_min, record.points_max
    count = f"{most} point" + ("" if most == 1 else "s") if fewest == most else f"{fewest} to {most} points"
    is_midline = injection_sites(record.target, Side.RIGHT)[0].side is None
    return f"{count} on the midline" if is_midline else f"{count} a side"


def depth_words(record: TargetRecord, *, unknown: str = "depth not stated") -> str:
    """How deep, with the distance between points where it is stated."""
    depth = record.depth or unknown
    if record.spacing_mm is None:
        return depth
    low, high = (f"{mm / 10:g}" for mm in record.spacing_mm)
    return f"{depth}, {low} to {high} cm apart"


def target_list(targets: tuple[TargetRecord, ...], *, left: float, right: float, top: float) -> str:
    """Draw the targets in two columns, numbered as on the face."""
    rows = (len(targets) + 1) // 2
    width = (right - left - COLUMN_GAP_PX) / 2
    parts = []
    for index, record in enumerate(targets):
        x = left + (index // rows) * (width + COLUMN_GAP_PX)
        y = top + (index % rows) * ROW_PX
        parts += [
            segment((x, y), (x + width, y), stroke=FAINT),
            circle(x + 12, y + 20.5, index + 1, "", is_optional=False),
            text(x + 34, y + 17, record.full_name, font_size=NAME_PX, fill=INK),
            text(x + 34, y + 34, depth_words(record), font_size=DETAIL_PX, fill=SOFT),
            text(x + width, y + 17, points_words(record), font_size=DETAIL_PX, fill=INK, text_anchor="end"),
        ]
    return "".join(parts)


def target_list_height_px(targets: tuple[TargetRecord, ...]) -> float:
    """Height of the list of targets."""
    return (len(targets) + 1) // 2 * ROW_PX


def colour_key(plan: FigurePlan, *, left: float, top: float) -> str:
    """Draw what the colours mean, each with its word."""
    entries = (
        [(STRONG, "chosen"), (AGAINST, "antagonists"), (BYSTANDER, "other muscles")]
        if plan.chosen
        else [(colour, ZONE_WORDS[zone]) for zone, colour in ZONE_COLOURS.items()]
    )
    parts, x = [], left
    for colour, words in entries:
        parts.append(f'<rect x="{x:.1f}" y="{top - 11:.1f}" width="22" height="12" rx="2" fill="{colour}"/>')
        parts.append(text(x + 29, top, words, font_size=KEY_PX, fill=INK))
        x += 29 + text_width_px(words, KEY_PX) + 22
    return "".join(parts)


def ring_key(*, right: float, top: float) -> str:
    """Draw what the rings of the points mean."""
    parts, x = [], right
    for is_optional, words in ((True, "may be left out"), (False, "in the fewest points published")):
        x -= text_width_px(words, KEY_PX)
        parts.append(text(x, top, words, font_size=KEY_PX, fill=INK))
        x -= 18
        dash = DASHED if is_optional else {}
        parts.append(disc(x, top - 5, 8, fill=PAPER, stroke=INK, stroke_width=1.7, **dash))
        x -= 28
    return "".join(parts)
