"""Addresses of the clinic; each application keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("facialis.clinic.site.urls")),
    path("health/", include("facialis.clinic.operations.urls")),
    path("account/", include("facialis.clinic.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("patients/", include("facialis.clinic.patients.urls")),
    path("visits/", include("facialis.clinic.visits.urls")),
    path("", include("facialis.clinic.photographs.urls")),
    path("", include("facialis.clinic.measurements.urls")),
    path("", include("facialis.clinic.grading.urls")),
    path("", include("facialis.clinic.plans.urls")),
    path("", include("facialis.clinic.treatments.urls")),
    path("", include("facialis.clinic.followup.urls")),
    path("audit/", include("facialis.clinic.audit.urls")),
    path("research/", include("facialis.clinic.research.urls")),
]

handler400 = "facialis.clinic.site.views.errors.bad_request"
handler403 = "facialis.clinic.site.views.errors.forbidden"
handler404 = "facialis.clinic.site.views.errors.not_found"
handler429 = "facialis.clinic.site.views.errors.too_many"  # asked for by allauth, not by Django
handler500 = "facialis.clinic.site.views.errors.server_error"
