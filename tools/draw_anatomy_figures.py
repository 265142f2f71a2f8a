"""Draw docs/figures/muscles_and_sites.svg: the muscles of expression and the injection points.

Usage: python tools/draw_anatomy_figures.py [--png PREVIEW.png]
"""

import argparse
from pathlib import Path

import vl_convert

from facialis.report.face_figure import draw_face_figure

FIGURE = Path(__file__).resolve().parents[1] / "docs" / "figures" / "muscles_and_sites.svg"
PREVIEW_SCALE = 2.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--png", type=Path, help="also write a picture to look at")
    chosen = parser.parse_args()
    FIGURE.parent.mkdir(parents=True, exist_ok=True)
    figure = draw_face_figure()
    FIGURE.write_text(figure, encoding="utf-8")
    if chosen.png:
        chosen.png.write_bytes(vl_convert.svg_to_png(figure, scale=PREVIEW_SCALE))


if __name__ == "__main__":
    main()
