"""Addresses of grades and findings."""

from django.urls import path

from facialis.clinic.grading.views import answering, findings, overview, standing

urlpatterns = [
    path("visits/<uuid:pk>/grade/", overview.grade, name="grade"),
    path("visits/<uuid:pk>/grade/<slug:instrument>/", answering.grade_instrument, name="grade_instrument"),
    path("visits/<uuid:pk>/findings/", findings.findings, name="findings"),
    path("instruments/<slug:instrument>/score/", answering.instrument_score, name="instrument_score"),
    path("gradings/<uuid:pk>/", standing.grading, name="grading"),
    path("gradings/<uuid:pk>/sign/", standing.grade_sign, name="grade_sign"),
    path("gradings/<uuid:pk>/amend/", standing.grading_amend, name="grading_amend"),
    path("gradings/<uuid:pk>/error/", standing.grading_error, name="grading_error"),
]
