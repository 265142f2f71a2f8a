"""Addresses of research."""

from django.urls import path

from facialis.clinic.research.views.research import research, research_export

urlpatterns = [
    path("", research, name="research"),
    path("export/", research_export, name="research_export"),
]
