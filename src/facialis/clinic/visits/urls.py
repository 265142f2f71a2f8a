"""Addresses of visits."""

from django.urls import path

from facialis.clinic.visits.views import visit

urlpatterns = [
    path("<uuid:pk>/", visit.visit, name="visit"),
]
