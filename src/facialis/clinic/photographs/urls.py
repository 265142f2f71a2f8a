"""Addresses of photographs."""

from django.urls import path

from facialis.clinic.photographs.views.answers import photograph_answer, photograph_remove
from facialis.clinic.photographs.views.capture import capture, capture_progress, photograph_add
from facialis.clinic.photographs.views.files import photograph_image, photograph_thumbnail

urlpatterns = [
    path("visits/<uuid:pk>/capture/", capture, name="capture"),
    path("visits/<uuid:pk>/capture/progress/", capture_progress, name="capture_progress"),
    path("visits/<uuid:pk>/photographs/", photograph_add, name="photograph_add"),
    path("photographs/<uuid:pk>/image/", photograph_image, name="photograph_image"),
    path("photographs/<uuid:pk>/thumbnail/", photograph_thumbnail, name="photograph_thumbnail"),
    path("photographs/<uuid:pk>/answer/", photograph_answer, name="photograph_answer"),
    path("photographs/<uuid:pk>/remove/", photograph_remove, name="photograph_remove"),
]
