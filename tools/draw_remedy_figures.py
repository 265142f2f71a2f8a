"""Draw the figures of docs/explanation/lopsided-faces.md, and write its tables.

What is drawn is read off rendered 3-D faces with known truth and off invented patients, by every backend
at hand. Reading takes minutes; `--readings FOLDER` keeps it, so that drawing again takes seconds.

    PYTHONPATH=. .venv/bin/python tools/draw_remedy_figures.py --readings build/readings
"""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from tools.fit_gain_and_noise import SEED, SYNTHETIC_PHOTOS, read_everything
from tools.gain_study.evaluate import Corrected, Verdict, cross_validated, of_condition, uncorrected, verdict
from tools.gain_study.fit import pairs_in_ways, pairs_of
from tools.gain_study.readings import KnownReading
from tools.gain_study.remedies import load_readings, read_remedies, write_readings
from tools.gain_study.sources import renders
from tools.gain_study.verdict_tables import (
    BACKENDS,
    CONDITIONS,
    GREATEST_NOISE,
    SLOPES,
    invented_table,
    targets_table,
    write_between_marks,
)

from facialis.report.page.charts import ACCENT, FAINT, FONT, INK, SOFT
from facialis.vision.backends.choose import choose_backend

FIGURES = Path(__file__).resolve().parents[1] / "docs" / "figures"
SHARED = Path(__file__).resolve().parents[2] / "shared"
PAGE = FIGURES.parent / "explanation" / "lopsided-faces.md"
GREY, WANTED = "#9aa5b1", "#f6dfd0"
REMEDIES = {
    "network": "network, crops averaged",
    "hemiface": "hemiface alone",
    "edges": "edges alone",
    "both": "edges and hemiface",
    "corrected": "… and gain table",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--renders", type=Path, default=SHARED / "data/renders")
    parser.add_argument("--landmarker", type=Path, default=SHARED / "models/face_landmarker.task")
    parser.add_argument("--readings", type=Path, help="folder that keeps what was read")
    arguments = parser.parse_args()
    environment = dict(os.environ)
    names = ["face_mesh_worker"]
    if arguments.landmarker.is_file():
        environment["FACIALIS_FACE_LANDMARKER"] = str(arguments.landmarker)
        names.append("litert")

    def everything(name: str) -> list[KnownReading]:
        return read_everything(name, environment, arguments.renders, SYNTHETIC_PHOTOS, SEED)[1]

    def alone(name: str) -> list[KnownReading]:
        backend = choose_backend(name, environment).backend
        try:
            return read_remedies(backend, list(renders(arguments.renders)))
        finally:
            backend.close()

    together = _kept(arguments.readings, "everything.json", names, everything)
    single = _kept(arguments.readings, "alone.json", names, alone)
    corrected = {name: cross_validated(pairs_in_ways(readings)) for name, readings in together.items()}
    _write("measured_against_true.svg", measured_against_true(together, corrected))
    _write("what_each_remedy_brings.svg", what_each_remedy_brings(single, together, corrected))
    tables = {
        "rendered faces": targets_table(together, corrected),
        "invented patients": invented_table(together, corrected),
    }
    write_between_marks(PAGE, tables)


def _kept(
    folder: Path | None, file: str, names: Sequence[str], read: Callable[[str], list[KnownReading]]
) -> dict[str, list[KnownReading]]:
    """What a former run read, where it was kept; else read now."""
    path = None if folder is None else folder / file
    if path is not None and path.is_file():
        return load_readings(path)
    readings = {name: read(name) for name in names}
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_readings(path, readings)
    return readings


def _write(name: str, chart: Any) -> None:
    svg = vl_convert.vegalite_to_svg(_calm(chart).to_dict())
    (FIGURES / name).write_text(svg, encoding="utf-8")
    print(f"{name}: {len(svg) / 1000:.0f} kB")


def measured_against_true(
    readings: dict[str, list[KnownReading]], corrected: dict[str, list[Corrected]]
) -> Any:
    """LEFT minus RIGHT on rendered faces: the network in grey, the corrected reading in colour."""
    rows: list[Any] = []
    for name, read in readings.items():
        network = uncorrected(pairs_of(read, "network"))
        panels = [
            _scatter(
                of_condition(network, "renders", condition, measure),
                of_condition(corrected[name], "renders", condition, measure),
                title=title if not rows else "",
                y_title=f"measured by {BACKENDS[name]}" if condition == "smile" else None,
                x_title="true" if name == list(readings)[-1] else None,
            )
            for condition, (measure, title) in CONDITIONS.items()
        ]
        rows.append(alt.hconcat(*panels, spacing=14))
    return alt.vconcat(*rows, spacing=12)


def _scatter(
    network: Sequence[Corrected],
    corrected: Sequence[Corrected],
    *,
    title: str,
    y_title: str | None,
    x_title: str | None,
) -> Any:
    every = [*network, *corrected]
    reach = max(10.0, *(max(abs(c.pair.true_difference), abs(c.difference)) for c in every)) + 0.6
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    axis = alt.Axis(values=[-10, 0, 10], grid=True)
    x = alt.X("true:Q", scale=scale, title=x_title, axis=axis)
    y = alt.Y("read:Q", scale=scale, title=y_title, axis=axis)

    def dots(points: Sequence[Corrected]) -> alt.Chart:
        data = [{"true": round(c.pair.true_difference, 2), "read": round(c.difference, 2)} for c in points]
        return alt.Chart(alt.InlineData(values=data))

    line = alt.Chart(
        alt.InlineData(values=[{"true": -reach, "read": -reach}, {"true": reach, "read": reach}])
    )
    words = [_words(verdict(network), "network", GREY), _words(verdict(corrected), "Facialis", ACCENT)]
    said = [
        alt.Chart(alt.InlineData(values=[{"words": text}]))
        .mark_text(align="left", baseline="top", fontSize=11.5, color=SOFT if colour is GREY else colour)
        .encode(text="words:N", x=alt.value(6), y=alt.value(6 + 15 * number))
        for number, (text, colour) in enumerate(words)
    ]
    layers = [
        line.mark_line(color=SOFT, strokeDash=[4, 4], strokeWidth=1).encode(x=x, y=y),
        dots(network).mark_circle(color=GREY, size=26, opacity=0.85).encode(x=x, y=y),
        dots(corrected).mark_circle(color=ACCENT, size=26, opacity=0.85).encode(x=x, y=y),
        *said,
    ]
    return alt.layer(*layers).properties(
        width=214, height=214, title=alt.TitleParams(title, anchor="start", fontSize=14, fontWeight=600)
    )


def _words(found: Verdict | None, name: str, colour: str) -> tuple[str, str]:
    if found is None:
        return f"{name}: —", colour
    return f"{name}: slope {found.slope:.2f}, r {found.correlation:.3f}", colour


def what_each_remedy_brings(
    alone: dict[str, list[KnownReading]],
    together: dict[str, list[KnownReading]],
    corrected: dict[str, list[Corrected]],
) -> Any:
    """Slope and noise of every remedy by itself and of all together."""
    judged = {
        name: {way: uncorrected(pairs_of(read, way)) for way in ("network", "hemiface", "edges")}
        | {"both": uncorrected(pairs_of(together[name], "refined")), "corrected": corrected[name]}
        for name, read in alone.items()
    }
    data = [
        {
            "condition": condition,
            "remedy": words,
            "backend": BACKENDS[name],
            "slope": round(found.slope, 3),
            "noise": round(found.noise_over_slope, 3),
        }
        for name in alone
        for way, words in REMEDIES.items()
        for condition, (measure, _) in CONDITIONS.items()
        if (found := verdict(of_condition(judged[name][way], "renders", condition, measure))) is not None
    ]
    slopes = [_bars(data, condition, "slope", first=condition == "smile") for condition in CONDITIONS]
    noises = [_bars(data, condition, "noise", first=condition == "smile") for condition in CONDITIONS]
    rows = [alt.hconcat(*panels, spacing=18) for panels in (slopes, noises)]
    return alt.vconcat(*rows, spacing=22).resolve_scale(color="independent")


def _bars(data: Sequence[dict[str, object]], condition: str, value: str, *, first: bool) -> Any:
    here = [row for row in data if row["condition"] == condition]
    low, high = SLOPES[condition] if value == "slope" else (0.0, GREATEST_NOISE[condition])
    title = CONDITIONS[condition][1] if value == "slope" else ""
    most = 1.3 if value == "slope" else 3.5
    scale = alt.Scale(domain=[0, most], nice=False, clamp=True)
    axis_title = "slope: measured on true" if value == "slope" else "noise ÷ slope"
    ticks = [0, 0.5, 1] if value == "slope" else [0, 1, 2, 3]
    band = (
        alt.Chart(alt.InlineData(values=[{"low": low, "high": high}]))
        .mark_rect(color=WANTED, opacity=1)
        .encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    )
    axis = alt.Axis(ticks=False, domain=False, labelPadding=8) if first else None
    bars = (
        alt.Chart(alt.InlineData(values=here))
        .mark_bar(height=9)
        .encode(
            x=alt.X(f"{value}:Q", scale=scale, title=axis_title, axis=alt.Axis(values=ticks, grid=True)),
            y=alt.Y("remedy:N", sort=list(REMEDIES.values()), title=None, axis=axis),
            yOffset=alt.YOffset(
                "backend:N", sort=list(BACKENDS.values()), scale=alt.Scale(paddingOuter=0.45)
            ),
            color=alt.Color(
                "backend:N",
                sort=list(BACKENDS.values()),
                scale=alt.Scale(domain=list(BACKENDS.values()), range=[INK, GREY]),
                legend=alt.Legend(title=None, orient="bottom") if value == "noise" and first else None,
            ),
        )
    )
    words = bars.mark_text(align="left", dx=4, fontSize=10.5, color=INK).encode(
        text=alt.Text(f"{value}:Q", format=".2f"), color=alt.value(SOFT)
    )
    return alt.layer(band, bars, words).properties(
        width=190,
        height=205,
        title=alt.TitleParams(title, anchor="start", fontSize=14, fontWeight=600),
    )


def _calm(chart: Any) -> Any:
    """The look of the report's charts."""
    return (
        chart.configure(background="white", font=FONT, padding=16)
        .configure_view(stroke=None)
        .configure_title(color=INK, font=FONT)
        .configure_axis(
            domainColor=FAINT,
            gridColor=FAINT,
            tickColor=FAINT,
            labelColor=INK,
            titleColor=SOFT,
            titleFontWeight="normal",
            labelFontSize=12,
            titleFontSize=12,
            labelLimit=260,
        )
        .configure_legend(labelColor=INK, labelFontSize=12)
    )


if __name__ == "__main__":
    main()
