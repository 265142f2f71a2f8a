"""A stream sealed with a passphrase: nobody reads it, changes it or cuts it short unnoticed.

The file is a line that names the format, a line of JSON with the parameters, 32 bytes that prove the
passphrase and these lines, and then pieces. Each piece is sealed by AES-256-GCM with its own number as the
nonce, and the last one is marked as the last: none can be changed, exchanged, repeated or left out. The key
is made by scrypt from the passphrase and a salt of this file, and is used for no other.
"""

import hmac
import json
import os
import unicodedata
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from io import RawIOBase
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from facialis.clinic.operations.safekeeping.errors import DamagedError, PassphraseError

MAGIC = b"facialis backup 1\n"
PIECE_BYTES = 1 << 20
TAG_BYTES = 16
PROOF_BYTES = 32
SALT_BYTES = 16
KEY_BYTES = 32
MOST_HEADER_BYTES = 1000
LEAST_COST, MOST_COST = 1 << 14, 1 << 20
COST = 1 << 17
"""Of scrypt: 128 MB and about half a second for each passphrase that somebody tries."""
LEAST_PASSPHRASE = 12
"""Characters."""


@dataclass(frozen=True)
class Parameters:
    """How the key is made from the passphrase, and how long a piece is."""

    cost: int
    block: int
    lanes: int
    salt: str
    piece: int

    def __post_init__(self) -> None:
        for name in ("cost", "block", "lanes", "piece"):
            if not isinstance(getattr(self, name), int) or isinstance(getattr(self, name), bool):
                raise ValueError(name)
        is_power = self.cost & (self.cost - 1) == 0
        if not (is_power and LEAST_COST <= self.cost <= MOST_COST and self.block == 8 and self.lanes == 1):
            raise ValueError("cost")  # others would fill the memory of this machine, or be no protection
        if not 1 <= self.piece <= 1 << 24 or len(bytes.fromhex(self.salt)) != SALT_BYTES:
            raise ValueError("piece")


def check_passphrase(passphrase: str) -> str:
    """The passphrase in its one spelling; raises `PassphraseError` where it is too short."""
    spelled = unicodedata.normalize("NFC", passphrase)
    if len(spelled) < LEAST_PASSPHRASE:
        raise PassphraseError(
            f"The passphrase has {len(spelled)} characters; it needs at least {LEAST_PASSPHRASE}. Several "
            "words in a row are good. Without it nobody can open the backup: keep it apart from the file."
        )
    return spelled


class _Keys:
    def __init__(self, passphrase: str, parameters: Parameters) -> None:
        salt = bytes.fromhex(parameters.salt)
        made = Scrypt(salt, 2 * KEY_BYTES, parameters.cost, parameters.block, parameters.lanes).derive(
            check_passphrase(passphrase).encode()
        )
        self._cipher = AESGCM(made[:KEY_BYTES])
        self._proving = made[KEY_BYTES:]

    def proof(self, header: bytes) -> bytes:
        return hmac.new(self._proving, header, sha256).digest()

    def seal(self, number: int, plain: bytes, header: bytes, *, is_last: bool) -> bytes:
        return self._cipher.encrypt(_nonce(number, is_last=is_last), plain, header)

    def open(self, number: int, sealed: bytes, header: bytes, *, is_last: bool) -> bytes | None:
        try:
            return self._cipher.decrypt(_nonce(number, is_last=is_last), sealed, header)
        except InvalidTag:
            return None


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class Sealer(RawIOBase):
    """Seals what is written to it; `close` writes the piece that marks the end.

    Parameters
    ----------
    out : binary file       Stays open.
    passphrase : str
    cost : int              Of scrypt.
    piece : int             Bytes in a piece.
    """

    def __init__(
        self, out: IO[bytes], passphrase: str, *, cost: int = COST, piece: int = PIECE_BYTES
    ) -> None:
        super().__init__()
        parameters = Parameters(cost, 8, 1, os.urandom(SALT_BYTES).hex(), piece)
        self._keys = _Keys(passphrase, parameters)
        self._header = MAGIC + json.dumps(asdict(parameters)).encode() + b"\n"
        self._out, self._piece = out, piece
        self._waiting = bytearray()
        self._number = 0
        out.write(self._header + self._keys.proof(self._header))

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes; seal every piece that is full and not the last."""
        self._waiting += data
        while len(self._waiting) > self._piece:
            self._write_piece(bytes(self._waiting[: self._piece]), is_last=False)
            del self._waiting[: self._piece]
        return len(data)

    def finish(self) -> None:
        """Write the last piece; without it the file counts as cut short."""
        self._write_piece(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _write_piece(self, plain: bytes, *, is_last: bool) -> None:
        self._out.write(self._keys.seal(self._number, plain, self._header, is_last=is_last))
        self._number += 1


class Opener(RawIOBase):
    """Gives what was sealed, piece by piece, and nothing that was not proved to be as written.

    Raises
    ------
    PassphraseError     At once.
    DamagedError        At once, or on the way; what was read before was as written, yet is not all.
    """

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        super().__init__()
        self._source = source
        self._header, parameters = _read_header(source)
        self._keys = _Keys(passphrase, parameters)
        if not hmac.compare_digest(source.read(PROOF_BYTES), self._keys.proof(self._header)):
            raise PassphraseError(
                "The passphrase is not the one that this backup was sealed with (or the first lines of the "
                "file are damaged). Nothing was read."
            )
        self._sealed_bytes = parameters.piece + TAG_BYTES
        self._next: bytes | None = source.read(self._sealed_bytes)
        self._number = 0
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Give some of what was sealed; 0 at the end, once the end itself was proved."""
        while not self._ready and self._next is not None:
            self._ready = memoryview(self._open_piece())
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _open_piece(self) -> bytes:
        sealed, number = self._next or b"", self._number
        following = self._source.read(self._sealed_bytes) if len(sealed) == self._sealed_bytes else b""
        is_last = not following
        plain = self._keys.open(number, sealed, self._header, is_last=is_last)
        if plain is None:
            whole = self._keys.open(number, sealed, self._header, is_last=not is_last)
            raise DamagedError(_damage(number, self._sealed_bytes, is_cut=is_last and whole is not None))
        self._next, self._number = (None if is_last else following), number + 1
        return plain


def _read_header(source: IO[bytes]) -> tuple[bytes, Parameters]:
    if source.read(len(MAGIC)) != MAGIC:
        raise DamagedError("This file is no backup of Facialis, or its first bytes are damaged.")
    line = source.readline(MOST_HEADER_BYTES)
    try:
        found = json.loads(line)
        return MAGIC + line, Parameters(**{field.name: found[field.name] for field in fields(Parameters)})
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedError("The first lines of the backup are damaged: it cannot be opened.") from error


def _damage(number: int, sealed_bytes: int, *, is_cut: bool) -> str:
    where = f"about {number * sealed_bytes / 1e6:.1f} MB into the file"
    if is_cut:
        return f"The backup is cut short {where}: its end is missing. Copy it again from where it was made."
    return f"The backup is damaged or cut short {where}. Use another copy, or an earlier backup."
