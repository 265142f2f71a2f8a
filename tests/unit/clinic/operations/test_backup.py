"""Backup and restore as they are used: by the command line, on a clinic that goes on working."""

import random
import stat

import pytest

from tests.unit.clinic.operations.conftest import PASSPHRASE

pytestmark = pytest.mark.slow


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def made(own_clinic, tmp_path_factory):
    """A backup, written while records came in, and what was there before it began."""
    target = tmp_path_factory.mktemp("backups") / "clinic.backup"
    with own_clinic.at_work():
        before = own_clinic.count("patients.Patient")
        said = own_clinic.facialis("backup", "--to", str(target)).stdout
    return target, before, said


def test_a_clinic_at_work_is_restored_as_it_was_at_one_moment(own_clinic, empty_clinic, made):
    target, before, said = made
    assert "Written and read back" in said
    outcome = empty_clinic.facialis("restore", str(target), "--into", str(empty_clinic.data))
    patients = empty_clinic.count("patients.Patient")
    assert before <= patients <= own_clinic.count("patients.Patient")
    assert patients == empty_clinic.count("photographs.Photograph") == empty_clinic.count("audit.Signature")
    # The restored clinic checked its audit, its signatures and the file of each photograph.
    assert f"{patients} signatures, {patients} photographs" in outcome.stdout
    assert (empty_clinic.data / "secret-key").read_text() == (own_clinic.data / "secret-key").read_text()
    assert stat.S_IMODE(empty_clinic.data.stat().st_mode) == 0o700


def test_the_file_is_for_its_owner_and_shows_nothing(made):
    target, _, _ = made
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    content = target.read_bytes()
    assert b"Invented" not in content
    assert b"SQLite format" not in content


def test_it_can_be_read_through_later(own_clinic, made):
    assert "Whole" in own_clinic.facialis("backup", "--verify", str(made[0])).stdout


def test_what_is_there_is_not_replaced_unasked(own_clinic, made):
    target, _, _ = made
    content = target.read_bytes()
    outcome = own_clinic.facialis("backup", "--to", str(target), check=False)
    assert outcome.returncode == 1
    assert "is there already" in outcome.stderr
    assert target.read_bytes() == content


def test_a_backup_inside_the_data_folder_is_refused(own_clinic):
    outcome = own_clinic.facialis("backup", "--to", str(own_clinic.data / "x.backup"), check=False)
    assert outcome.returncode == 1
    assert "lost with it" in outcome.stderr


@pytest.mark.parametrize("kind", ["flipped", "cut", "passphrase", "other"])
def test_what_cannot_be_opened_is_refused_and_leaves_nothing(empty_clinic, made, tmp_path, kind):
    content = bytearray(made[0].read_bytes())
    changes, words = {}, "damaged"
    if kind == "flipped":
        content[random.Random(7).randrange(len(content) // 2, len(content))] ^= 4
    elif kind == "cut":
        del content[len(content) * 2 // 3 :]
    elif kind == "other":
        content, words = b"something else", "no backup of Facialis"
    else:
        changes, words = {"FACIALIS_BACKUP_PASSPHRASE": PASSPHRASE + "s"}, "not the one"
    changed = tmp_path / "changed.backup"
    changed.write_bytes(content)
    empty_clinic.data.mkdir()
    outcome = empty_clinic.facialis(
        "restore", str(changed), "--into", str(empty_clinic.data), check=False, **changes
    )
    assert outcome.returncode == 1
    assert words in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert names(tmp_path) == ["changed.backup", "restored"]
    assert list(empty_clinic.data.iterdir()) == []


def test_a_folder_with_something_in_it_is_never_written_over(own_clinic, made):
    before = names(own_clinic.data)
    outcome = own_clinic.facialis("restore", str(made[0]), "--into", str(own_clinic.data), check=False)
    assert outcome.returncode == 1
    assert "is not empty" in outcome.stderr
    assert names(own_clinic.data) == before


def test_a_short_passphrase_is_refused_before_anything_is_written(own_clinic, tmp_path):
    target = tmp_path / "x.backup"
    outcome = own_clinic.facialis(
        "backup", "--to", str(target), check=False, FACIALIS_BACKUP_PASSPHRASE="short"
    )
    assert outcome.returncode == 1
    assert "at least 12" in outcome.stderr
    assert names(tmp_path) == []


def test_the_passphrase_may_come_from_a_file(own_clinic, made, tmp_path):
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\nnot this line\n", "utf-8")
    outcome = own_clinic.facialis(
        "backup", "--verify", str(made[0]), "--passphrase-file", str(file), FACIALIS_BACKUP_PASSPHRASE=""
    )
    assert "Whole" in outcome.stdout


def test_nothing_open_is_left_lying_about(own_clinic, made):
    del made
    assert [name for name in names(own_clinic.data / "run") if name.startswith("backup-")] == []


@pytest.mark.parametrize("fault", ["file is gone", "link leads nowhere"])
def test_no_backup_is_written_while_photographs_are_missing(own_clinic, made, fault):
    """Also not over an earlier one, which may be the last that holds them."""
    target, _, _ = made
    content = target.read_bytes()
    folder = own_clinic.data / "photographs"
    aside = own_clinic.data.with_name("aside")
    if fault == "file is gone":
        lying, words = next(path for path in folder.rglob("*.jpg")), "1 of"
        lying.rename(aside)
    else:
        lying, words = folder, "neither a file nor a folder"
        lying.rename(aside)
        lying.symlink_to(own_clinic.data.with_name("disk that is not connected"))
    try:
        outcome = own_clinic.facialis("backup", "--to", str(target), "--force", check=False)
    finally:
        if lying.is_symlink():
            lying.unlink()
        aside.rename(lying)
    assert outcome.returncode == 1
    assert words in outcome.stderr
    assert target.read_bytes() == content
    assert names(target.parent) == [target.name]
