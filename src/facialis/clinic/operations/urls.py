"""Addresses of operations."""

from django.urls import path

from facialis.clinic.operations.views import health

urlpatterns = [path("", health, name="health")]
