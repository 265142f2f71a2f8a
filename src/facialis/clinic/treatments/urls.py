"""Addresses of vials, treatments and the patient's sheet."""

from django.urls import path

from facialis.clinic.treatments.views import sheet, treating, vials

urlpatterns = [
    path("vials/", vials.vials, name="vials"),
    path("vials/new/", vials.vial_new, name="vial_new"),
    path("vials/<uuid:pk>/discard/", vials.vial_discard, name="vial_discard"),
    path("plans/<uuid:pk>/treat/", treating.treat, name="treat"),
    path("treatments/<uuid:pk>/", treating.treatment, name="treatment"),
    path("treatments/<uuid:pk>/vial/", treating.treatment_vial, name="treatment_vial"),
    path("treatments/<uuid:pk>/points/<int:point>/", treating.treatment_point, name="treatment_point"),
    path("treatments/<uuid:pk>/all-given/", treating.treatment_all_given, name="treatment_all_given"),
    path("treatments/<uuid:pk>/add/", treating.treatment_add, name="treatment_add"),
    path("treatments/<uuid:pk>/sign/", treating.treatment_sign, name="treatment_sign"),
    path("treatments/<uuid:pk>/amend/", treating.treatment_amend, name="treatment_amend"),
    path("treatments/<uuid:pk>/error/", treating.treatment_error, name="treatment_error"),
    path("treatments/<uuid:pk>/sheet/", sheet.patient_sheet, name="patient_sheet"),
]
