"""Addresses of people and their roles."""

from django.urls import path, re_path

from facialis.clinic.accounts.views.absent import absent
from facialis.clinic.accounts.views.clinic import clinic_edit
from facialis.clinic.accounts.views.identity import keep_session, passkey_options
from facialis.clinic.accounts.views.team import (
    team,
    team_member,
    team_member_active,
    team_member_new,
    team_member_reset,
)

urlpatterns = [
    path("passkey/", passkey_options, name="identity_passkey"),
    path("session/", keep_session, name="keep_session"),
    path("clinic/", clinic_edit, name="clinic_edit"),
    path("team/", team, name="team"),
    path("team/new/", team_member_new, name="team_member_new"),
    path("team/<int:pk>/", team_member, name="team_member"),
    path("team/<int:pk>/active/", team_member_active, name="team_member_active"),
    path("team/<int:pk>/reset/", team_member_reset, name="team_member_reset"),
    # allauth has these; here nobody signs up and nothing is sent by e-mail.
    re_path(
        r"^(signup|email|confirm-email|password/reset|password/set|reauthenticate/code|login/code)/", absent
    ),
]
