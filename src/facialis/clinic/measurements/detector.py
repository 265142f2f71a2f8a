"""The landmark detector of this process: started when first needed, kept warm, ended with the process."""

import atexit
import os
from functools import cache

from django.conf import settings

from facialis.vision.backends.choose import choose_backend
from facialis.vision.backends.protocol import LandmarkBackend


@cache
def detector() -> LandmarkBackend:
    """The backend of the setting FACIALIS_BACKEND; raises `FacialisError` where it cannot be used."""
    backend = choose_backend(settings.FACIALIS.detector, os.environ).backend
    atexit.register(backend.close)
    return backend
