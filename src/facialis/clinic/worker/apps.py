"""The application's place in the project."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """Configuration of `worker`; it has no models of its own."""

    name = "facialis.clinic.worker"
    label = "worker"
