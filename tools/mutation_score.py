"""Print the share of mutants that the tests noticed, and fail when it is too low.

A mutant is the code with one small change. One that no test notices marks a rule that could be
wrong without anybody knowing:  python tools/mutation_score.py mutants/mutmut-cicd-stats.json
"""

import json
import sys
from pathlib import Path

REQUIRED_PCT = 90.0
NOTICED = ("killed", "timeout", "segfault", "caught_by_type_check")


def score_pct(stats: dict[str, int]) -> float:
    """Share of all mutants that were noticed, those that no test reaches counted as unnoticed. [%]"""
    noticed = sum(stats.get(name, 0) for name in NOTICED)
    total = stats["total"] - stats.get("skipped", 0)
    if not total:
        raise SystemExit("There is no mutant: the run did not find the code. Look at [tool.mutmut].")
    return 100.0 * noticed / total


def main() -> int:
    stats = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    score = score_pct(stats)
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in stats.items() if count)
    print(f"Mutation score {score:.1f} % (at least {REQUIRED_PCT:.0f} %): {counts}.")
    return 0 if score >= REQUIRED_PCT else 1


if __name__ == "__main__":
    sys.exit(main())
