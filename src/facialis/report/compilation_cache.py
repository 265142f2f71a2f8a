"""Keep what JAX compiles between two runs of a program: the second starts in a moment."""

import os
import warnings
from collections.abc import Mapping
from pathlib import Path

FOLDER_SETTING = "FACIALIS_COMPILATION_CACHE"
"""A folder to use in place of the user's own; ``off`` keeps nothing."""
OFF = "off"
FILE_TROUBLE = "Error (reading|writing) persistent compilation cache entry"
SHORTEST_COMPILATION_SECONDS = 0.2
"""Programs that are compiled faster are not worth a file."""


def use_compilation_cache(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Let JAX read and write compiled programs in a folder of the user.

    Parameters
    ----------
    environment : mapping, optional
        Settings; ``FACIALIS_COMPILATION_CACHE`` names a folder, or is ``off``. Without it the folder is
        ``facialis/jax`` under ``XDG_CACHE_HOME``, or under ``~/.cache``.

    Returns
    -------
    Path or None
        The folder; None where nothing is kept. A folder that cannot be made or written is no error: the
        same programs are compiled again.

    Notes
    -----
    JAX names each file by the program, its own version and the processor, so that an outdated file is
    never read. What lies there is executed: other users may not enter the folder.
    """
    folder = _folder(environment)
    if folder is None or not _is_ours_to_write(folder):
        return None
    import jax

    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", SHORTEST_COMPILATION_SECONDS)
    # A damaged file, or one that another command is writing, costs a compilation and nothing else.
    warnings.filterwarnings("ignore", message=FILE_TROUBLE, category=UserWarning)
    return folder


def _folder(environment: Mapping[str, str]) -> Path | None:
    chosen = environment.get(FOLDER_SETTING, "").strip()
    if chosen:
        return None if chosen.lower() == OFF else Path(chosen)
    shared = environment.get("XDG_CACHE_HOME", "").strip()
    try:
        # The convention ignores a relative folder.
        base = Path(shared) if Path(shared).is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # there is no home
        return None
    return base / "facialis" / "jax"


def _is_ours_to_write(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = folder.stat().st_uid
    except OSError:
        return False
    is_own = not hasattr(os, "getuid") or owner == os.getuid()
    return is_own and os.access(folder, os.W_OK | os.X_OK)
