"""Addresses of measurements."""

from django.urls import path

from facialis.clinic.measurements.views.measure import measure, measure_progress, visit_measure_again
from facialis.clinic.measurements.views.points import edit_points, preview_points, take_points_back
from facialis.clinic.measurements.views.synkinesis import synkinesis, synkinesis_cell

urlpatterns = [
    path("visits/<uuid:pk>/measure/", measure, name="measure"),
    path("visits/<uuid:pk>/measure/progress/", measure_progress, name="measure_progress"),
    path("visits/<uuid:pk>/measure/again/", visit_measure_again, name="visit_measure_again"),
    path("visits/<uuid:pk>/synkinesis/", synkinesis, name="synkinesis"),
    path(
        "visits/<uuid:pk>/synkinesis/<slug:expression>/<slug:region>/",
        synkinesis_cell,
        name="synkinesis_cell",
    ),
    path("photographs/<uuid:pk>/points/", edit_points, name="edit_points"),
    path("photographs/<uuid:pk>/points/preview/", preview_points, name="preview_points"),
    path("photographs/<uuid:pk>/points/take-back/", take_points_back, name="take_points_back"),
]
