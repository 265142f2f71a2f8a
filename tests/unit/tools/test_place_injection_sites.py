"""The tables of places, and the figure of the documents, are those that the drawn positions give."""

from pathlib import Path

from tools.place_injection_sites import TABLES, tables

from facialis.report.face_figure import draw_face_figure

FIGURES = Path(__file__).resolve().parents[3] / "docs" / "figures"


def test_tables_are_up_to_date():
    for name, text in tables().items():
        assert (TABLES / name).read_text("utf-8") == text, f"run tools/place_injection_sites.py for {name}"


def test_the_figure_of_the_documents_is_up_to_date():
    drawn = (FIGURES / "muscles_and_sites.svg").read_text("utf-8")
    assert drawn == draw_face_figure(), "run tools/draw_anatomy_figures.py"
