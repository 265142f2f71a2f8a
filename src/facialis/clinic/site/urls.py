"""Addresses of the shell."""

from django.urls import include, path

from facialis.clinic.site.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("language/", include("django.conf.urls.i18n")),
]
