"""Addresses of patients."""

from django.urls import path

from facialis.clinic.patients.views import record

urlpatterns = [
    path("<uuid:pk>/", record.patient, name="patient"),
]
