"""Where labels stand beside a face, so that neither they nor their leader lines collide."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

Position = tuple[float, float]


@dataclass(frozen=True)
class LabelRequest:
    """A label to be placed: what it points at, and how much room it takes."""

    name: str
    anchor: Position
    height_px: float


@dataclass(frozen=True)
class PlacedLabel:
    """A label with its place: the height of its middle, and where its leader line starts."""

    name: str
    anchor: Position
    start: Position


def place_labels(
    requests: Sequence[LabelRequest], *, edge_x_px: float, top_px: float, bottom_px: float, gap_px: float
) -> tuple[PlacedLabel, ...]:
    """Stack labels in one column beside a face.

    Each stands as near to the height of its anchor as the others allow; then labels whose leader
    lines cross change places until none do.

    Parameters
    ----------
    requests : sequence of LabelRequest
    edge_x_px : float               Where leader lines leave the column.
    top_px, bottom_px : float       Ends of the column.
    gap_px : float                  Least room between labels.

    Returns
    -------
    tuple of PlacedLabel            From the top down.
    """
    order = sorted(requests, key=lambda request: request.anchor[1])
    placed = _stacked(order, edge_x_px, top_px, bottom_px, gap_px)
    for _ in range(len(order) ** 2):
        crossing = next(
            (pair for pair in combinations(range(len(order)), 2) if _cross(*(placed[i] for i in pair))), None
        )
        if crossing is None:
            break
        first, second = crossing
        order[first], order[second] = order[second], order[first]
        placed = _stacked(order, edge_x_px, top_px, bottom_px, gap_px)
    return placed


def _stacked(
    order: Sequence[LabelRequest], edge_x_px: float, top_px: float, bottom_px: float, gap_px: float
) -> tuple[PlacedLabel, ...]:
    """Merge neighbours that are too close into blocks that stand at the mean of their wishes."""
    blocks: list[list[LabelRequest]] = []
    for request in order:
        blocks.append([request])
        while len(blocks) > 1 and _bottom(blocks[-2], top_px, bottom_px, gap_px) + gap_px > _top(
            blocks[-1], top_px, bottom_px, gap_px
        ):
            last = blocks.pop()
            blocks[-1] = blocks[-1] + last
    placed = []
    for block in blocks:
        y = _top(block, top_px, bottom_px, gap_px)
        for request in block:
            placed.append(PlacedLabel(request.name, request.anchor, (edge_x_px, y + request.height_px / 2)))
            y += request.height_px + gap_px
    return tuple(placed)


def _height(block: Sequence[LabelRequest], gap_px: float) -> float:
    return sum(request.height_px for request in block) + gap_px * (len(block) - 1)


def _top(block: Sequence[LabelRequest], top_px: float, bottom_px: float, gap_px: float) -> float:
    """Top of a block whose labels miss their anchors' heights by the same in both directions."""
    above, wishes = 0.0, []
    for request in block:
        wishes.append(request.anchor[1] - above - request.height_px / 2)
        above += request.height_px + gap_px
    wish = sum(wishes) / len(wishes)
    return max(top_px, min(wish, bottom_px - _height(block, gap_px)))


def _bottom(block: Sequence[LabelRequest], top_px: float, bottom_px: float, gap_px: float) -> float:
    return _top(block, top_px, bottom_px, gap_px) + _height(block, gap_px)


def _cross(first: PlacedLabel, second: PlacedLabel) -> bool:
    """Whether two leader lines cross."""
    a, b, c, d = first.start, first.anchor, second.start, second.anchor
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Position, b: Position, c: Position) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
