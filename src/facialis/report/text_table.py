"""The result on a terminal: findings above, the butterfly, the next sensible command below."""

from collections.abc import Iterator

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.measurement.findings import Finding, Severity
from facialis.measurement.measure import Measure
from facialis.measurement.scale import NoScale, Scale
from facialis.measurement.synkinesis import SynkinesisEntry, SynkinesisRegion
from facialis.report.butterfly import BEYOND_ERROR_SDS, ButterflyRow, butterfly_rows
from facialis.report.model import PhotoResult, SetResult
from facialis.report.words import (
    KEY_MEASURES,
    expression_words,
    measure_words,
    number_words,
    unit_symbol,
)

BAR_CELLS = 12
"""Width of a full bar where there is room for it."""

NUMBERS_WIDTH = 84
"""Columns that the names and numbers need; bars share what is left."""

BLOCKS = ("█", "▐", "▌")
ASCII_BLOCKS = ("#", "", "")
"""Where the terminal cannot show blocks."""

ACCENT, PALE = "bold yellow", "dim"


def print_result(console: Console, result: SetResult) -> None:
    """Print a result for a person.

    Parameters
    ----------
    console : Console       Where to; its encoding decides how the bars are drawn.
    result : SetResult      What was measured.
    """
    blocks = BLOCKS if "utf" in (console.encoding or "").lower() else ASCII_BLOCKS
    cells = max(0, min(BAR_CELLS, (console.width - NUMBERS_WIDTH) // 2))
    is_single = len(result.photos) == 1
    for photo in result.photos:
        console.print(_photo(photo, blocks, cells, everything=is_single))
        console.print()
    if not is_single:
        for part in _set_parts(result):
            console.print(part)
            console.print()
    for line in _next_steps(result):
        console.print(Text(line, style=PALE))


def _photo(
    photo: PhotoResult, blocks: tuple[str, str, str], cells: int, *, everything: bool
) -> RenderableType:
    title = Text.assemble((photo.file, "bold"), "  ", (expression_words(photo.expression), "italic"))
    if photo.error is not None:
        return Group(title, Text(f"  Not measured. {photo.error.message}", style="red"))
    parts: list[RenderableType] = [title, Text("  " + _circumstances(photo), style=PALE)]
    parts += [_finding_line(finding) for finding in photo.findings]
    wanted = None if everything or photo.expression is None else KEY_MEASURES[photo.expression]
    rows = [row for row in butterfly_rows(photo.measures) if wanted is None or row.name in wanted]
    parts.append(_butterfly(rows, blocks, cells))
    if everything:
        parts += list(_midline_lines(photo.measures))
    return Group(*parts)


def _circumstances(photo: PhotoResult) -> str:
    parts = []
    if isinstance(photo.scale, Scale):
        source = photo.scale.source.replace("_", " ")
        parts.append(f"{photo.scale.mm_per_px:.4f} mm/px ± {100 * photo.scale.rel_sd:.1f} % ({source})")
    elif isinstance(photo.scale, NoScale):
        parts.append(f"no millimetres: {photo.scale.reason}")
    if photo.pose is not None:
        pose = photo.pose
        angles = (("yaw", pose.yaw_deg), ("pitch", pose.pitch_deg), ("roll", pose.roll_deg))
        parts.append(", ".join(f"{name} {number_words(angle, signed=True)}°" for name, angle in angles))
    if photo.mirrored is not Mirrored.NO:
        parts.append(f"mirrored: {photo.mirrored.value}")
    return " · ".join(parts)


def _finding_line(finding: Finding) -> Text:
    style = {Severity.REFUSE: "red", Severity.WARN: "yellow", Severity.NOTE: PALE}[finding.severity]
    return Text(f"  {finding.sentence}", style=style)


def _butterfly(rows: list[ButterflyRow], blocks: tuple[str, str, str], cells: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("", min_width=24)
    table.add_column("RIGHT", justify="right", no_wrap=True)
    table.add_column("", justify="right", no_wrap=True, width=max(cells, 1))
    table.add_column("", justify="left", no_wrap=True, width=max(cells, 1))
    table.add_column("LEFT", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("LEFT − RIGHT", justify="right", no_wrap=True)
    for row in rows:
        style = ACCENT if row.is_beyond_error else ""
        difference = number_words(row.asymmetry, row.asymmetry_sd, signed=True)
        table.add_row(
            measure_words(row.name),
            _value(row.right),
            Text(_bar(row.share(Side.RIGHT), blocks, cells, Side.RIGHT), style=style or PALE),
            Text(_bar(row.share(Side.LEFT), blocks, cells, Side.LEFT), style=style or PALE),
            _value(row.left),
            unit_symbol(row.unit),
            Text(difference, style=style),
        )
    return table


def _bar(share: float, blocks: tuple[str, str, str], cells: int, side: Side) -> str:
    """A bar to half a cell: the half block lies on the outer end."""
    full, half_right, half_left = blocks
    halves = round(share * 2 * cells)
    half = (half_right if side is Side.RIGHT else half_left) if halves % 2 else ""
    whole = full * (halves // 2)
    return half + whole if side is Side.RIGHT else whole + half


def _value(measure: Measure | None) -> str:
    return "—" if measure is None else number_words(measure.value, measure.sd)


def _midline_lines(measures: tuple[Measure, ...]) -> Iterator[Text]:
    for measure in measures:
        if measure.side is None:
            value = number_words(measure.value, measure.sd, signed=True)
            yield Text(f"  {measure_words(measure.name)}: {value} {unit_symbol(measure.unit)}")
    reasons = {measure.reason: measure for measure in reversed(measures) if measure.reason}
    for reason, measure in reasons.items():
        yield Text(f"  — {measure_words(measure.name)}: {reason}", style=PALE)


def _set_parts(result: SetResult) -> Iterator[RenderableType]:
    entries = [entry for entry in result.photo_set.synkinesis.entries if entry.value is not None]
    if entries:
        yield _synkinesis_table(entries)
    index = result.photo_set.index
    if index.value is not None:
        yield Text(
            f"Symmetry index {number_words(index.value, index.sd)} of 100 "
            f"(from {100 * index.coverage:.0f} % of its parts)."
        )
    elif index.reason and any(photo.expression for photo in result.photos):
        yield Text(f"No symmetry index. {index.reason}", style=PALE)


def _synkinesis_table(entries: list[SynkinesisEntry]) -> Table:
    """Rows: what was asked; columns: what moved without being asked, in mm beyond the other side."""
    columns = [
        (region, side)
        for region in SynkinesisRegion
        for side in (Side.RIGHT, Side.LEFT)
        if any(entry.region is region and entry.side is side for entry in entries)
    ]
    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        # A Text, because square brackets in a string are markup here.
        title=Text("Synkinesis: involuntary movement beyond the other side [mm]; * = beyond error"),
        title_justify="left",
        title_style="bold",
    )
    table.add_column("asked to")
    for region, side in columns:
        table.add_column(f"{region.value}\n{side.label}", justify="right", no_wrap=True)
    found = {(entry.expression, entry.region, entry.side): entry for entry in entries}
    for expression in NINE_PHOTOGRAPHS:
        cells = [found.get((expression, region, side)) for region, side in columns]
        if any(cells):
            table.add_row(expression_words(expression), *[_entry(cell) for cell in cells])
    return table


def _entry(entry: SynkinesisEntry | None) -> Text:
    if entry is None or entry.value is None:
        return Text("·", style=PALE)
    beyond = entry.z is not None and entry.z > BEYOND_ERROR_SDS
    return Text(
        number_words(entry.value, signed=True) + ("*" if beyond else " "), style=ACCENT if beyond else ""
    )


def _next_steps(result: SetResult) -> Iterator[str]:
    """At most two: what is missing, and where all numbers are."""
    given = {photo.expression for photo in result.photos}
    if any(photo.mirrored is Mirrored.UNKNOWN and photo.error is None for photo in result.photos):
        yield "Next: say whether the pictures are mirrored: --mirrored no (ordinary camera) or yes."
    elif given == {None}:
        names = ", ".join(list(Expression)[:3])
        yield f"Next: name the files by expression ({names}, ...) or give --expressions manifest.json."
    elif Expression.REST not in given:
        yield "Next: add a photograph at rest; movement is measured against it."
    yield "All values with their reasons: --format json --out FILE. In the pictures: --annotate DIR."
