"""Addresses of people and their roles."""

from django.urls import path, re_path

from facialis.clinic.accounts.views.absent import absent
from facialis.clinic.accounts.views.identity import keep_session, passkey_options

urlpatterns = [
    path("passkey/", passkey_options, name="identity_passkey"),
    path("session/", keep_session, name="keep_session"),
    # allauth has these; here nobody signs up and nothing is sent by e-mail.
    re_path(
        r"^(signup|email|confirm-email|password/reset|password/set|reauthenticate/code|login/code)/", absent
    ),
]
