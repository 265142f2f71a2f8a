"""The clinic's settings for tests: nothing outside a temporary folder, fast hashes, static files unhashed."""

import atexit
import os
import shutil
import tempfile

if "FACIALIS_DATA" not in os.environ:
    os.environ["FACIALIS_DATA"] = tempfile.mkdtemp(prefix="facialis-clinic-")
    # The processes started from here share the folder, and end before.
    atexit.register(shutil.rmtree, os.environ["FACIALIS_DATA"], ignore_errors=True)
os.environ.setdefault("FACIALIS_SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG")
os.environ.setdefault("FACIALIS_HOSTS", "testserver localhost 127.0.0.1")

from facialis.clinic.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# WhiteNoise warns of a folder that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
