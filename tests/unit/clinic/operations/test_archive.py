import io
import tarfile
from types import SimpleNamespace

import pytest

from facialis.clinic.operations.safekeeping.archive import ArchiveWriter, checked_name, read_archive
from facialis.clinic.operations.safekeeping.errors import DamagedError


def packed(tmp_path, *names):
    out = io.BytesIO()
    with ArchiveWriter(out) as archive:
        archive.add_document("about.json", {"engine": "sqlite"})
        for number, name in enumerate(names):
            path = tmp_path / f"{number}"
            path.write_bytes(name.encode() * 1000)
            assert archive.add_file(name, path)
    return out.getvalue()


def read(content):
    return {name: file.read() for name, file in read_archive(io.BytesIO(content))}


def test_files_come_back_under_their_names(tmp_path):
    found = read(packed(tmp_path, "database.sqlite3", "files/photographs/ab/cd/abcd.jpg", "files/secret-key"))
    assert list(found) == [
        "about.json", "database.sqlite3", "files/photographs/ab/cd/abcd.jpg", "files/secret-key",
    ]  # fmt: skip
    assert found["files/secret-key"] == b"files/secret-key" * 1000


def test_files_that_are_not_read_are_checked_all_the_same(tmp_path):
    content = packed(tmp_path, "files/one", "files/two")
    assert [name for name, _ in read_archive(io.BytesIO(content))] == ["about.json", "files/one", "files/two"]
    changed = content.replace(b"files/two" * 1000, b"files/two" * 999 + b"files/TWO")
    with pytest.raises(DamagedError, match="checksums"):
        list(read_archive(io.BytesIO(changed)))


def test_a_file_that_vanished_is_left_out(tmp_path):
    with ArchiveWriter(io.BytesIO()) as archive:
        assert archive.add_file("files/gone", tmp_path / "gone") is False
        assert archive.count == 0


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../up", "files/../../up", "files//etc/passwd", "files/", "files/./x", "files/a/../b",
     "other", "files\\x", "files/a\\..\\b", "files/new\nline", "database.sqlite3/x", ""],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder(name):
    with pytest.raises(DamagedError, match="no backup of Facialis holds"):
        checked_name(name)


def test_a_file_that_grows_while_it_is_read_is_whole_as_it_was(tmp_path, monkeypatch):
    path, out = tmp_path / "log", io.BytesIO()
    path.write_bytes(b"first ")
    longer = SimpleNamespace(st_size=6)
    path.write_bytes(b"first second")
    monkeypatch.setattr(type(path), "stat", lambda *_, **__: longer)
    with ArchiveWriter(out) as archive:
        archive.add_file("files/log", path)
    assert read(out.getvalue()) == {"files/log": b"first "}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE])
def test_only_plain_files_are_taken(kind):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w|") as tar:
        entry = tarfile.TarInfo("files/x")
        entry.type, entry.linkname = kind, "/etc/passwd"
        tar.addfile(entry)
    with pytest.raises(DamagedError, match="no backup of Facialis holds"):
        read(out.getvalue())


def test_an_archive_without_its_checksums_is_damaged():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w|") as tar:
        tar.addfile(tarfile.TarInfo("files/x"), io.BytesIO())
    with pytest.raises(DamagedError, match="checksums"):
        read(out.getvalue())
