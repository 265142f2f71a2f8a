"""Encrypt uploaded originals with a key that lies beside the database, never in it.

AES-256 in Galois/counter mode; a changed byte or a swapped file is noticed when it is read. Whoever has both
the store and the key file can read the originals: keep their backups apart.
"""

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from facialis.clinic.kernel.errors import ClinicError

KEY_FILE = "originals-key"
KEY_BYTES, NONCE_BYTES = 32, 12


class OriginalError(ClinicError):
    """An original that cannot be decrypted."""

    code = "original_unreadable"


def encrypt(content: bytes, *, bound_to: str) -> bytes:
    """Encrypt a file; it can be read only under the name it is bound to."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, content, bound_to.encode())


def decrypt(content: bytes, *, bound_to: str) -> bytes:
    """Inverse of `encrypt`; raises `OriginalError` for another key, another name or changed bytes."""
    try:
        return AESGCM(_key()).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise OriginalError(
            f"This original cannot be decrypted: it was changed, or '{KEY_FILE}' in the data folder is "
            "another key than the one it was encrypted with. Put back the key file of the same backup."
        ) from error


def _key() -> bytes:
    place: Path = settings.FACIALIS.data / KEY_FILE
    try:
        return _checked(place.read_bytes())
    except FileNotFoundError:
        return _make(place)


def _make(place: Path) -> bytes:
    """First use. Of two processes that come at once, one makes the key and both use it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    mine = place.with_name(f"{KEY_FILE}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(AESGCM.generate_key(KEY_BYTES * 8))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(mine, place)  # unlike a rename, a link never replaces the key of another
    except FileExistsError:
        pass
    finally:
        mine.unlink()
    return _checked(place.read_bytes())


def _checked(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise OriginalError(
            f"'{KEY_FILE}' in the data folder has {len(key)} bytes; a key has {KEY_BYTES}. "
            "Put back the key file of a backup; do not delete it, or kept originals are lost."
        )
    return key
