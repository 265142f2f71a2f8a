"""Draw docs/figures/junction_*.svg: block after one dose, after many, and by dose.

Usage: python tools/draw_junction_figures.py [--png FOLDER]
"""

import argparse
from pathlib import Path

import altair as alt
import jax
import jax.numpy as jnp
import numpy as np
import vl_convert

from facialis.toxins import ToxinProduct
from facialis.twin.junction.courses import single_dose_course
from facialis.twin.junction.model import blocked_share
from facialis.twin.junction.parameters import Tissue, draw_junctions

FIGURES = Path(__file__).resolve().parents[1] / "docs" / "figures"
PATIENTS = 1000
ONA = ToxinProduct.ONABOTULINUMTOXIN_A
WIDTH, HEIGHT = 460, 240


def band(days: np.ndarray, courses: np.ndarray, title: str) -> alt.LayerChart:
    """Median and the middle eight tenths of the patients."""
    low, middle, high = np.percentile(courses, [10, 50, 90], axis=0) * 100
    rows = [
        {"day": float(d), "low": float(a), "middle": float(b), "high": float(c)}
        for d, a, b, c in zip(days, low, middle, high, strict=True)
    ]
    base = alt.Chart(alt.Data(values=rows), title=title).encode(
        x=alt.X("day:Q", title="Days after the first injection", scale=alt.Scale(nice=False))
    )
    scale = alt.Scale(domain=[0, 100])
    area = base.mark_area(opacity=0.3, color="#3b6ea5").encode(
        y=alt.Y("low:Q", title="Blocked share [%]", scale=scale), y2="high:Q"
    )
    line = base.mark_line(color="#1f3f66").encode(y=alt.Y("middle:Q", scale=scale))
    return alt.LayerChart(layer=[area, line], width=WIDTH, height=HEIGHT)


def tissue_figure() -> alt.VConcatChart:
    days = np.arange(0.0, 401.0, 2.0)
    charts = []
    for tissue, units in ((Tissue.FACE, 3.0), (Tissue.FOOT_MUSCLE, 7.0)):
        patients = draw_junctions(jax.random.key(1), ONA, tissue, patients=PATIENTS)
        course = single_dose_course(patients, jnp.asarray(units), jnp.asarray(days))
        title = f"{units:g} units {ONA.value} in the muscle, {tissue.value.replace('_', ' ')}"
        charts.append(band(days, np.asarray(course), title))
    return alt.vconcat(*charts)


def sessions_figure() -> alt.LayerChart:
    days, sessions = np.arange(0.0, 1826.0, 4.0), np.arange(0.0, 1740.0, 112.0)
    patients = draw_junctions(jax.random.key(1), ONA, patients=PATIENTS)
    course = blocked_share(
        patients,
        jnp.full((PATIENTS, 1, sessions.size), 3.0),
        jnp.broadcast_to(jnp.asarray(sessions), (PATIENTS, sessions.size)),
        jnp.asarray(days),
    )
    return band(days, np.asarray(course[:, 0]), f"3 units {ONA.value} in the muscle every 16 weeks, face")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--png", type=Path, help="folder for pictures to look at")
    chosen = parser.parse_args()
    for name, chart in (("one_dose", tissue_figure()), ("sessions", sessions_figure())):
        svg = vl_convert.vegalite_to_svg(chart.to_json())
        (FIGURES / f"junction_{name}.svg").write_text(svg + "\n", encoding="utf-8")
        if chosen.png:
            picture = vl_convert.svg_to_png(svg, scale=1.5)
            (chosen.png / f"junction_{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
