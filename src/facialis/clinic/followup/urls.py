"""Addresses of follow-up."""

from django.urls import path

from facialis.clinic.followup.views import adverse_events, compare, recalls, trends

urlpatterns = [
    path("recalls/", recalls.recalls, name="recalls"),
    path("recalls/<uuid:pk>/cancel/", recalls.due_cancel, name="due_cancel"),
    path("patients/<uuid:pk>/adverse-events/", adverse_events.adverse_events, name="adverse_events"),
    path(
        "patients/<uuid:pk>/adverse-events/new/", adverse_events.adverse_event_new, name="adverse_event_new"
    ),
    path("adverse-events/<uuid:pk>/", adverse_events.adverse_event, name="adverse_event"),
    path("adverse-events/<uuid:pk>/error/", adverse_events.adverse_event_error, name="adverse_event_error"),
    path("patients/<uuid:pk>/trends/", trends.trends, name="trends"),
    path("patients/<uuid:pk>/compare/", compare.compare, name="compare"),
]
