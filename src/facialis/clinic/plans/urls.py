"""Addresses of plans."""

from django.urls import path

from facialis.clinic.plans.views import editor, sign, start

urlpatterns = [
    path("visits/<uuid:pk>/plan/", start.plan, name="plan"),
    path("plans/<uuid:pk>/progress/", start.plan_progress, name="plan_progress"),
    path("plans/<uuid:pk>/propose/", start.plan_propose, name="plan_propose"),
    path("plans/<uuid:pk>/override/", start.plan_override, name="plan_override"),
    path("plans/<uuid:pk>/", editor.plan_editor, name="plan_editor"),
    path("plans/<uuid:pk>/edit/", editor.plan_edit, name="plan_edit"),
    path("plans/<uuid:pk>/time-out/", sign.plan_time_out, name="plan_time_out"),
    path("plans/<uuid:pk>/signed/", sign.plan_signed, name="plan_signed"),
    path("plans/<uuid:pk>/revoke/", sign.plan_revoke, name="plan_revoke"),
    path("plans/<uuid:pk>/error/", sign.plan_error, name="plan_error"),
    path("plans/<uuid:pk>/amend/", sign.plan_amend, name="plan_amend"),
]
