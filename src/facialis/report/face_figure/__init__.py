"""The anatomical figure: muscles of expression and injection points on the neutral face, as SVG text."""

from facialis.report.face_figure.figure import draw_face_figure

__all__ = ["draw_face_figure"]
