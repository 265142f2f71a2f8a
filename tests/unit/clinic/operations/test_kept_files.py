"""What a backup takes from the data folder: every file, and nothing is passed over in silence."""

import os
from types import SimpleNamespace

import pytest

from facialis.clinic.operations.safekeeping.backup import _is_kept, _kept_files, _refuse
from facialis.clinic.operations.safekeeping.errors import BackupError


def test_a_file_is_taken_and_one_that_went_meanwhile_is_not(tmp_path):
    (tmp_path / "there").touch()
    assert _is_kept(tmp_path / "there")
    assert not _is_kept(tmp_path / "gone")


@pytest.mark.parametrize("make", [lambda path: path.symlink_to("nowhere"), os.mkfifo], ids=["link", "pipe"])
def test_what_is_neither_file_nor_folder_stops_the_backup_however_deep_it_lies(tmp_path, make):
    (tmp_path / "photographs" / "a1").mkdir(parents=True)
    make(tmp_path / "photographs" / "a1" / "picture.jpg")
    with pytest.raises(BackupError, match="neither a file nor a folder"):
        list(_kept_files(tmp_path))


def test_a_folder_that_cannot_be_read_stops_the_backup(tmp_path, monkeypatch):
    """The clinic's account may have lost a folder to another account; walking would pass it over."""
    (tmp_path / "photographs").mkdir()
    fault = PermissionError(13, "Permission denied", str(tmp_path / "photographs"))
    walking = SimpleNamespace(walk=lambda _entry, onerror: onerror(fault))
    monkeypatch.setattr("facialis.clinic.operations.safekeeping.backup.os", walking)
    with pytest.raises(BackupError, match="cannot be read"):
        list(_kept_files(tmp_path))
    with pytest.raises(BackupError, match="Permission denied"):
        _refuse(fault)
