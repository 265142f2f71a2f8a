"""Results are whole, and never over something that nobody gave up."""

from pathlib import Path

import pytest

from facialis.report.safe_files import CannotWriteError, WouldOverwriteError, check_free, write_whole


def test_existing_file_is_kept_without_force(tmp_path: Path):
    target = tmp_path / "a.json"
    target.write_text("old")
    with pytest.raises(WouldOverwriteError, match="--force"):
        check_free([target], force=False)
    check_free([target], force=True)


def test_input_is_kept_even_with_force(tmp_path: Path):
    photo = tmp_path / "rest.jpg"
    photo.write_bytes(b"x")
    (tmp_path / "link.jpg").symlink_to(photo)
    with pytest.raises(WouldOverwriteError, match="one of the photographs"):
        check_free([tmp_path / "link.jpg"], force=True, inputs=[photo])


def test_impossible_places_are_found_before_the_work(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    for target in (tmp_path, tmp_path / "file" / "a.json"):
        with pytest.raises(CannotWriteError):
            check_free([target], force=True)


def test_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "a.json"
    target.write_text("old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("facialis.report.safe_files.os.fsync", fail)
    with pytest.raises(CannotWriteError, match="No space left"):
        write_whole(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert target.read_text() == "old"


def test_write_makes_the_folder(tmp_path: Path):
    write_whole(tmp_path / "new" / "ä b.json", b"{}")
    assert (tmp_path / "new" / "ä b.json").read_bytes() == b"{}"


def test_name_that_is_too_long_is_refused_with_the_reason(tmp_path: Path):
    target = tmp_path / f"{'a' * 300}.svg"
    check_free([target], force=False)
    with pytest.raises(CannotWriteError, match=r"\(File name too long\)\. Give another name"):
        write_whole(target, b"new")
    assert list(tmp_path.iterdir()) == []
