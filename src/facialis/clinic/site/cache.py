"""The cache that all processes of the web share: what counts wrong guesses and remembers used codes."""

import fcntl
import os
import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

LOCK = "lock"


class SharedCache(FileBasedCache):
    """Django's cache in files, whose `add` lets exactly one of many through.

    Django's own looks first and writes then: two guesses, or two uses of one code, at the same moment would
    both be the first.
    """

    _dir: str

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Write what is not there yet; False where it is."""
        with self._alone():
            if self.has_key(key, version):
                return False
            super().set(key, value, timeout, version)
            return True

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Write, whatever is there."""
        with self._alone():
            super().set(key, value, timeout, version)

    def sweep(self) -> int:
        """Delete what has expired; returns how much."""
        count = 0
        for file in list(Path(self._dir).glob(f"*{self.cache_suffix}")):
            with self._alone():  # one by one, so that nobody signing in waits for all of them
                if self._has_ended(file):
                    file.unlink(missing_ok=True)
                    count += 1
        return count

    def _is_expired(self, f: Any) -> bool:
        # Django deletes by name what it finds expired, and by then somebody may have written it anew.
        try:
            expires = pickle.load(f)  # noqa: S301  our own file, in the clinic's own folder
        except EOFError:
            return True
        return expires is not None and bool(expires < time.time())

    def _has_ended(self, path: Path) -> bool:
        try:
            with path.open("rb") as file:
                return self._is_expired(file)
        except FileNotFoundError:
            return False

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other thread or process writes."""
        Path(self._dir).mkdir(mode=0o700, parents=True, exist_ok=True)  # it may be deleted at any time
        descriptor = os.open(Path(self._dir) / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def sweep() -> int:
    """Delete what has expired in the clinic's cache; returns how much."""
    found = caches["default"]
    return found.sweep() if isinstance(found, SharedCache) else 0
