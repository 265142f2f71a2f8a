"""Compiled programs are kept in the user's own folder, and nowhere else."""

import os
import stat
import subprocess
import sys
import warnings
from pathlib import Path

import jax
import pytest

from facialis.report.compilation_cache import FOLDER_SETTING, use_compilation_cache

COMPILE = """
import os, sys
from facialis.report.compilation_cache import use_compilation_cache
use_compilation_cache()
import jax
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
from jax._src import monitoring
hits = []
monitoring.register_event_listener(lambda event, **_: hits.append(event))
jax.jit(lambda x: x * 2 + 1)(3.0)
print(sum("cache_hits" in event for event in hits))
"""


@pytest.fixture(autouse=True)
def _as_before():
    before = jax.config.jax_compilation_cache_dir
    with warnings.catch_warnings():
        yield
    jax.config.update("jax_compilation_cache_dir", before)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"XDG_CACHE_HOME": "{tmp}/xdg"}, "xdg/facialis/jax"),
        ({FOLDER_SETTING: "{tmp}/own", "XDG_CACHE_HOME": "{tmp}/xdg"}, "own"),
        ({}, "home/.cache/facialis/jax"),
        ({"XDG_CACHE_HOME": "relative", FOLDER_SETTING: " "}, "home/.cache/facialis/jax"),
    ],
)
def test_the_folder_is_the_users_own(tmp_path, monkeypatch, settings, expected):
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    environment = {name: value.replace("{tmp}", str(tmp_path)) for name, value in settings.items()}
    folder = use_compilation_cache(environment)
    assert folder == tmp_path / expected
    assert jax.config.jax_compilation_cache_dir == str(folder)
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def test_it_can_be_switched_off(tmp_path):
    before = jax.config.jax_compilation_cache_dir
    assert use_compilation_cache({FOLDER_SETTING: "OFF", "XDG_CACHE_HOME": str(tmp_path)}) is None
    assert jax.config.jax_compilation_cache_dir == before
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    assert use_compilation_cache({FOLDER_SETTING: str(tmp_path / "file" / "below")}) is None
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert use_compilation_cache({FOLDER_SETTING: str(tmp_path)}) is None


def test_another_users_folder_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    assert use_compilation_cache({FOLDER_SETTING: str(tmp_path)}) is None


def test_without_a_home_nothing_is_kept(monkeypatch):
    def nowhere():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nowhere)
    assert use_compilation_cache({}) is None


@pytest.mark.slow
def test_a_second_process_finds_what_the_first_compiled(tmp_path):
    def hits():
        done = subprocess.run(
            [sys.executable, "-c", COMPILE],
            env={**os.environ, FOLDER_SETTING: str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        return int(done.stdout)

    assert hits() == 0
    assert hits() > 0
    for file in tmp_path.glob("*-cache"):
        file.write_bytes(file.read_bytes()[:100])
    assert hits() == 0, "damaged files are compiled again, in silence"
