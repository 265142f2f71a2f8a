"""Addresses of visits."""

from django.urls import path

from facialis.clinic.visits.views import consents, notes, visit

urlpatterns = [
    path("new/<uuid:pk>/", visit.visit_new, name="visit_new"),
    path("today/<uuid:pk>/", visit.visit_today, name="visit_today"),
    path("consent-texts/", consents.consent_texts, name="consent_texts"),
    path("consent-texts/<int:pk>/", consents.consent_text, name="consent_text"),
    path(
        "consent-texts/<slug:kind>/<slug:language>/new/", consents.consent_text_new, name="consent_text_new"
    ),
    path("<uuid:pk>/", visit.visit, name="visit"),
    path("<uuid:pk>/open/", visit.visit_open, name="visit_open"),
    path("<uuid:pk>/history/", visit.visit_history, name="visit_history"),
    path("<uuid:pk>/examination/", visit.visit_edit, name="visit_edit"),
    path("<uuid:pk>/consent/", consents.consent, name="consent"),
    path("<uuid:pk>/consent/<slug:kind>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("<uuid:pk>/note/", notes.visit_note, name="visit_note"),
    path("<uuid:pk>/note/sign/", notes.visit_note_sign, name="visit_note_sign"),
    path("<uuid:pk>/note/amend/", notes.visit_note_amend, name="visit_note_amend"),
    path("<uuid:pk>/close/", visit.visit_close, name="visit_close"),
    path("<uuid:pk>/cancel/", visit.visit_cancel, name="visit_cancel"),
    path("<uuid:pk>/entered-in-error/", visit.visit_error, name="visit_error"),
]
