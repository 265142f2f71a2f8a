"""What a person meant by the files and folders that were named."""

from pathlib import Path

import pytest

from facialis.anatomy.expressions import Expression
from facialis.vision.files import expand_inputs
from facialis.vision.files.expression_names import ManifestError
from facialis.vision.files.inputs import InputError, natural_key


def _touch(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x")


def test_folder_gives_its_pictures_as_people_count(tmp_path: Path):
    _touch(tmp_path, "b10.jpg", "b9.JPG", "a.png", "notes.txt", "truth.json", ".hidden.jpg", "phone.heic")
    _touch(tmp_path / "sub", "deeper.jpg")
    assert [item.file for item in expand_inputs([tmp_path])] == ["a.png", "b9.JPG", "b10.jpg", "phone.heic"]


def test_order_of_the_input_is_kept_and_repeats_are_read_once(tmp_path: Path):
    _touch(tmp_path, "b.jpg", "a.jpg")
    files = expand_inputs([tmp_path / "b.jpg", tmp_path, tmp_path / "b.jpg"])
    assert [item.file for item in files] == ["b.jpg", "a.jpg"]


def test_named_file_needs_no_known_extension(tmp_path: Path):
    _touch(tmp_path, "scan.dat")
    assert [item.file for item in expand_inputs([tmp_path / "scan.dat"])] == ["scan.dat"]


def test_equal_names_get_just_enough_folders(tmp_path: Path):
    _touch(tmp_path / "before", "rest.jpg", "snarl.jpg")
    _touch(tmp_path / "after", "rest.jpg")
    files = expand_inputs([tmp_path / "before", tmp_path / "after"])
    assert [item.file for item in files] == ["before/rest.jpg", "snarl.jpg", "after/rest.jpg"]


def test_folder_without_photographs_keeps_its_place(tmp_path: Path):
    _touch(tmp_path / "empty", "notes.txt")
    _touch(tmp_path, "rest.jpg")
    folder, photo = expand_inputs([tmp_path / "empty", tmp_path / "rest.jpg"])
    assert folder.refusal is not None
    assert folder.refusal.code == "no_photographs"
    assert "sub-folders are not searched" in str(folder.refusal)
    assert photo.refusal is None


def test_locked_folder_keeps_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def forbid(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", forbid)
    (only,) = expand_inputs([tmp_path])
    assert only.refusal is not None
    assert only.refusal.code == "permission_denied"


def test_loop_of_links_keeps_its_place(tmp_path: Path):
    (tmp_path / "a.jpg").symlink_to(tmp_path / "a.jpg")
    (only,) = expand_inputs([tmp_path / "a.jpg"])
    assert only.file == "a.jpg"


def test_missing_paths_are_all_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"nobody\.jpg.*nothing\.jpg"):
        expand_inputs([tmp_path / "nobody.jpg", tmp_path / "nothing.jpg"])


def test_manifest_wins_over_the_file_name(tmp_path: Path):
    _touch(tmp_path, "IMG_1.jpg", "rest.jpg")
    files = expand_inputs([tmp_path], {"IMG_1.jpg": Expression.REST, "rest.jpg": Expression.SNARL})
    assert {item.file: item.expression for item in files} == {
        "IMG_1.jpg": Expression.REST,
        "rest.jpg": Expression.SNARL,
    }


def test_manifest_of_another_set_is_wrong_usage(tmp_path: Path):
    _touch(tmp_path, "IMG_1.jpg")
    with pytest.raises(ManifestError, match=r"'IMG_2\.jpg'.*The photographs are: IMG_1\.jpg"):
        expand_inputs([tmp_path], {"IMG_2.jpg": Expression.REST})


def test_natural_key_is_a_total_order_without_case():
    names = ["smile10.jpg", "Smile2.jpg", "smile.jpg", "1.jpg", "²"]
    assert min(names, key=natural_key) == "1.jpg"
    assert sorted(names, key=natural_key).index("Smile2.jpg") < sorted(names, key=natural_key).index(
        "smile10.jpg"
    )
