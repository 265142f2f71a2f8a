"""What lies inside the seal: a tar of plain files, and last the list of their checksums."""

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Self

from facialis.clinic.operations.safekeeping.errors import BackupError, DamagedError

ABOUT, CHECKSUMS = "about.json", "checksums.txt"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
FILES = "files/"
COPY_BYTES = 1 << 20
LARGEST_ABOUT = 10_000_000
_PART = re.compile(r"[^/\\\x00-\x1f]+")


class ArchiveWriter:
    """Puts files into a stream and notes their checksums.

    Parameters
    ----------
    out : binary file       Takes the archive from front to end.
    """

    def __init__(self, out: IO[bytes]) -> None:
        # Both are closed at the end of the `with`.
        self._tar = tarfile.open(  # noqa: SIM115
            fileobj=out, mode="w|", format=tarfile.PAX_FORMAT, bufsize=COPY_BYTES
        )
        self._list = SpooledTemporaryFile(max_size=10_000_000)  # noqa: SIM115
        self.count = 0

    def add_document(self, name: str, document: object) -> None:
        """Put a JSON document in."""
        content = json.dumps(document, indent=1, sort_keys=True, allow_nan=False).encode()
        self._add(name, len(content), io.BytesIO(content))

    def add_file(self, name: str, path: Path) -> bool:
        """Put a file in, as long as it is now; False where it is gone."""
        try:
            source = path.open("rb")
        except FileNotFoundError:
            return False
        with source:
            self._add(name, path.stat().st_size, source)
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        """Write the list of checksums and the end, unless something went wrong."""
        with self._list:
            if kind is None:
                size = self._list.tell()
                self._list.seek(0)
                self._write(CHECKSUMS, size, self._list)
                self._tar.close()

    def _add(self, name: str, size: int, source: IO[bytes]) -> None:
        self._list.write(_line(self._write(name, size, source), size, name))
        self.count += 1

    def _write(self, name: str, size: int, source: Any) -> str:
        entry = tarfile.TarInfo(name)
        entry.size = size
        entry.mode = 0o600
        hashed = HashedFile(source)
        try:
            self._tar.addfile(entry, hashed)
        except OSError as error:
            raise BackupError(f"{name} could not be put into the backup ({error}). Try again.") from error
        return hashed.digest()  # of what was put in, also where the file grew meanwhile


class HashedFile:
    """A file whose content is hashed as it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._hash = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """As of any file."""
        content = self._source.read(size)
        self._hash.update(content)
        return content

    def rest(self) -> str:
        """Read what nobody read, and give the checksum of all."""
        while self.read(COPY_BYTES):
            pass
        return self.digest()

    def digest(self) -> str:
        """Checksum of what was read so far."""
        return self._hash.hexdigest()


def _line(digest: str, size: int, name: str) -> bytes:
    return f"{digest} {size} {name}\n".encode()


def read_archive(source: IO[bytes]) -> Iterator[tuple[str, HashedFile]]:
    """Give every file of an archive, in order: its checked name, and its content to be read at once.

    Raises
    ------
    DamagedError    A name or kind that no backup holds, checksums that differ, or an end that is missing.
    """
    own = hashlib.sha256()
    found: str | None = None
    try:
        with tarfile.open(fileobj=source, mode="r|", bufsize=COPY_BYTES) as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isreg() else None
                if content is None or found is not None:
                    raise DamagedError(f"The backup holds {entry.name!r}, which no backup of Facialis holds.")
                hashed = HashedFile(content)
                if entry.name == CHECKSUMS:
                    found = hashed.rest()
                    continue
                yield checked_name(entry.name), hashed
                own.update(_line(hashed.rest(), entry.size, entry.name))
    except tarfile.TarError as error:
        raise DamagedError(
            f"The content of the backup cannot be read ({error}). Use another copy."
        ) from error
    while source.read(COPY_BYTES):  # to the end, so that the end is proved
        pass
    if found != own.hexdigest():
        raise DamagedError("The checksums of the backup differ from its files. Use another copy.")


def checked_name(name: str) -> str:
    """A name that stays inside the folder that it is restored into; raises `DamagedError`."""
    if name in {ABOUT, *DATABASES.values()}:
        return name
    parts = name.removeprefix(FILES).split("/")
    is_plain = all(_PART.fullmatch(part) and part not in {".", ".."} for part in parts)
    if not name.startswith(FILES) or not is_plain or PurePosixPath(name).is_absolute():
        raise DamagedError(
            f"The backup holds {name!r}, which no backup of Facialis holds. Nothing is restored."
        )
    return name


def read_about(source: HashedFile) -> dict[str, Any]:
    """What a backup says of itself."""
    try:
        about = json.loads(source.read(LARGEST_ABOUT))
    except ValueError as error:
        raise DamagedError("What the backup says of itself cannot be read.") from error
    if not isinstance(about, dict) or about.get("engine") not in DATABASES:
        raise DamagedError("The backup does not say which database it holds.")
    return about
