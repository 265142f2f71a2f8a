"""Addresses of audit."""

from django.urls import path

from facialis.clinic.audit.views.audit import audit, audit_export

urlpatterns = [
    path("", audit, name="audit"),
    path("export/", audit_export, name="audit_export"),
]
