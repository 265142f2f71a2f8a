"""A restored clinic is in its folder wholly or not at all, also where the folder is a disk of its own."""

import pytest

from facialis.clinic.operations.safekeeping import restore as restoring
from facialis.clinic.operations.safekeeping.archive import DATABASES, FILES
from facialis.clinic.operations.safekeeping.errors import RestoreError


@pytest.fixture(params=["missing", "there"])
def into(request, tmp_path):
    folder = tmp_path / "data"
    if request.param == "there":
        folder.mkdir()
    return folder


def unpacked(into, engine):
    """What a backup of one photograph is once it is unpacked."""
    waiting = restoring._waiting_room(into)
    photographs = waiting / FILES / "photographs"
    photographs.mkdir(parents=True)
    (photographs / "a.jpg").write_text("a picture")
    (waiting / DATABASES[engine]).write_text("a database")
    return waiting


def test_a_folder_that_is_there_is_filled_from_within(into):
    """Its parent may belong to another account, and another disk has no files to rename."""
    was_there = into.is_dir()
    assert (restoring._waiting_room(into).parent == into) is was_there


def test_files_and_database_are_placed(into):
    waiting = unpacked(into, "sqlite")
    restoring._place(waiting, into, "sqlite")
    assert (into / "photographs" / "a.jpg").read_text() == "a picture"
    assert (into / restoring.SQLITE_NAME).read_text() == "a database"


def test_what_was_placed_is_taken_back_where_the_database_refuses(into, monkeypatch):
    was_there = into.is_dir()

    def refuse(*_):
        assert (into / "photographs").is_dir()  # nothing that can fail comes after
        raise RestoreError("PostgreSQL refused the copy.")

    monkeypatch.setattr(restoring, "restore_postgres", refuse)
    waiting = unpacked(into, "postgresql")
    with pytest.raises(RestoreError):
        restoring._place(waiting, into, "postgresql")
    assert into.is_dir() is was_there
    assert [path for path in into.rglob("*.jpg") if waiting not in path.parents] == []
