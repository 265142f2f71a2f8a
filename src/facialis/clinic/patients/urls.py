"""Addresses of patients."""

from django.urls import path

from facialis.clinic.patients.views import history, identity, record, searching

urlpatterns = [
    path("", searching.patients, name="patients"),
    path("new/", identity.patient_new, name="patient_new"),
    path("<uuid:pk>/", record.patient, name="patient"),
    path("<uuid:pk>/identity/", identity.patient_edit, name="patient_edit"),
    path("<uuid:pk>/palsy/", history.palsy_edit, name="palsy_edit"),
    path("<uuid:pk>/health/", history.health_edit, name="health_edit"),
    path("<uuid:pk>/wishes/", history.wishes_edit, name="wishes_edit"),
    path("<uuid:pk>/earlier-toxin/", history.earlier_treatment_new, name="earlier_treatment_new"),
    path(
        "earlier-toxin/<uuid:pk>/entered-in-error/",
        history.earlier_treatment_error,
        name="earlier_treatment_error",
    ),
]
