"""Verdicts as Markdown tables, written between marks into a page."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.gain_study.evaluate import Corrected, Verdict, of_condition, uncorrected, verdict
from tools.gain_study.fit import pairs_of
from tools.gain_study.readings import KnownReading

from facialis.measurement.points import Method
from facialis.report.words import measure_words

BACKENDS = {"face_mesh_worker": "face mesh worker", "litert": "LiteRT"}
CONDITIONS = {
    "smile": ("commissure_height", "Smile: lip corner"),
    "droop": ("commissure_height", "Droop at rest: lip corner"),
    "blink": ("palpebral_fissure", "Blink: lid gap"),
    "brow": ("brow_height", "Brow raise: brow"),
}
SLOPES = {"smile": (0.95, 1.05), "droop": (0.93, 1.07), "blink": (0.95, 1.05), "brow": (0.95, 1.05)}
CORRELATIONS = {"smile": 0.995, "droop": 0.98, "blink": 0.975, "brow": 0.985}
GREATEST_NOISE = {"smile": 0.5, "droop": 0.65, "blink": 1.1, "brow": 0.8}
"""What was asked of the corrected reading; noise in % of the outer intercanthal distance."""


def targets_table(
    readings: Mapping[str, list[KnownReading]], corrected: Mapping[str, list[Corrected]]
) -> str:
    """Rendered faces: network, corrected, asked for, and what was missed."""
    lines = [
        "| condition | detector | network: slope, r, noise | corrected: slope, r, noise | in 90 % | missed |",
        "|---|---|---|---|---|---|",
    ]
    for condition, (measure, title) in CONDITIONS.items():
        for name, read in readings.items():
            plain = verdict(
                of_condition(uncorrected(pairs_of(read, "network")), "renders", condition, measure)
            )
            found = verdict(of_condition(corrected[name], "renders", condition, measure))
            if plain is None or found is None or found.coverage is None:
                continue
            cells = (title, BACKENDS[name], _three(plain), f"**{_three(found)}**")
            lines.append(
                f"| {' | '.join(cells)} | {100 * found.coverage:.0f} | {_missed(condition, found)} |"
            )
    return "\n".join(lines)


def invented_table(
    readings: Mapping[str, list[KnownReading]], corrected: Mapping[str, list[Corrected]]
) -> str:
    """Invented patients, every measure: r before and after, slope, noise, coverage, fall-backs."""
    head = "| measure |" + "".join(
        f" {BACKENDS[name]}: slope | r | noise | in 90 % | fell back |" for name in readings
    )
    lines = [head, "|---|" + "---:|" * (5 * len(readings))]
    measures = dict.fromkeys(reading.key[0] for read in readings.values() for reading in read)
    for measure in sorted(measures, key=measure_words):
        cells = [measure_words(measure)]
        for name, read in readings.items():
            plain = verdict(of_condition(uncorrected(pairs_of(read, "network")), "synthetic", None, measure))
            judged = of_condition(corrected[name], "synthetic", None, measure)
            found = verdict(judged)
            cells += ["—"] * 5 if plain is None or found is None else _cells(plain, found, judged)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def write_between_marks(page: Path, tables: Mapping[str, str]) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- end of name -->``."""
    text = page.read_text("utf-8")
    for name, table in tables.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, begun, rest = text.partition(begin)
        _, ended, after = rest.partition(end)
        if not begun or not ended:
            raise SystemExit(f"{page.name} has no place for '{name}': it needs {begin} and {end}.")
        text = f"{before}{begin}\n{table}\n{end}{after}"
    page.write_text(text, encoding="utf-8")


def _cells(plain: Verdict, found: Verdict, judged: Sequence[Corrected]) -> list[str]:
    methods = [item.pair.method for item in judged]
    if Method.REFINED in methods:
        back = f"{sum(method is not Method.REFINED for method in methods)} of {len(methods)}"
    else:
        back = "no edges sought"
    coverage = "—" if found.coverage is None else f"{100 * found.coverage:.0f}"
    return [
        f"{plain.slope:.2f} → {found.slope:.2f}",
        f"{plain.correlation:.2f} → {found.correlation:.2f}",
        f"{found.noise_over_slope:.2f}",
        coverage,
        back,
    ]


def _three(found: Verdict) -> str:
    return f"{found.slope:.2f}, {found.correlation:.3f}, {found.noise_over_slope:.2f}"


def _missed(condition: str, found: Verdict) -> str:
    low, high = SLOPES[condition]
    # Rounded as printed, so that the table never seems to contradict itself.
    missed = []
    if not low <= round(found.slope, 2) <= high:
        missed.append(f"slope {low}–{high}")
    if round(found.correlation, 3) < CORRELATIONS[condition]:
        missed.append(f"r ≥ {CORRELATIONS[condition]}")
    if round(found.noise_over_slope, 2) > GREATEST_NOISE[condition]:
        missed.append(f"noise ≤ {GREATEST_NOISE[condition]}")
    return ", ".join(missed) or "nothing"
