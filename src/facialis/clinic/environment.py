"""What the environment says about the clinic: every setting, read in one place.

`docs/reference/clinic-settings.md` has the table.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from facialis.errors import FacialisError

TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


class SettingError(FacialisError):
    """A setting that cannot be."""

    code = "setting_refused"


@dataclass(frozen=True)
class Environment:
    """Settings of one clinic."""

    data: Path
    """Folder of everything that the clinic keeps: database, photographs, keys, sockets."""
    secret_key: str
    hosts: tuple[str, ...]
    database_url: str
    is_behind_tls: bool
    requires_second_factor: bool
    """Whether clinicians and administrators need a passkey or an authenticator app."""
    keeps_originals: bool
    """Whether the file as it was uploaded is kept, encrypted; else only the re-encoded picture."""
    session_minutes: int
    time_zone: str
    detector: str
    """Name of the landmark backend."""
    log_level: str
    largest_upload_mb: int
    web_workers: int
    """Processes of the web; 0: by the number of cores."""
    planner_is_cold: bool
    """Whether the planner compiles with the first plan, and not when it starts."""

    @property
    def photographs(self) -> Path:
        """Store of pictures."""
        return self.data / "photographs"

    @property
    def planner_socket(self) -> Path:
        """Where the planner listens."""
        return self.data / "run" / "planner.sock"


def read_environment(given: Mapping[str, str] | None = None) -> Environment:
    """Read the settings; raises `SettingError` for one that cannot be."""
    found = os.environ if given is None else given
    data = Path(found.get("FACIALIS_DATA", "clinic-data")).expanduser().resolve()
    return Environment(
        data=data,
        secret_key=found.get("FACIALIS_SECRET_KEY", "") or _kept_secret(data),
        hosts=tuple(_words(found.get("FACIALIS_HOSTS", "localhost 127.0.0.1 [::1]"))),
        database_url=found.get("DATABASE_URL", ""),
        is_behind_tls=_truth(found, "FACIALIS_TLS"),
        requires_second_factor=_truth(found, "FACIALIS_REQUIRE_SECOND_FACTOR", like="FACIALIS_TLS"),
        keeps_originals=_truth(found, "FACIALIS_KEEP_ORIGINALS"),
        session_minutes=_whole(found, "FACIALIS_SESSION_MINUTES", 20, 1, 720),
        time_zone=found.get("FACIALIS_TIME_ZONE", "UTC"),
        detector=found.get("FACIALIS_BACKEND", "auto"),
        log_level=found.get("FACIALIS_LOG_LEVEL", "INFO").upper(),
        largest_upload_mb=_whole(found, "FACIALIS_LARGEST_UPLOAD_MB", 25, 1, 200),
        web_workers=_whole(found, "FACIALIS_WEB_WORKERS", 0, 0, 64),
        planner_is_cold=_truth(found, "FACIALIS_PLANNER_COLD"),
    )


SECRET_FILE = "secret-key"  # noqa: S105  name of a file


def _kept_secret(data: Path) -> str:
    """The key that `facialis serve` made; empty before it did."""
    try:
        return (data / SECRET_FILE).read_text().strip()
    except OSError:
        return ""


def _words(text: str) -> list[str]:
    return [word for word in text.replace(",", " ").split() if word]


def _truth(found: Mapping[str, str], name: str, like: str = "") -> bool:
    """Read a switch; where it is not set, it is ``like`` another."""
    word = (found.get(name) or found.get(like, "")).strip().lower()
    if word not in TRUE | FALSE:
        raise SettingError(f"{name} is {word!r}; allowed are 1 and 0. Correct it.")
    return word in TRUE


def _whole(found: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = found.get(name, str(default)).strip()
    if not text.isdecimal() or not least <= int(text) <= most:
        raise SettingError(f"{name} is {text!r}; it is a whole number from {least} to {most}. Correct it.")
    return int(text)
