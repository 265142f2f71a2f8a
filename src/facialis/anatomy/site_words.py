"""Where a point of a target lies, in words, for people who do not know our numbers of points.

The words are read off the point's place on the neutral face beside the other points of its target. They say
which of them it is, and no more: on the patient each point is found with the hand.
"""

from collections.abc import Mapping
from functools import cache

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.mesh.barycentric import place
from facialis.anatomy.sides import Side

SAME_ROW_MM = 5.0
"""Points whose heights differ by no more than this from the next one lie in one row."""
ROWS = {2: ("upper", "lower"), 3: ("upper", "middle", "lower")}
ACROSS = {2: ("medial", "lateral"), 3: ("medial", "central", "lateral")}
BOTH: Mapping[InjectionTarget, str] = {
    InjectionTarget.ORBICULARIS_ORIS: "{row} lip, {across}",
    InjectionTarget.PLATYSMA: "{across} band, {row}",
}
"""How a row and a place in it are written where anatomy has a word for one of them."""
BOTH_ELSEWHERE = "{row} row, {across}"


def site_words(target: InjectionTarget, number: int) -> str:
    """'upper row, lateral': the same on both sides, and of no other point of the target.

    Empty for a target with one point, whose name says enough, and for a number that it has not.
    """
    return _words_of(target).get(number, "")


@cache
def _words_of(target: InjectionTarget) -> dict[int, str]:
    points = neutral_points_mm()
    at = {s.number: place(s.place, points) for s in injection_sites(target, Side.RIGHT)}
    rows = _rows({number: float(where[1]) for number, where in at.items()})
    found = {}
    for index, row in enumerate(rows):
        height = ROWS[len(rows)][index] if len(rows) > 1 else ""
        # The farther from the midline, the more lateral.
        inward = sorted(row, key=lambda number: abs(float(at[number][0])))
        for order, number in enumerate(inward):
            across = ACROSS[len(row)][order] if len(row) > 1 else ""
            both = BOTH.get(target, BOTH_ELSEWHERE).format(row=height, across=across)
            found[number] = both if height and across else height or across
    return found


def _rows(heights: Mapping[int, float]) -> list[list[int]]:
    """Numbers of points by rows, the uppermost first."""
    rows: list[list[int]] = []
    for number in sorted(heights, key=lambda number: -heights[number]):
        if rows and heights[rows[-1][-1]] - heights[number] <= SAME_ROW_MM:
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows
