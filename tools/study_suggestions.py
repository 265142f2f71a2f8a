"""Compare grades suggested from found points with those from the exact points of invented patients.

Draw and measure patients first, each folder beside its result:

    facialis synthetic render study/a --palsy flaccid --side right --severity 0.3 --seed 14
    facialis measure study/a --affected right --format json --out study/a.json

then: python tools/study_suggestions.py study/*.json
"""

import sys
from pathlib import Path

from facialis.anatomy.expressions import Expression
from facialis.grading.suggest import SUGGESTED, SuggestedItem, readings_from_measures, suggest
from facialis.report.read_measurement import read_measurement_file
from facialis.report.truth_measures import read_truth

Pair = tuple[SuggestedItem, SuggestedItem]


def main(results: list[Path]) -> None:
    """Print, per word of confidence, how often the suggested step is that of the exact points."""
    pairs = [pair for result in results for pair in compared(result)]
    steps = [pair for pair in pairs if pair[0].chances]
    print(f"{len(results)} patients, {len(steps)} graded items")
    for word in ("high", "fair", "low"):
        of_word = [(found, exact) for found, exact in steps if found.confidence == word]
        if of_word:
            stated = sum(found.probability or 0.0 for found, _ in of_word) / len(of_word)
            right = sum(found.value == exact.value for found, exact in of_word) / len(of_word)
            print(f"  {word}: {len(of_word)} items, stated {stated:.0%}, right {right:.0%}")
    sliders = [pair for pair in pairs if pair[0].interval]
    within = sum(near(found, exact) for found, exact in sliders)
    stated = sum(found.probability or 0.0 for found, _ in sliders) / len(sliders)
    print(f"{len(sliders)} sliders: stated {stated:.0%} within 10 points, found {within / len(sliders):.0%}")


def near(found: SuggestedItem, exact: SuggestedItem) -> bool:
    """Whether two places on a slider lie within ten points."""
    return (
        isinstance(found.value, int) and isinstance(exact.value, int) and abs(found.value - exact.value) <= 10
    )


def compared(result: Path) -> list[Pair]:
    """Items that both the found and the exact points allow to judge."""
    found = read_measurement_file(result)
    truth = read_truth(result.with_suffix("") / "truth.json")
    exact = readings_from_measures(
        [(Expression(Path(name).stem), measures) for name, measures in truth.items()], affected=found.affected
    )
    pairs = [
        pair
        for instrument in SUGGESTED
        for pair in zip(suggest(instrument, found).items, suggest(instrument, exact).items, strict=True)
    ]
    return [pair for pair in pairs if pair[0].value is not None and pair[1].value is not None]


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
